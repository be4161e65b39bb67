/** The accessible names that outside tests and scripts rely on, in both languages; they never change. */
const names = {
  ko: {
    username: '사용자 이름',
    email: '이메일',
    identifier: '사용자 이름 또는 이메일',
    password: '비밀번호',
    confirmPassword: '비밀번호 확인',
    logIn: '로그인',
    signUp: '회원가입',
    logOut: '로그아웃',
    chats: '채팅방 목록',
    newMessage: '새 메시지',
    searchPeople: '사용자 검색',
    composer: '메시지 입력',
    send: '보내기',
    timeline: '대화 내용',
    divider: '여기까지 읽었습니다',
    searchMessages: '대화 검색',
    language: '언어',
    unread: (count: number) => `읽지 않은 메시지 ${count}개`,
  },
  en: {
    username: 'Username',
    email: 'Email',
    identifier: 'Username or email',
    password: 'Password',
    confirmPassword: 'Confirm password',
    logIn: 'Log in',
    signUp: 'Sign up',
    logOut: 'Log out',
    chats: 'Chats',
    newMessage: 'New message',
    searchPeople: 'Search people',
    composer: 'Message',
    send: 'Send',
    timeline: 'Messages',
    divider: 'New messages',
    searchMessages: 'Search messages',
    language: 'Language',
    unread: (count: number) => (count === 1 ? '1 unread message' : `${count} unread messages`),
  },
};

export type Names = (typeof names)['ko'];

/** The names in the language that a browser with this locale is shown. */
export function namesFor(locale: string | undefined): Names {
  return locale?.startsWith('ko') ? names.ko : names.en;
}
