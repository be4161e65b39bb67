import { expect, test } from 'vitest';
import type { PersonState } from '#lib/auth/accounts/person-state.ts';
import {
  canBlockPartner,
  canDeleteMessage,
  canEditMessage,
  canMuteConversation,
  canReachPartner,
  canReadConversation,
  canStartConversation,
} from '#lib/chat/permissions.ts';

const open = { memberId: 'me', partnerId: 'other', isSealed: false };
const sealed = { ...open, isSealed: true };

test('to whom a conversation is not theirs nothing is permitted', () => {
  const permissions = [canReadConversation, canMuteConversation, canBlockPartner, canReachPartner];
  expect(permissions.filter((permits) => permits(undefined))).toEqual([]);
});

test('a member reads, mutes and blocks, also across a block', () => {
  for (const permits of [canReadConversation, canMuteConversation, canBlockPartner]) {
    expect([permits(open), permits(sealed)]).toEqual([true, true]);
  }
});

test('nothing reaches the partner across a block', () => {
  expect([canReachPartner(open), canReachPartner(sealed)]).toEqual([true, false]);
});

test('a conversation is begun with who may be written to, and one that there is stays open', () => {
  const begins = (partnerState: PersonState, isBegun = false) =>
    canStartConversation({ partnerState, isBegun });
  expect(canStartConversation(undefined)).toBe(false);
  expect((['guest', 'active', 'suspended', 'deleted'] as const).map((state) => begins(state))).toEqual([
    true,
    true,
    false,
    false,
  ]);
  expect(begins('deleted', true)).toBe(true);
});

test('a message is edited and deleted by who wrote it', () => {
  for (const permits of [canEditMessage, canDeleteMessage]) {
    expect([permits('me', { senderId: 'me' }), permits('me', { senderId: 'other' })]).toEqual([true, false]);
  }
});
