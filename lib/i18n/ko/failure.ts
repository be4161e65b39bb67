import { productNames } from '../config.ts';

/** What the page of last resort says; it is part of every page, in both languages. */
export const failure = {
  appName: productNames.ko,
  retry: '다시 시도',
  goHome: '대화 목록으로 가기',
  error: {
    title: '잠시 문제가 생겼어요',
    body: '보내신 메시지는 그대로 있어요. 잠시 뒤에 다시 시도해 주세요.',
    reference: '문의하실 때 이 번호를 알려 주세요:',
  },
} as const;
