/** Which new messages reach a person by e-mail. Free of imports: the database's schema and the browser's form have it from here. */
export const EMAIL_PREFERENCES = ['every', 'unread', 'daily', 'never'] as const;
export type EmailPreference = (typeof EMAIL_PREFERENCES)[number];
