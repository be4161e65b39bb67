import { getTransportName } from '#lib/runtime/env.ts';

/**
 * Whether mail to unconfirmed addresses is held. The developer mailbox holds nothing: no stranger
 * gets what it keeps.
 */
export function isHolding(): boolean {
  return getTransportName() !== 'mailbox';
}
