/**
 * What `server.ts` loads without Next, as files and folders: a change there restarts `npm run dev`. Next
 * reloads pages, components and the browser's side of the chat. tests/unit/boundaries.test.ts
 * keeps the list complete.
 */
export const watchedPaths = [
  'server.ts',
  '.env',
  'db',
  'lib/auth',
  'lib/chat',
  'lib/email',
  'lib/i18n',
  'lib/jobs',
  'lib/lifecycle',
  'lib/notifications',
  'lib/operations',
  'lib/realtime',
  'lib/runtime',
  'lib/settings',
  'lib/text',
  'lib/time-zone.ts',
];
