import { convertHangulToQwerty } from 'es-hangul';

/**
 * What Korean people type first when asked for a password, most often with the keyboard in English
 * (비밀번호 becomes qlalfqjsgh). Lists gathered abroad lack these.
 */
const PHRASES =
  '비밀번호 비밀번호임 비번 암호 나의비밀번호 내비밀번호 패스워드 안녕 안녕하세요 안녕하십니까 반가워 반가워요 ' +
  '반갑습니다 감사 감사해요 감사합니다 고마워 고맙습니다 미안해 죄송합니다 사랑 사랑해 사랑해요 사랑합니다 ' +
  '사랑해사랑해 사랑한다 좋아해 좋아요 보고싶어 보고싶다 행복 행복해 행복하자 행복하세요 화이팅 파이팅 아자아자 ' +
  '힘내 힘내자 대박 최고 하하하 호호호 메롱 몰라 바보 멍청이 천사 악마 왕자 공주 마녀 요정 똥개 강아지 고양이 ' +
  '멍멍이 야옹이 토끼 호랑이 곰돌이 나비 하늘 바다 구름 햇살 무지개 별빛 달빛 은하수 우주 지구 태양 장미 진달래 ' +
  '무궁화 봄날 여름 가을 겨울 소나무 나무 엄마 아빠 부모님 가족 우리가족 오빠 누나 언니 동생 아들 딸 여보 자기 ' +
  '자기야 애기 아기 친구 우리 나라 대한민국 대한민국만세 우리나라 한국 한국인 코리아 서울 서울특별시 부산 대구 인천 ' +
  '광주 대전 울산 제주 제주도 독도 독도는우리땅 동해물과백두산이 무궁화꽃이피었습니다 가나다 가나다라 가나다라마바사 ' +
  '관리자 관리자암호 운영자 홍길동 테스트 로그인 회원가입 컴퓨터 인터넷 네이버 다음 카카오 카카오톡 삼성 현대 엘지 ' +
  '학교 학생 선생님 대학교 회사 축구 야구 농구 게임 스타크래프트 메이플 리니지 돈 부자 로또 대통령 하나님 하느님 ' +
  '예수님 부처님 아멘 할렐루야 단둘 단둘이 단둘이서 둘이서';

/** Given names borne by most, and so the first that a guesser tries. */
const NAMES =
  '민수 민준 민재 민지 민정 민서 지훈 지민 지영 지은 지원 지수 지우 지현 지혜 서준 서연 서현 서윤 예준 예진 예은 ' +
  '도윤 시우 주원 하준 하은 하윤 현우 현정 현주 준호 준서 준영 성민 성호 성훈 동현 동훈 재현 재훈 승현 승민 정훈 ' +
  '상훈 영호 영수 영희 영미 영숙 철수 순이 미영 미경 은지 은영 은정 은주 은경 수진 수빈 수현 수민 유진 유나 혜진 ' +
  '소영 소연 경희 경숙 정희 정숙 명수 진우 진영 태현 태양 윤서 채원 다은 나연 보람 아름 슬기 한별';

/** The same in Latin letters, and what a list gathered abroad does not rank. */
const LATIN =
  'saranghae sarang annyeong annyong hangul hanguk korea corea seoul busan daegu incheon jeju kimchi bulgogi ' +
  'gangnam hallyu arirang taekwondo naver daum kakao kakaotalk samsung hyundai dandul eksenf spring summer autumn ' +
  'winter january february monday sunday dragon';

/** Korean commonplaces as a guesser types them: in Hangul, and on a Latin keyboard. */
export function listKoreanWords(): string[] {
  const words = `${PHRASES} ${NAMES}`.split(' ');
  return [...words, ...words.map((word) => convertHangulToQwerty(word).toLowerCase()), ...LATIN.split(' ')];
}
