import { createDomainEvents } from '#lib/runtime/domain-events.ts';

/** What happens to people's logins, told after it was committed. */
export type AuthEvents = {
  /** These logins are over; whatever is open for them closes. Never empty. */
  'sessions:ended': { sessionIds: readonly string[] };
};

export const authEvents = createDomainEvents<AuthEvents>('auth');

/** Tells that these logins are over, if any are. */
export function tellSessionsEnded(sessionIds: readonly string[]): void {
  if (sessionIds.length > 0) authEvents.emit('sessions:ended', { sessionIds });
}
