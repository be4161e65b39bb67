import { failure } from './failure.ts';

export const common = {
  ...failure,
  tagline: '둘이서 조용히 나누는 대화',
  close: '닫기',
  cancel: '취소',
  loading: '불러오는 중',
  back: '뒤로',
  showCharacters: '글자 보기',
  notFound: {
    title: '찾으시는 페이지가 없어요',
    body: '주소가 바뀌었거나 볼 수 없는 곳이에요. 주소를 한 번 더 확인해 주세요.',
  },
} as const;
