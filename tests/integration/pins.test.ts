import { expect, test } from 'vitest';
import { getPool } from '#db/client.ts';
import { setBlocked } from '#lib/chat/set-blocked.ts';
import { MAX_CHANGES_BEHIND, MAX_PINS } from '#lib/chat/sizes.ts';
import { collectMail } from '#lib/email/messages/collect.ts';
import { PREVIEW_LENGTH } from '#lib/text/plain-text.ts';
import { askAbout, messageOf, readStored, refused, runLive } from '../support/change-messages.ts';
import { setUpDatabase } from '../support/database.ts';
import { nextEvent } from '../support/live.ts';
import { listMails, say } from '../support/mail.ts';
import { addPair, addPerson } from '../support/people.ts';

await setUpDatabase({ EMAIL_WINDOW_SECONDS: '0' });
const { connect } = runLive();

const numbered = (count: number) => Array.from({ length: count }, (_, index) => `${index + 1}번째 말`);

async function openPair(texts = ['안녕하세요']) {
  const pair = await addPair();
  const [firstClient, secondClient] = [await connect(pair.first), await connect(pair.second)];
  const mine = askAbout(firstClient, pair.conversationId);
  const theirs = askAbout(secondClient, pair.conversationId);
  await say(pair.first, pair.conversationId, ...texts);
  return { ...pair, firstClient, secondClient, mine, theirs };
}

const readPinnedSeqs = async (conversationId: string) => {
  const { rows } = await getPool().query('select pinned_seqs from conversations where id = $1', [
    conversationId,
  ]);
  return rows[0].pinned_seqs;
};

/** The seqs of pins, in the order in which they come. */
const listSeqs = (pins: { seq: number }[] | undefined) => pins?.map(({ seq }) => seq);

test('either pins and takes away what either has pinned; both are told, and who it was', async () => {
  const { first, second, conversationId, firstClient, secondClient, mine, theirs } = await openPair();
  const updates = [firstClient, secondClient].map((client) => nextEvent(client, 'message:update'));
  const pinned = messageOf(await theirs.pin(1));
  const { pinnedAt = '' } = pinned;
  expect(pinned).toMatchObject({ revision: 2, pinnedBy: second.userId });
  expect(Date.parse(pinnedAt)).toBeGreaterThanOrEqual(Date.parse(pinned.createdAt));
  expect(await Promise.all(updates)).toEqual([pinned, pinned]);
  expect(await mine.history()).toEqual([pinned]);
  expect(await mine.sync(1)).toEqual([pinned]);
  const pin = { seq: 1, senderId: first.userId, body: '안녕하세요', pinnedAt, pinnedBy: second.userId };
  expect(await mine.pins()).toEqual([pin]);
  expect(await readPinnedSeqs(conversationId)).toEqual([1]);

  const unpinned = messageOf(await mine.pin(1, false));
  expect(unpinned.revision).toBe(3);
  expect(unpinned).not.toHaveProperty('pinnedAt');
  expect(unpinned).not.toHaveProperty('pinnedBy');
  expect(await theirs.sync(2)).toEqual([unpinned]);
  expect(await theirs.pins()).toBeUndefined();
  expect(await readPinnedSeqs(conversationId)).toEqual([]);
});

test('what is so already is answered as it is, takes no revision and tells nobody', async () => {
  const { first, conversationId, secondClient, mine, theirs } = await openPair(['하나', '둘']);
  const told: number[] = [];
  secondClient.on('message:update', ({ revision }) => told.push(revision));
  await Promise.all(Array.from({ length: 5 }, () => mine.pin(1)));
  const before = await readStored(conversationId);
  expect(messageOf(await theirs.pin(1))).toMatchObject({ revision: 3, pinnedBy: first.userId });
  expect(messageOf(await mine.pin(2, false)).revision).toBe(2);
  expect(await readStored(conversationId)).toEqual(before);
  await secondClient.emitWithAck('conversation:list', {});
  expect(told).toEqual([3]);
});

test('the page that opens a conversation brings all pins, the newest pin first; a page beside another brings none', async () => {
  const texts = numbered(120);
  texts[2] = '가'.repeat(PREVIEW_LENGTH + 40);
  const { firstClient, conversationId, mine, theirs } = await openPair(texts);
  for (const [index, seq] of [100, 3, 60].entries()) messageOf(await (index % 2 ? mine : theirs).pin(seq));
  const pins = await mine.pins();
  expect(listSeqs(pins)).toEqual([60, 3, 100]);
  expect(pins?.[1]?.body).toHaveLength(PREVIEW_LENGTH);
  expect(await theirs.pins({ aroundSeq: 30 })).toEqual(pins);
  for (const side of [{ beforeSeq: 50 }, { afterSeq: 50 }]) {
    const page = await firstClient.emitWithAck('conversation:history', { conversationId, ...side });
    expect(page).not.toHaveProperty('pins');
  }
  // Only texts change what a pin shows.
  messageOf(await mine.edit(60, '고친 말', 60));
  expect((await theirs.pins())?.[0]).toEqual({ ...pins?.[0], body: '고친 말' });
});

test('a client that starts over gets the pins with the page', async () => {
  const { firstClient, conversationId, mine } = await openPair(['하나', '둘']);
  messageOf(await mine.pin(1));
  await getPool().query('update conversations set revision = revision + $2 where id = $1', [
    conversationId,
    MAX_CHANGES_BEHIND,
  ]);
  const page = await firstClient.emitWithAck('conversation:sync', { conversationId, afterRevision: 1 });
  expect(page).toMatchObject({ ok: true, reset: true, pins: await mine.pins() });
});

test('an eleventh pin is refused and changes nothing, also where many come at once', async () => {
  const { conversationId, mine, theirs } = await openPair(numbered(MAX_PINS + 3));
  const acks = await Promise.all(
    Array.from({ length: MAX_PINS + 2 }, (_, index) => (index % 2 ? mine : theirs).pin(index + 1)),
  );
  expect(acks.filter(({ ok }) => ok)).toHaveLength(MAX_PINS);
  for (const ack of acks) if (!ack.ok) expect(ack).toEqual(refused('invalid'));
  const before = await readStored(conversationId);
  expect(await mine.pin(MAX_PINS + 3)).toEqual(refused('invalid'));
  expect(await readStored(conversationId)).toEqual(before);
  const pins = (await mine.pins()) ?? [];
  expect(pins).toHaveLength(MAX_PINS);
  messageOf(await theirs.pin(pins[0]?.seq ?? 0, false));
  messageOf(await mine.pin(MAX_PINS + 3));
  expect(listSeqs(await mine.pins())?.[0]).toBe(MAX_PINS + 3);
});

test('a deletion takes the pin from both places; its undo brings it back as it was', async () => {
  const { second, conversationId, mine, theirs } = await openPair(numbered(MAX_PINS + 1));
  const { pinnedAt } = messageOf(await theirs.pin(1));
  messageOf(await theirs.pin(2));
  expect(messageOf(await mine.remove(1))).not.toHaveProperty('pinnedAt');
  expect(listSeqs(await theirs.pins())).toEqual([2]);
  expect(await readPinnedSeqs(conversationId)).toEqual([2]);
  for (const on of [true, false]) expect(await theirs.pin(1, on)).toEqual(refused('not_found'));
  expect(messageOf(await mine.undelete(1))).toMatchObject({ pinnedAt, pinnedBy: second.userId });
  expect(listSeqs(await theirs.pins())).toEqual([2, 1]);

  // Where others have taken its place meanwhile it comes back without the pin.
  messageOf(await mine.remove(1));
  for (let seq = 3; seq <= MAX_PINS + 1; seq++) messageOf(await theirs.pin(seq));
  expect(messageOf(await mine.undelete(1))).toMatchObject({ body: '1번째 말' });
  expect(listSeqs(await theirs.pins())).toHaveLength(MAX_PINS);
  expect(await readPinnedSeqs(conversationId)).not.toContain(1);
});

test('what somebody deletes for themselves is among their pins no more, and among the partner’s still', async () => {
  const { firstClient, conversationId, mine, theirs } = await openPair(['하나', '둘', '셋']);
  for (const seq of [1, 2, 3]) messageOf(await mine.pin(seq));
  expect((await theirs.hide(2)).ok).toBe(true);
  expect(listSeqs(await theirs.pins())).toEqual([3, 1]);
  expect((await theirs.clear(1)).ok).toBe(true);
  expect(listSeqs(await theirs.pins())).toEqual([3]);
  expect((await theirs.hide(3)).ok).toBe(true);
  expect(await theirs.pins()).toBeUndefined();
  expect(listSeqs(await mine.pins())).toEqual([3, 2, 1]);
  const page = await firstClient.emitWithAck('conversation:history', { conversationId, aroundSeq: 2 });
  expect(page).toMatchObject({ ok: true, pins: [{ seq: 3 }, { seq: 2 }, { seq: 1 }] });
});

test('what somebody deleted for themselves makes room for their new pin, the oldest first, and both are told', async () => {
  const { conversationId, secondClient, mine, theirs } = await openPair(numbered(MAX_PINS + 4));
  for (let seq = MAX_PINS; seq > 0; seq--) messageOf(await mine.pin(seq));
  // What the partner deleted for themselves makes no room for mine.
  for (const seq of [2, 7]) expect((await theirs.hide(seq)).ok).toBe(true);
  const before = await readStored(conversationId);
  expect(await mine.pin(MAX_PINS + 1)).toEqual(refused('invalid'));
  expect(await readStored(conversationId)).toEqual(before);

  const told: unknown[] = [];
  secondClient.on('message:update', ({ seq, pinnedAt }) => told.push([seq, pinnedAt !== undefined]));
  const revision = messageOf(await theirs.pin(MAX_PINS + 1)).revision;
  await secondClient.emitWithAck('conversation:list', {});
  expect(told).toEqual([
    [7, false],
    [MAX_PINS + 1, true],
  ]);
  expect((await mine.sync(revision - 2)).map(({ seq }) => seq)).toEqual([7, MAX_PINS + 1]);
  expect(listSeqs(await mine.pins())).toEqual([11, 1, 2, 3, 4, 5, 6, 8, 9, 10]);
  expect(await readPinnedSeqs(conversationId)).toHaveLength(MAX_PINS);

  // After all was deleted, as many at once as have room.
  expect((await theirs.clear(MAX_PINS + 1)).ok).toBe(true);
  const acks = await Promise.all([MAX_PINS + 2, MAX_PINS + 3, MAX_PINS + 4].map((seq) => theirs.pin(seq)));
  for (const ack of acks) messageOf(ack);
  expect((await theirs.pins())?.length).toBe(3);
  expect(listSeqs(await mine.pins())?.slice(3)).toEqual([11, 1, 2, 3, 4, 5, 6]);
});

test('strangers and a block let none through; a deletion takes a pin away across a block', async () => {
  const { second, conversationId, mine, theirs } = await openPair(['하나', '둘', '셋']);
  const stranger = askAbout(await connect(await addPerson('낯선이')), conversationId);
  for (const on of [true, false]) expect(await stranger.pin(1, on)).toEqual(refused('not_found'));
  expect(await mine.pin(4)).toEqual(refused('not_found'));
  for (const seq of [1, 2]) messageOf(await theirs.pin(seq));
  await setBlocked({ viewerId: second.userId, conversationId, blocked: true });
  const before = await readStored(conversationId);
  for (const one of [mine, theirs]) {
    expect(await one.pin(3)).toEqual(refused('blocked'));
    expect(await one.pin(1, false)).toEqual(refused('blocked'));
    // What is so already passes no block.
    expect(messageOf(await one.pin(1)).pinnedBy).toBe(second.userId);
  }
  expect(await readStored(conversationId)).toEqual(before);
  messageOf(await mine.remove(1));
  expect(listSeqs(await theirs.pins())).toEqual([2]);
});

test.each([{ seq: 0 }, { seq: '1' }, { on: 'yes' }, { on: undefined }, { conversationId: 'x' }])(
  '%j is no pin, and nothing is stored',
  async (fault) => {
    const { conversationId, firstClient } = await openPair();
    const before = await readStored(conversationId);
    const input = { conversationId, seq: 1, on: true, ...fault } as never;
    expect(await firstClient.emitWithAck('message:pin', input)).toEqual(refused('invalid'));
    expect(await readStored(conversationId)).toEqual(before);
  },
);

test('a pin is not unread, moves no conversation in the list and is not mailed', async () => {
  const { first, conversationId, mine, theirs } = await openPair();
  const before = await mine.entry();
  messageOf(await theirs.pin(1));
  expect(await mine.entry()).toEqual({ ...before, revision: 2 });
  await collectMail({ conversationId, recipientId: first.userId });
  expect(await listMails(first.userId)).toEqual([]);
});
