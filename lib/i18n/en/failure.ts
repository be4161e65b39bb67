import { productNames } from '../config.ts';

/** What the page of last resort says; it is part of every page, in both languages. */
export const failure = {
  appName: productNames.en,
  retry: 'Try again',
  goHome: 'Go to your chats',
  error: {
    title: 'Something went wrong',
    body: 'Messages you sent are safe. Wait a moment, then try again.',
    reference: 'If you ask for help, give this number:',
  },
} as const;
