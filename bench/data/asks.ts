import { listConversations } from '#lib/chat/list-conversations.ts';
import { readHistory } from '#lib/chat/read-history.ts';
import { PAGE_SIZE } from '#lib/chat/sizes.ts';
import { syncConversation } from '#lib/chat/sync-conversation.ts';
import type { Ack } from '../load/light-socket.ts';

/** What the questions are about: a person's conversation with so many messages, and their list. */
export type Place = { viewerId: string; conversationId: string; count: number; conversations: number };

/** A question over the socket, the same one to the product's code, and what a right answer holds. */
export type Question = {
  event: string;
  toPayload(place: Place): object;
  run(place: Place): Promise<unknown>;
  /** What the answer shows of its order, and what it should. */
  read(ack: Ack): unknown[];
  toExpected(place: Place): unknown[];
};

type Numbered = { seq: number; revision: number };
const HISTORY = 'conversation:history';
const SYNC = 'conversation:sync';

const count = (from: number, length: number) => Array.from({ length }, (_, i) => from + i);

function askHistory(toAnchor: (place: Place) => object, toFirst: (place: Place) => number): Question {
  const toInput = (place: Place) => ({ conversationId: place.conversationId, ...toAnchor(place) });
  return {
    event: HISTORY,
    toPayload: toInput,
    run: (place) => readHistory({ viewerId: place.viewerId, ...toInput(place) }),
    read: ({ messages }) => (messages as Numbered[]).map(({ seq }) => seq),
    toExpected: (place) => count(toFirst(place), PAGE_SIZE),
  };
}

function askSync(behind: number, answered: number): Question {
  const toInput = ({ conversationId, count }: Place) => ({ conversationId, afterRevision: count - behind });
  return {
    event: SYNC,
    toPayload: toInput,
    run: (place) => syncConversation({ viewerId: place.viewerId, ...toInput(place) }),
    read: ({ changes }) => (changes as Numbered[]).map(({ revision }) => revision),
    toExpected: ({ count: total }) => count(total - behind + 1, answered),
  };
}

const half = ({ count }: Place) => Math.floor(count / 2);

/** The questions that a conversation of any length should answer at the same cost. */
export const conversationQuestions: Record<string, Question> = {
  'newest page': askHistory(
    () => ({}),
    ({ count }) => count - PAGE_SIZE + 1,
  ),
  'older page': askHistory(
    (place) => ({ beforeSeq: half(place) + 1 }),
    (place) => half(place) - PAGE_SIZE + 1,
  ),
  'jump into the middle': askHistory(
    (place) => ({ aroundSeq: half(place) }),
    (place) => half(place) - Math.floor(PAGE_SIZE / 2),
  ),
  'sync, 5 behind': askSync(5, 5),
};

/** Cannot be asked of a conversation with fewer messages. */
export const longQuestions: Record<string, Question> = { 'sync, 400 behind': askSync(400, 200) };

/** The first page of the list; conversations were last used in the order of their number. */
export const listQuestion: Question = {
  event: 'conversation:list',
  toPayload: () => ({}),
  run: ({ viewerId }) => listConversations({ viewerId }),
  read: ({ conversations, more }) => [(conversations as unknown[]).length, more],
  toExpected: ({ conversations }) => [Math.min(conversations, PAGE_SIZE), conversations > PAGE_SIZE],
};
