export const common = {
  appName: 'Dandul',
  tagline: 'A quiet place for two',
  close: 'Close',
  cancel: 'Cancel',
  retry: 'Try again',
  goHome: 'Go to your chats',
  back: 'Back',
  showCharacters: 'Show characters',
  notFound: {
    title: 'This page isn’t here',
    body: 'It may have moved, or it isn’t yours to see. Check the address once more.',
  },
  error: {
    title: 'Something went wrong',
    body: 'Messages you sent are safe. Wait a moment, then try again.',
    reference: 'If you ask for help, give this number:',
  },
} as const;
