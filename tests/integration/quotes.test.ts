import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { searchMessages } from '#lib/search/search-messages.ts';
import { PREVIEW_LENGTH } from '#lib/text/plain-text.ts';
import { askAbout, messageOf, refused, runLive } from '../support/change-messages.ts';
import { setUpDatabase } from '../support/database.ts';
import { nextEvent } from '../support/live.ts';
import { addPair } from '../support/people.ts';

await setUpDatabase();
const { connect } = runLive();

async function openPair() {
  const pair = await addPair();
  const [firstClient, secondClient] = [await connect(pair.first), await connect(pair.second)];
  const mine = askAbout(firstClient, pair.conversationId);
  const theirs = askAbout(secondClient, pair.conversationId);
  return { ...pair, firstClient, secondClient, mine, theirs };
}

test('a reply carries what it answers wherever it is told but in a hit of a search', async () => {
  const { first, second, firstClient, secondClient, mine, theirs } = await openPair();
  const long = `${'가'.repeat(PREVIEW_LENGTH - 1)}👨‍👩‍👧‍👦 끝`;
  messageOf(await mine.send(long));
  const heard = [firstClient, secondClient].map((client) =>
    nextEvent(client, 'message:new', ({ seq }) => seq === 2),
  );
  const reply = messageOf(await theirs.send('초록 하마', { clientId: 'r', replyToSeq: 1 }));
  const replyTo = {
    seq: 1,
    senderId: first.userId,
    body: Array.from(long).slice(0, PREVIEW_LENGTH).join(''),
  };
  expect(reply).toMatchObject({ senderId: second.userId, replyToSeq: 1, replyTo });
  expect(await Promise.all(heard)).toEqual([reply, reply]);
  expect(messageOf(await theirs.send('초록 하마', { clientId: 'r', replyToSeq: 1 }))).toEqual(reply);
  expect((await mine.history())[1]).toEqual(reply);
  expect(await mine.sync(1)).toEqual([reply]);
  const found = await searchMessages({ viewerId: first.userId, query: '초록 하마' });
  const { replyTo: _, ...hit } = reply;
  expect(found.ok && found.value.hits.map(({ message }) => message)).toEqual([hit]);
  expect((await mine.history())[0]?.replyTo).toBeUndefined();
  expect(await theirs.send('없는 것에', { replyToSeq: 3 })).toEqual(refused('invalid'));
});

test('a quote is always of the present, and changes nothing of the reply', async () => {
  const { mine, theirs } = await openPair();
  messageOf(await mine.send('처음'));
  const reply = messageOf(await theirs.send('답', { replyToSeq: 1 }));
  messageOf(await mine.edit(1, '고침', 1));
  expect((await theirs.history())[1]).toEqual({ ...reply, replyTo: { ...reply.replyTo, body: '고침' } });
  expect(await theirs.sync(2)).toMatchObject([{ seq: 1, body: '고침' }]);
  // Another's change of the reply brings it along.
  expect(messageOf(await mine.react(2, '👍')).replyTo?.body).toBe('고침');
});

test('a quote of a deleted message tells that it is gone and nothing of what it said', async () => {
  const { first, second, conversationId, mine, theirs } = await openPair();
  const secret = `secret-${randomUUID()}`;
  messageOf(await mine.send(secret));
  messageOf(await theirs.send('a green answer', { replyToSeq: 1 }));
  const { deletedAt } = messageOf(await mine.remove(1));
  const quote = { seq: 1, senderId: first.userId, body: '', deletedAt };
  const late = messageOf(await mine.send('another green answer', { replyToSeq: 1 }));
  expect(late.replyTo).toEqual(quote);
  const replies = [...(await theirs.history()), ...(await theirs.sync(1))].filter(({ seq }) => seq > 1);
  expect(replies.map(({ replyTo }) => replyTo)).toEqual([quote, quote, quote, quote]);
  const edited = messageOf(await theirs.edit(2, 'a red answer', 2));
  expect(edited.replyTo).toEqual(quote);
  const found = await searchMessages({ viewerId: second.userId, query: 'answer', conversationId });
  const told = [await theirs.history(), await theirs.sync(0), await theirs.entry(), found, edited];
  expect(JSON.stringify(told)).not.toContain(secret);
  // Undone, it is quoted again.
  messageOf(await mine.undelete(1));
  expect((await theirs.history())[1]?.replyTo).toEqual({ seq: 1, senderId: first.userId, body: secret });
});

test('a deleted reply no longer says what it answered', async () => {
  const { mine, theirs } = await openPair();
  messageOf(await mine.send('처음'));
  messageOf(await theirs.send('답', { replyToSeq: 1 }));
  const deleted = messageOf(await theirs.remove(2));
  expect([deleted.replyTo, deleted.replyToSeq]).toEqual([undefined, undefined]);
  expect(messageOf(await theirs.undelete(2)).replyTo?.body).toBe('처음');
});
