import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { getPool } from '#db/client.ts';
import { setBlocked } from '#lib/chat/set-blocked.ts';
import { startConversation } from '#lib/chat/start-conversation.ts';
import { collectMail } from '#lib/email/messages/collect.ts';
import { searchMessages } from '#lib/search/search-messages.ts';
import { askAbout, messageOf, readStored, refused, runLive } from '../support/change-messages.ts';
import { setUpDatabase } from '../support/database.ts';
import { nextEvent } from '../support/live.ts';
import { listMails, say } from '../support/mail.ts';
import { addPair, addPerson, addSession } from '../support/people.ts';

await setUpDatabase({ EMAIL_WINDOW_SECONDS: '0' });
const { connect } = runLive();

/** Two people who have spoken, and a third whom the first can forward to. */
async function open() {
  const { first, second, conversationId: from } = await addPair();
  const third = await addPerson('셋째');
  const started = await startConversation({ userId: first.userId, partnerId: third.userId });
  if (!started.ok) throw new Error('no conversation');
  const to = started.value.conversationId;
  await say(second, from, '초록 하마');
  const [client, secondClient, thirdClient] = [
    await connect(first),
    await connect(second),
    await connect(third),
  ];
  return {
    first,
    second,
    third,
    from,
    to,
    thirdClient,
    source: { conversationId: from, seq: 1 },
    here: askAbout(client, from),
    partner: askAbout(secondClient, from),
    mine: askAbout(client, to),
    theirs: askAbout(thirdClient, to),
  };
}

test('the text is copied with its mark, without whose it was, and told everywhere as any message', async () => {
  const { first, second, to, source, thirdClient, mine, theirs } = await open();
  const heard = nextEvent(thirdClient, 'message:new');
  const clientId = randomUUID();
  const message = messageOf(await mine.forward(source, { clientId, body: '내가 지어낸 말' }));
  expect(message).toMatchObject({
    conversationId: to,
    seq: 1,
    senderId: first.userId,
    body: '초록 하마',
    forwarded: true,
  });
  expect(JSON.stringify(message)).not.toContain(second.userId);
  expect(await heard).toEqual(message);
  // A repeat is answered with what is stored, also without the other field.
  expect(messageOf(await mine.forward(source, { clientId }))).toEqual(message);
  expect(messageOf(await mine.send('초록 하마', { clientId }))).toEqual(message);
  expect(await theirs.history()).toEqual([message]);
  expect(await theirs.sync(0)).toEqual([message]);
  expect((await theirs.entry()).lastMessage).toMatchObject({ body: '초록 하마' });
  const found = await searchMessages({ viewerId: first.userId, query: '초록 하마', conversationId: to });
  expect(found.ok && found.value.hits.map((hit) => hit.message)).toEqual([message]);
  expect(messageOf(await mine.send('내 말')).forwarded).toBeUndefined();
  // As a reply, if a client asks for that.
  const reply = messageOf(await theirs.forward({ conversationId: to, seq: 1 }, { replyToSeq: 1 }));
  expect(reply).toMatchObject({ forwarded: true, body: '초록 하마', replyTo: { body: '초록 하마' } });
});

test('it is the text of now: edited before, deleted, brought back; and an edited copy stays forwarded', async () => {
  const { source, partner, mine } = await open();
  messageOf(await partner.edit(1, '파란 하마', 1));
  const copy = messageOf(await mine.forward(source));
  expect(copy).toMatchObject({ body: '파란 하마', forwarded: true });
  expect(copy.editedAt).toBeUndefined();
  messageOf(await partner.remove(1));
  expect(await mine.forward(source)).toEqual(refused('not_found'));
  // A repeat of one that was stored is no new one.
  expect(messageOf(await mine.forward(source, { clientId: copy.clientId }))).toEqual(copy);
  messageOf(await partner.undelete(1));
  expect(messageOf(await mine.forward(source)).body).toBe('파란 하마');
  expect(messageOf(await mine.edit(1, '하마였어요', 1))).toMatchObject({
    forwarded: true,
    body: '하마였어요',
  });
  const emptied = messageOf(await mine.remove(1));
  expect(emptied).toMatchObject({ body: '' });
  expect(emptied.forwarded).toBeUndefined();
  expect(messageOf(await mine.undelete(1))).toMatchObject({ forwarded: true, body: '하마였어요' });
});

test('strangers to the source or the target, what one hid or cleared, and what is not there forward nothing', async () => {
  const { second, from, to, source, here, partner, mine, theirs } = await open();
  const stranger = await addPerson('낯선이');
  const outside = askAbout(await connect(stranger), to);
  const secondThere = askAbout(await connect(second), to);
  const before = [await readStored(from), await readStored(to)];
  const none = refused('not_found');
  // The third is no member of the source, the second none of the target, the stranger of neither.
  expect(await theirs.forward(source)).toEqual(none);
  expect(await secondThere.forward(source)).toEqual(none);
  expect(await outside.forward(source)).toEqual(none);
  expect(await mine.forward({ conversationId: randomUUID(), seq: 1 })).toEqual(none);
  expect(await mine.forward({ conversationId: from, seq: 2 })).toEqual(none);
  expect([await readStored(from), await readStored(to)]).toEqual(before);
  // A star hides nothing, and what the partner deleted for themselves is there for the other.
  await here.star(1);
  await partner.hide(1);
  expect(messageOf(await mine.forward(source)).body).toBe('초록 하마');
  expect(await askAbout(await connect(second), from).forward(source)).toEqual(none);
  messageOf(await partner.send('둘'));
  messageOf(await partner.send('셋'));
  await here.hide(2);
  expect(await mine.forward({ conversationId: from, seq: 2 })).toEqual(none);
  expect(messageOf(await mine.forward({ conversationId: from, seq: 3 })).body).toBe('셋');
  await here.clear(3);
  expect(await mine.forward({ conversationId: from, seq: 3 })).toEqual(none);
  expect(await theirs.history()).toHaveLength(2);
});

test('across a block nothing goes to the target, and what was said in a blocked conversation can be forwarded', async () => {
  const { first, second, third, from, to, source, mine } = await open();
  await setBlocked({ viewerId: third.userId, conversationId: to, blocked: true });
  const before = await readStored(to);
  expect(await mine.forward(source)).toEqual(refused('blocked'));
  expect(await readStored(to)).toEqual(before);
  await setBlocked({ viewerId: third.userId, conversationId: to, blocked: false });
  for (const { userId } of [first, second]) {
    await setBlocked({ viewerId: userId, conversationId: from, blocked: true });
  }
  expect(messageOf(await mine.forward(source)).body).toBe('초록 하마');
});

test('whose sessions were revoked, as of somebody suspended, forwards nothing, whatever they point at', async () => {
  const { first, to, source } = await open();
  // Whoever speaks after the end is shown out, with each connection of that session.
  const elsewhere = await addSession(first.userId);
  const clients = [await connect(first), await connect(elsewhere)];
  const before = await readStored(to);
  await getPool().query('update sessions set revoked_at = now() where user_id = $1', [first.userId]);
  for (const [index, client] of clients.entries()) {
    const forwardOf = index === 0 ? source : { conversationId: randomUUID(), seq: 1 };
    expect(await askAbout(client, to).forward(forwardOf)).toEqual(refused('unauthorized'));
  }
  expect(await readStored(to)).toEqual(before);
});

test.each([[null], ['x'], [1], [[]], [{}], [{ seq: 1 }], [{ conversationId: 'x', seq: 1 }]])(
  '%j names no message, and nothing is stored',
  async (forwardOf) => {
    const { to, mine } = await open();
    const before = await readStored(to);
    expect(await mine.forward(forwardOf as never, { body: '내 말' })).toEqual(refused('invalid'));
    expect(await readStored(to)).toEqual(before);
  },
);

test('the mail says that it was forwarded, in the language of its reader', async () => {
  const { first, third, to, source, mine } = await open();
  messageOf(await mine.forward(source));
  messageOf(await mine.send('어때요?'));
  await collectMail({ conversationId: to, recipientId: third.userId });
  const [mail] = await listMails(third.userId);
  expect(mail.payload.text).toContain('다른 대화에서 전달한 메시지예요\n\n초록 하마\n\n어때요?');
  expect(first.userId).toBeDefined();
});
