import { expect, test } from 'vitest';
import { setBlocked } from '#lib/chat/set-blocked.ts';
import { MAX_REACTION_KINDS } from '#lib/chat/sizes.ts';
import { collectMail } from '#lib/email/messages/collect.ts';
import { askAbout, messageOf, readStored, refused, runLive } from '../support/change-messages.ts';
import { setUpDatabase } from '../support/database.ts';
import { nextEvent } from '../support/live.ts';
import { listMails, say } from '../support/mail.ts';
import { addPair, addPerson } from '../support/people.ts';

await setUpDatabase({ EMAIL_WINDOW_SECONDS: '0' });
const { connect } = runLive();

async function openPair() {
  const pair = await addPair();
  const [firstClient, secondClient] = [await connect(pair.first), await connect(pair.second)];
  const mine = askAbout(firstClient, pair.conversationId);
  const theirs = askAbout(secondClient, pair.conversationId);
  await say(pair.first, pair.conversationId, '안녕하세요');
  return { ...pair, firstClient, secondClient, mine, theirs };
}

test('both put an emoji on a message and take their own away, and both are told each time', async () => {
  const { first, second, firstClient, secondClient, mine, theirs } = await openPair();
  const [a, b] = [first.userId, second.userId];
  const updates = [firstClient, secondClient].map((client) => nextEvent(client, 'message:update'));
  const message = messageOf(await theirs.react(1, '👍'));
  expect(message).toMatchObject({ revision: 2, reactions: [{ emoji: '👍', userIds: [b] }] });
  expect(await Promise.all(updates)).toEqual([message, message]);
  expect(messageOf(await mine.react(1, '🎉')).reactions).toEqual([
    { emoji: '👍', userIds: [b] },
    { emoji: '🎉', userIds: [a] },
  ]);
  expect(messageOf(await mine.react(1, '👍')).reactions?.[0]).toEqual({ emoji: '👍', userIds: [b, a] });
  expect(messageOf(await theirs.react(1, '👍', false)).reactions?.[0]).toEqual({
    emoji: '👍',
    userIds: [a],
  });
  // Nobody takes away what is another's.
  expect(messageOf(await theirs.react(1, '🎉', false)).revision).toBe(5);
  expect(messageOf(await mine.react(1, '👍', false)).reactions).toEqual([{ emoji: '🎉', userIds: [a] }]);
  const last = messageOf(await mine.react(1, '🎉', false));
  expect(last.reactions).toBeUndefined();
  expect(await theirs.sync(6)).toEqual([last]);
  expect(await theirs.history()).toEqual([last]);
});

test('what is so already is answered as it is, takes no revision and tells nobody', async () => {
  const { conversationId, secondClient, mine } = await openPair();
  const told: number[] = [];
  secondClient.on('message:update', ({ revision }) => told.push(revision));
  await Promise.all(Array.from({ length: 5 }, () => mine.react(1, '👍')));
  const before = await readStored(conversationId);
  expect(messageOf(await mine.react(1, '👍')).revision).toBe(2);
  expect(messageOf(await mine.react(1, '🎉', false)).revision).toBe(2);
  expect(await readStored(conversationId)).toEqual(before);
  await secondClient.emitWithAck('conversation:list', {});
  expect(told).toEqual([2]);
});

test('a message takes twelve kinds, whoever they are from', async () => {
  const { conversationId, mine, theirs } = await openPair();
  const kinds = [...'😀😃😄😁😆😅😂🙂🙃😉😊😇'];
  expect(kinds).toHaveLength(MAX_REACTION_KINDS);
  for (const [index, emoji] of kinds.entries()) {
    messageOf(await (index % 2 ? mine : theirs).react(1, emoji));
  }
  const before = await readStored(conversationId);
  expect(await mine.react(1, '🥰')).toEqual(refused('invalid'));
  expect(await readStored(conversationId)).toEqual(before);
  // Of a kind that is there already it takes the other's as well, and a new one where one has gone.
  expect(messageOf(await mine.react(1, kinds[0] as string)).reactions).toHaveLength(MAX_REACTION_KINDS);
  messageOf(await mine.react(1, kinds[1] as string, false));
  expect(messageOf(await mine.react(1, '🥰')).reactions?.at(-1)?.emoji).toBe('🥰');
});

test('reactions of both at the same moment are all kept', async () => {
  const { mine, theirs, conversationId } = await openPair();
  const kinds = [...'😀😃😄😁😆😅'];
  await Promise.all(kinds.flatMap((emoji) => [mine.react(1, emoji), theirs.react(1, emoji)]));
  const [message] = await mine.history();
  expect(message?.revision).toBe(13);
  expect(message?.reactions?.map(({ emoji, userIds }) => [emoji, userIds.length]).toSorted()).toEqual(
    kinds.map((emoji) => [emoji, 2]).toSorted(),
  );
  expect(await mine.sync(12)).toHaveLength(1);
  expect(conversationId).toBeDefined();
});

test.each([
  ['👍🏽', '👍🏽'],
  ['❤', '❤️'],
  ['❤️', '❤️'],
  ['☺', '☺️'],
  ['🇰🇷', '🇰🇷'],
  ['🏴󠁧󠁢󠁳󠁣󠁴󠁿', '🏴󠁧󠁢󠁳󠁣󠁴󠁿'],
  ['1️⃣', '1️⃣'],
  ['👨‍👩‍👧‍👦', '👨‍👩‍👧‍👦'],
  ['👩🏽‍❤️‍💋‍👨🏿', '👩🏽‍❤️‍💋‍👨🏿'],
  ['🏳️‍🌈', '🏳️‍🌈'],
])('%s is an emoji', async (sent, stored) => {
  const { mine } = await openPair();
  expect(messageOf(await mine.react(1, sent)).reactions?.[0]?.emoji).toBe(stored);
  // However it is written, it is the same one.
  expect(messageOf(await mine.react(1, stored)).revision).toBe(2);
});

test.each(['', 'a', '1', '가', '❤❤', '👍👍', '👍 ', 'ok👍', ':+1:', '\u200d', '🇰', '<b>', '👍'.repeat(30)])(
  '%j is none, and nothing is stored',
  async (text) => {
    const { conversationId, mine } = await openPair();
    const before = await readStored(conversationId);
    expect(await mine.react(1, text)).toEqual(refused('invalid'));
    expect(await readStored(conversationId)).toEqual(before);
  },
);

test('strangers, a block and a deletion let none through', async () => {
  const { second, conversationId, mine, theirs } = await openPair();
  const stranger = askAbout(await connect(await addPerson('낯선이')), conversationId);
  expect(await stranger.react(1, '👍')).toEqual(refused('not_found'));
  expect(await mine.react(2, '👍')).toEqual(refused('not_found'));
  messageOf(await mine.react(1, '👍'));
  await setBlocked({ viewerId: second.userId, conversationId, blocked: true });
  for (const [emoji, on] of [
    ['🎉', true],
    ['👍', false],
  ] as const) {
    expect(await mine.react(1, emoji, on)).toEqual(refused('blocked'));
  }
  await setBlocked({ viewerId: second.userId, conversationId, blocked: false });
  messageOf(await theirs.react(1, '🎉'));
  const emptied = messageOf(await mine.remove(1));
  expect(emptied.reactions).toBeUndefined();
  for (const on of [true, false]) expect(await mine.react(1, '👍', on)).toEqual(refused('not_found'));
});

test('a reaction is not unread, moves no conversation in the list and is not mailed', async () => {
  const { first, conversationId, mine, theirs } = await openPair();
  const before = await mine.entry();
  messageOf(await theirs.react(1, '👍'));
  expect(await mine.entry()).toEqual({ ...before, revision: 2 });
  expect(before.unread).toBe(0);
  await collectMail({ conversationId, recipientId: first.userId });
  expect(await listMails(first.userId)).toEqual([]);
});
