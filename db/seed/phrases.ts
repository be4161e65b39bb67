import type { Locale } from '#lib/i18n/config.ts';

/**
 * Short dialogues. A line begins with who speaks, `<` or `>`; `[a|b]` is one of, `{name}` a word of
 * that list, the same one in the whole dialogue.
 */

export const WORDS = {
  ko: {
    food: '김치찌개 냉면 쌀국수 마라탕 초밥 비빔밥 떡볶이 칼국수 파스타 샌드위치 돈가스 순두부 국밥 샐러드 만두'.split(
      ' ',
    ),
    place: '성수 망원동 서울숲 합정 연남동 홍대 을지로 잠실 판교 남산 한강공원 북촌 이태원 광화문 수원'.split(
      ' ',
    ),
    day: '오늘 내일 모레 월요일 화요일 수요일 목요일 금요일 토요일 일요일'.split(' '),
    time: [
      '열두 시',
      '한 시 반',
      '세 시',
      '여섯 시',
      '여섯 시 반',
      '일곱 시',
      '여덟 시 십 분',
      '아홉 시',
      '7:30',
      '18:00',
    ],
    thing: '보고서 발표자료 계약서 사진 영수증 일정표 초안 견적서 회의록 설문 결과'.split(' '),
    hobby: '등산 수영 클라이밍 사진 뜨개질 기타 달리기 베이킹 요가 보드게임'.split(' '),
    link: [
      'https://example.com/map?q=성수+카페',
      'https://example.org/video/1F2a9',
      'http://example.net/blog/2026/여름-여행',
      'https://www.example.com/shop/items/48213?color=persimmon&size=m',
      'https://example.com/docs/plan#3장',
    ],
    mood: ['😀', '😂', '🥹', '👍', '🙏', '🎉', '☕️', '🌧️', '😴', '🔥'],
  },
  en: {
    food: 'ramen tacos dumplings curry pho pizza falafel bibimbap sushi pancakes'.split(' '),
    place: [
      'the station',
      'the library',
      'the old harbour',
      'Riverside Park',
      'the office',
      'the corner café',
      'the museum',
    ],
    day: 'today tomorrow Monday Tuesday Wednesday Thursday Friday Saturday Sunday'.split(' '),
    time: ['noon', 'half past one', '3 pm', '6:15', 'seven', '8 o’clock', 'nine'],
    thing: [
      'report',
      'slides',
      'contract',
      'photos',
      'receipt',
      'schedule',
      'first draft',
      'budget',
      'notes',
    ],
    hobby: 'climbing swimming knitting running baking pottery chess cycling yoga'.split(' '),
    link: [
      'https://example.com/map?q=ramen',
      'https://example.org/watch/1F2a9',
      'https://example.net/recipes/slow-bread#step-4',
      'https://www.example.com/articles/2026/how-we-learned-to-stop-worrying-and-love-long-links?ref=chat',
    ],
    mood: ['😀', '😂', '🥹', '👍', '🙏', '🎉', '☕️', '🌧️', '😴', '🔥'],
  },
} as const satisfies Record<Locale, Record<string, readonly string[]>>;

export const DIALOGUES: Record<Locale, readonly string[]> = {
  ko: [
    `> {day} {time}에 시간 [돼?|괜찮아?|어때?]\n< [응 괜찮아|그때는 좀 어려운데 한 시간 뒤는?|완전 좋아]\n> 그럼 {place}에서 보자 [ㅎㅎ|{mood}|]\n< [ㅇㅋ|그래 그때 봐|좋아, 도착하면 연락할게]`,
    `> 점심 뭐 [먹지|먹을까|먹었어]?\n< [{food} 어때|나는 {food} 먹고 싶은데|{food}]\n> [어제도 {food} 먹었잖아 ㅋㅋ|오 좋다|{food}… 완전 찬성]\n< [그럼 네가 골라|{place}에 새로 생긴 집 있대|ㅋㅋㅋㅋㅋ]\n> {mood}`,
    `> {thing} [보냈어|공유했어|올려놨어], 확인 부탁해\n< [지금 볼게|회의 끝나고 볼게|{time}까지 볼게요]\n> [천천히 봐도 돼|급한 건 아니야|오늘 안에만 부탁해]\n< 봤어. [3쪽 숫자만 다시 확인해 줘|전체적으로 좋은데 제목이 조금 길어|고칠 거 없음 {mood}]\n> [고마워!|바로 고칠게|역시 꼼꼼해]`,
    `> 이거 봤어? {link}\n< [아직|방금 봤어|누가 보내 줘서 봤어 ㅋㅋ]\n> [뒤로 갈수록 재밌어|댓글이 더 웃겨|너 생각나서 보냄]\n< [저장해 뒀다가 집에 가서 볼게|ㅋㅋㅋㅋㅋㅋㅋ|{mood}]`,
    `< [비 온다|눈 온다|오늘 진짜 덥다|바람 엄청 불어]\n> [우산 챙겼어?|옷 따뜻하게 입어|물 많이 마셔]\n< [응 챙겼지|아니 깜빡함|{mood}]`,
    `> 요즘 {hobby} 시작했다며?\n< 응 [두 달 됐어|지난주부터|생각보다 어려워]\n> [어디서 해?|혼자 해?|나도 해 볼까]\n< {place} 쪽에서 해. [{day}마다 모여|처음이면 무료래|같이 갈래?]\n> [오 갈래|생각해 볼게|{day}에 물어봐 줘]`,
    `> 집들이 준비물 정리했어\n\n1. {food} 재료\n2. 음료 [여섯|여덟|열] 병\n3. 종이컵, 접시\n4. 케이크는 내가 살게\n< [완벽하다|나는 2번 맡을게|접시는 집에 많아]\n> [고마워 살았다|그럼 그거 빼고 살게]`,
    `> [도착했어?|어디야?|출발했어?]\n< [지금 {place} 지나는 중|거의 다 왔어|10분만 ㅠㅠ|{time}쯤 도착할 듯]\n> [천천히 와|먼저 들어가 있을게|창가 자리 잡아 놨어]`,
    `< 어제 꿈에 [네가|우리 고등학교가|{food} 먹는 장면이] 나왔어\n> [무슨 내용인데 ㅋㅋ|좋은 꿈이야?|복권 사라]\n< 같이 {place}에서 길을 잃었는데 갑자기 눈앞에 바다가 나오더니 배가 한 척 서 있는 거야. 타려고 하니까 표가 없대서 한참 실랑이하다가 깼어. 하루 종일 그 장면이 생각나네.\n> [영화 한 편 찍었네|길게도 꿨다 ㅋㅋㅋ|그거 시나리오로 써 봐]`,
    `> 생일 축하해 🎂\n< [고마워|기억하고 있었네|감동 ㅠㅠ]\n> 선물은 {day}에 만나서 줄게 {mood}`,
    `> {thing} 파일 이름이 뭐였지?\n< [최종_진짜최종_v{n}.pdf|{thing}_{n}차_수정본(회의에서_나온_의견_모두_반영)_2026.pptx|{thing}{n}.xlsx]\n> [ㅋㅋㅋㅋ 찾았다|이름부터 어떻게 좀|고마워]`,
    `< 기차표 [예매했어|끊었어]\n> 몇 시 거야?\n< {day} {time}, [{n}호차 창가|통로 쪽 {n}번]\n> [오케이 메모해 둠|나도 그 옆자리로|고생했어 {mood}]`,
    `> [자?|아직 안 자?|깨어 있어?]\n< [아니 왜|이제 자려고|드라마 보는 중]\n> 아냐 [내일 얘기하자|그냥 심심해서|잘 자 {mood}]\n< [잘 자|ㅎㅎ 내일 봐|굿나잇]`,
    `> 회의 {time}로 [옮겼어|밀렸어|당겨졌어]\n< [확인했습니다|왜?|다행이다]\n> [팀장님 일정 때문에|{thing}이 아직 안 와서|회의실이 없대]\n< 넵`,
  ],
  en: [
    `> Are you free {day} at {time}?\n< [Sure|Could we make it an hour later?|I think so, let me check] \n> [Great, see you at {place}|Let’s meet at {place} then] {mood}\n< [See you|Perfect|I’ll text you when I’m there]`,
    `> [Lunch?|What are we eating?|Hungry?]\n< [Always|{food}, please|I could go for {food}]\n> [We had {food} last time, haha|There’s a new {food} place near {place}|Deal]\n< {mood}`,
    `> I’ve sent you the {thing}\n< [Thanks, reading it now|Got it, I’ll look after {time}|On it]\n> No rush, [{day} is fine|end of the week works]\n< [Looks good, only page {n} needs another look|Two typos, otherwise lovely|Approved {mood}]`,
    `> Have you seen this? {link}\n< [Not yet|Ha, yes|Three people sent me that today]\n> [It gets better towards the end|The comments are gold|Made me think of you]`,
    `< How is the {hobby} going?\n> [Slowly, but I love it|My arms hurt|Better than last month]\n< [Can I join on {day}?|Show me some time]\n> [Of course|Yes, bring water] {mood}`,
    `> Shopping list:\n- {food} things\n- {n} lemons\n- coffee\n- something sweet\n< [I’ll get the coffee|How many lemons?|On my way]\n> [You’re the best|Thank you|Haha, {n}]`,
    `> Where are you?\n< [Passing {place}|Five minutes|Train is late, sorry]\n> [No worries|I’m inside, by the window|Take your time]`,
    `< I keep thinking about what you said. If the {thing} is only read once, it should be one page, and the rest can wait in an appendix where the three people who care will find it. I’d rather spend the evening making that page clear than polishing forty others.\n> [Agreed|One page it is|That’s what I hoped you’d say]`,
    `> Happy birthday 🎉🎂\n< [You remembered|Thank you so much|Aw {mood}]\n> Dinner on {day}, my treat`,
    `> [Still up?|Awake?]\n< [Barely|Reading|Just made tea]\n> [Talk tomorrow then|Nothing urgent, sleep well|Good night] {mood}`,
    `> 안녕! I’m practising my Korean\n< [잘하는데?|와, 많이 늘었네|Your spelling is perfect]\n> [고마워요 {mood}|천천히 배우는 중이에요]`,
  ],
};
