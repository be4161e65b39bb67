import { expect, test } from 'vitest';
import { toPreview } from '#lib/chat/preview.ts';
import { PREVIEW_LENGTH, toPlainText } from '#lib/text/plain-text.ts';

const say = (key: string) => `<${key}>`;
const message = {
  conversationId: 'conversation',
  seq: 1,
  revision: 1,
  clientId: 'c1',
  senderId: 'minji',
  body: '안녕',
  createdAt: '2026-11-24T09:00:00Z',
};

test('a message is its body, and a deleted one what is said of it', () => {
  expect(toPlainText(message, say)).toBe('안녕');
  expect(toPlainText({ ...message, body: '', deletedAt: message.createdAt }, say)).toBe('<deleted>');
});

test('a preview is cut between characters, and carries no more than a list shows', () => {
  const body = '🙂'.repeat(PREVIEW_LENGTH + 1);
  expect(toPreview({ ...message, body }).body).toBe('🙂'.repeat(PREVIEW_LENGTH));
  expect(toPreview(message)).toStrictEqual({
    seq: 1,
    senderId: 'minji',
    body: '안녕',
    createdAt: message.createdAt,
  });
});
