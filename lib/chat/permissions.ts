import { isShutOut, type PersonState } from '#lib/auth/accounts/person-state.ts';

/**
 * What a member may do in a conversation, by name. Every change asks here before its statement runs; db/queries/memberships.ts
 * reads what these judge. Two statements are too frequent for a look of their own and check inside themselves: the send
 * (db/queries/insert-messages.ts) and the move of a cursor (db/queries/members.ts).
 */

/** One person's side of a conversation; undefined everywhere below stands for a conversation that is not theirs. */
export type Membership = {
  memberId: string;
  partnerId: string;
  /** A block stands between the two, set by either. */
  isSealed: boolean;
};

/** How a person stands to somebody else; undefined where there is nobody else of that id. */
type Pair = { partnerState: PersonState; isBegun: boolean };

/** Anybody writes to anybody who may be written to; a conversation that two have stays open to both. */
export function canStartConversation(pair: Pair | undefined): pair is Pair {
  return pair !== undefined && (pair.isBegun || !isShutOut(pair.partnerState));
}

/** Both people read it, also across a block. Whoever may not is answered as if it did not exist. */
export function canReadConversation(membership: Membership | undefined): membership is Membership {
  return membership !== undefined;
}

/** A mute is the member's own and tells nobody anything. */
export function canMuteConversation(membership: Membership | undefined): membership is Membership {
  return canReadConversation(membership);
}

/** Stars, and what one deletes for oneself, are the member's own and tell nobody anything. */
export function canMarkMessages(membership: Membership | undefined): membership is Membership {
  return canReadConversation(membership);
}

/** Each blocks the other, whether or not the other has blocked them. */
export function canBlockPartner(membership: Membership | undefined): membership is Membership {
  return canReadConversation(membership);
}

/** What the partner would see of it at once, such as typing: nothing passes a block. */
export function canReachPartner(membership: Membership | undefined): membership is Membership {
  return canReadConversation(membership) && !membership.isSealed;
}

/** One's own words as they stand; new words do not pass a block. */
export function canEditMessage(memberId: string, message: { senderId: string }): boolean {
  return message.senderId === memberId;
}

/** Nobody deletes the partner's words. One's own can be taken back across a block as well. */
export function canDeleteMessage(memberId: string, message: { senderId: string }): boolean {
  return message.senderId === memberId;
}
