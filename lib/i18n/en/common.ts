import { failure } from './failure.ts';

export const common = {
  ...failure,
  tagline: 'A quiet place for two',
  close: 'Close',
  cancel: 'Cancel',
  loading: 'Loading',
  back: 'Back',
  showCharacters: 'Show characters',
  notFound: {
    title: 'This page isn’t here',
    body: 'It may have moved, or it isn’t yours to see. Check the address once more.',
  },
} as const;
