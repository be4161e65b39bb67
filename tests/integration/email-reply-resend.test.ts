import { randomUUID } from 'node:crypto';
import { afterAll, expect, test, vi } from 'vitest';
import { getPool } from '#db/client.ts';
import { selectMessage } from '#db/queries/messages.ts';
import { readReplyAddress } from '#lib/email/reply/address.ts';
import { receiveFromResend } from '#lib/email/reply/from-resend.ts';
import { connectClient, nextEvent, startLive } from '../support/live.ts';
import { eventually, listMails, say } from '../support/mail.ts';
import { addPair } from '../support/people.ts';
import { setUpResendReplies } from '../support/resend-replies.ts';
import { composeSigned } from '../support/signed-mail.ts';

vi.mock('#db/queries/messages.ts', { spy: true });

const { resend, mailOut, arrive, listMessages, listRefusals } = await setUpResendReplies();
const live = await startLive();
afterAll(() => live.close());

test('a mail names a reply address of its conversation; a reply to it appears live, marked as by e-mail', async () => {
  const { first, second, conversationId } = await addPair();
  const replyTo = await mailOut(first, second, conversationId, '토요일에 볼까요?', '두 시 어때요?');
  const target = readReplyAddress(replyTo);
  expect(target).toMatchObject({ conversationId });
  const client = await connectClient(live.url, first.cookie);
  const arrived = nextEvent(client, 'message:new');
  const isRead = nextEvent(
    client,
    'conversation:cursor',
    ({ readSeq }) => readSeq >= (target?.quotedSeq ?? 0),
  );
  await arrive(`Junho <${second.email}>`, replyTo, {
    text: '네 좋아요\n두 시에 봐요\n\n2026년 11월 24일 (화) 오후 3:04, 단둘 <hello@chat.example.com>님이 작성:\n\n> 토요일에 볼까요?\n',
  });
  expect(await arrived).toMatchObject({
    conversationId,
    senderId: second.userId,
    body: '네 좋아요\n두 시에 봐요',
    via: 'email',
  });
  expect(await isRead).toMatchObject({ userId: second.userId });
  client.disconnect();
  const stored = await listMessages(first, conversationId);
  expect(stored.at(-1)).toMatchObject({ via: 'email', senderId: second.userId });
  expect(stored[0]).not.toHaveProperty('via');
});

test('a reply marks read up to what its mail showed and not what came since', async () => {
  const { first, second, conversationId } = await addPair();
  const replyTo = await mailOut(first, second, conversationId, 'one');
  await mailOut(first, second, conversationId, 'two');
  await arrive(second.email, replyTo, { text: 'an answer to one' });
  const { rows } = await getPool().query(
    'select read_seq from members where conversation_id = $1 and user_id = $2',
    [conversationId, second.userId],
  );
  expect(rows).toEqual([{ read_seq: 1 }]);
});

test('a reply cancels what still waits to be mailed of the texts that it quotes, and only that', async () => {
  const { first, second, conversationId } = await addPair();
  resend.answer(second.email, { status: 200, body: { id: 'x' } }, { status: 503 }, { status: 503 });
  const replyTo = await mailOut(first, second, conversationId, 'one');
  // An answer that got lost on its way: the mail arrived, and is to be sent again.
  await getPool().query("update mails set state = 'pending', sent_at = null where recipient_id = $1", [
    second.userId,
  ]);
  await arrive(second.email, replyTo, { text: 'got it' });
  expect((await listMails(second.userId))[0].state).toBe('cancelled');
  await say(first, conversationId, 'two');
  await eventually(async () => expect((await listMails(second.userId))[1]?.state).toBe('sent'), 20_000);
});

test('the same reply twice, also under another id of Resend’s, is one message', async () => {
  const { first, second, conversationId } = await addPair();
  const replyTo = await mailOut(first, second, conversationId, 'hello');
  const same = { text: 'only once', messageId: `<${randomUUID()}@mail.example.com>` };
  await arrive(second.email, replyTo, same);
  await arrive(second.email, replyTo, same);
  await arrive(second.email, replyTo, { ...same, messageId: `<${randomUUID()}@mail.example.com>` });
  const bodies = (await listMessages(first, conversationId)).map(({ body }) => body);
  expect(bodies).toEqual(['hello', 'only once', 'only once']);
});

test('files are named and HTML alone is read', async () => {
  const { first, second, conversationId } = await addPair();
  const replyTo = await mailOut(first, second, conversationId, 'send me the plan');
  const attachments = ['평면도.pdf', 'photo\r\n.jpg', false as const].map((filename) => ({
    filename,
    content: 'x',
  }));
  await arrive(second.email, replyTo, {
    html: '<div>여기 <b>있어요</b></div><blockquote>send me the plan</blockquote>',
    attachments,
  });
  expect((await listMessages(first, conversationId)).at(-1)?.body).toBe(
    '여기 있어요\n\n이메일에 첨부했지만 전하지 못한 파일: 평면도.pdf, photo  .jpg, file',
  );
  await arrive(second.email, replyTo, { text: '> send me the plan', attachments: attachments.slice(0, 1) });
  expect((await listMessages(first, conversationId)).at(-1)?.body).toBe(
    '이메일에 첨부했지만 전하지 못한 파일: 평면도.pdf',
  );
});

test('a long reply becomes several messages in order, with nothing lost; a longer one is answered', async () => {
  const { first, second, conversationId } = await addPair();
  const replyTo = await mailOut(first, second, conversationId, 'tell me all');
  const lines = Array.from({ length: 900 }, (_, index) => `line ${index} of a long story`);
  await arrive(second.email, replyTo, { text: lines.join('\n') });
  await eventually(() => expect(listRefusals(second.email)).toHaveLength(1));
  expect(await listMessages(first, conversationId)).toHaveLength(1);
  lines.length = 600;
  await arrive(second.email, replyTo, { text: lines.join('\n') });
  const parts = (await listMessages(first, conversationId)).slice(1).map(({ body }) => body);
  expect(parts.length).toBeGreaterThan(3);
  expect(parts.join('\n')).toBe(lines.join('\n'));
});

test('a mail that Resend does not keep as it was sent is taken from what it tells, once', async () => {
  const { first, second, conversationId } = await addPair();
  const replyTo = await mailOut(first, second, conversationId, 'hello');
  const file = { id: 'f', size: 1, content_type: 'x/y', content_id: null, content_disposition: null };
  const told = {
    from: `Junho <${second.email}>`,
    text: '여기요\n\n> hello\n',
    message_id: '<told@mail.example.com>',
    attachments: [{ ...file, filename: '평면도.pdf' }],
  };
  await arrive(second.email, replyTo, { told: { ...told, raw: null } });
  await arrive(second.email, replyTo, { told: { ...told, raw: null } });
  const bodies = (await listMessages(first, conversationId)).map(({ body }) => body);
  expect(bodies).toEqual(['hello', '여기요\n\n이메일에 첨부했지만 전하지 못한 파일: 평면도.pdf']);
});

test('so is one whose download is gone; one whose download fails otherwise is tried again', async () => {
  const { first, second, conversationId } = await addPair();
  const replyTo = await mailOut(first, second, conversationId, 'hello');
  const tell = (id: string, text: string) =>
    resend.received.set(id, {
      ...{ object: 'email', id, to: [replyTo], from: second.email, subject: 'Re:', headers: {} },
      ...{ text, html: null, cc: null, received_for: [], message_id: `<${id}@m.example>`, attachments: [] },
    });
  const [gone, broken] = [randomUUID(), randomUUID()];
  tell(gone, 'from what is told');
  resend.rawStatus.set(gone, 404);
  await receiveFromResend(gone);
  tell(broken, 'never read');
  resend.receivedRaw.set(broken, await composeSigned({ from: second.email, to: replyTo, text: 'as sent' }));
  for (const status of [403, 500]) {
    resend.rawStatus.set(broken, status);
    await expect(receiveFromResend(broken)).rejects.toThrow(`could not be fetched (${status})`);
  }
  resend.rawStatus.delete(broken);
  await receiveFromResend(broken);
  const bodies = (await listMessages(first, conversationId)).map(({ body }) => body);
  expect(bodies).toEqual(['hello', 'from what is told', 'as sent']);
});

test('a reply whose storing answers that it is unavailable is tried again, and none of it is lost', async () => {
  const { first, second, conversationId } = await addPair();
  const replyTo = await mailOut(first, second, conversationId, 'hello');
  const lines = Array.from({ length: 300 }, (_, index) => `line ${index} of a long story`);
  const messageId = `<${randomUUID()}@mail.example.com>`;
  await arrive(second.email, replyTo, { text: lines.join('\n'), messageId });
  const { length } = await listMessages(first, conversationId);
  const id = randomUUID();
  const raw = await composeSigned({ from: second.email, to: replyTo, text: lines.join('\n'), messageId });
  resend.received.set(id, {
    object: 'email',
    id,
    to: [replyTo],
    from: second.email,
    received_for: [replyTo],
  });
  resend.receivedRaw.set(id, raw);
  vi.mocked(selectMessage).mockResolvedValueOnce(undefined);
  await expect(receiveFromResend(id)).rejects.toThrow('unavailable');
  await receiveFromResend(id);
  expect(await listMessages(first, conversationId)).toHaveLength(length);
});
