export const common = {
  appName: '단둘',
  tagline: '둘이서 조용히 나누는 대화',
  close: '닫기',
  cancel: '취소',
  retry: '다시 시도',
  goHome: '채팅방으로 가기',
  back: '뒤로',
  showCharacters: '글자 보기',
  notFound: {
    title: '찾으시는 페이지가 없어요',
    body: '주소가 바뀌었거나 볼 수 없는 곳이에요. 주소를 한 번 더 확인해 주세요.',
  },
  error: {
    title: '잠시 문제가 생겼어요',
    body: '보내신 메시지는 그대로 있어요. 잠시 뒤에 다시 시도해 주세요.',
    reference: '문의하실 때 이 번호를 알려 주세요:',
  },
} as const;
