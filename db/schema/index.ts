/** Every table. drizzle-kit writes migrations from this list, and queries import from it. */
export * from './conversations.ts';
export * from './mails.ts';
export * from './messages.ts';
export * from './people.ts';
