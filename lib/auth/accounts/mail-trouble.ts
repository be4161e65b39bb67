import type { CurrentUser } from '../sessions/current-user.ts';
import { isHolding } from './is-holding.ts';

/** What keeps mail from a person's address, or null when nothing does; worth a calm word in the product. */
export function findMailTrouble(
  user: Pick<CurrentUser, 'emailVerified' | 'emailStopReason'>,
): 'unverified' | 'bounced' | 'complained' | null {
  if (user.emailStopReason) return user.emailStopReason;
  return isHolding() && !user.emailVerified ? 'unverified' : null;
}
