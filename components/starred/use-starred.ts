'use client';

import { useCallback, useEffect, useEffectEvent, useRef, useState } from 'react';
import { UNAVAILABLE } from '#components/search/use-search.ts';
import { MAX_PAGE_SIZE, STARRED_PAGE_SIZE } from '#lib/chat/sizes.ts';
import type { ChatResult, Message, SearchCursor, StarredMessage, StarredPage } from '#lib/chat/types.ts';
import { useChat, useConversationList } from '#lib/chat-client/index.ts';
import { ok } from '#lib/runtime/result.ts';

export type ListAction = (input: {
  before?: SearchCursor;
  limit?: number;
}) => Promise<ChatResult<StarredPage>>;

/** A message wherever it is listed. */
export const toKey = ({ conversationId, seq }: Pick<Message, 'conversationId' | 'seq'>) =>
  `${conversationId}-${seq}`;

/** Answers that a page has begun with: one that comes a second time is of an earlier visit, which Back leads to. */
const begunWith = new WeakSet<object>();

/** The viewer's starred messages as they are shown: more of them, fewer of them, and what changed elsewhere. */
export function useStarred(initial: ChatResult<StarredPage>, listAction: ListAction) {
  const chat = useChat();
  const [shown, setShown] = useState(initial);
  const [isPending, setPending] = useState(false);
  /** Unstarred here; the server's next answer may not know of it yet. */
  const unstarred = useRef(new Set<string>());

  const ask: ListAction = useCallback(
    async (input) => {
      const answer = await listAction(input).catch(() => UNAVAILABLE);
      if (!answer.ok) return answer;
      const starred = answer.value.starred.filter(({ message }) => !unstarred.current.has(toKey(message)));
      return ok({ ...answer.value, starred });
    },
    [listAction],
  );
  const setStarred = (change: (starred: StarredMessage[]) => StarredMessage[]) =>
    setShown((now) => (now.ok ? ok({ ...now.value, starred: change(now.value.starred) }) : now));

  async function reload() {
    const count = shown.ok ? shown.value.starred.length : 0;
    setPending(true);
    const answer = await ask({ limit: Math.min(Math.max(count, STARRED_PAGE_SIZE), MAX_PAGE_SIZE) });
    setPending(false);
    // What is shown stays where it cannot be asked for again.
    setShown((now) => (answer.ok || !now.ok ? answer : now));
  }
  async function loadMore(before: SearchCursor) {
    setPending(true);
    const answer = await ask({ before });
    setPending(false);
    if (!answer.ok) return answer;
    setShown((now) => {
      if (!now.ok) return now;
      const known = new Set(now.value.starred.map(({ message }) => toKey(message)));
      const more = answer.value.starred.filter(({ message }) => !known.has(toKey(message)));
      return ok({ ...answer.value, starred: [...now.value.starred, ...more] });
    });
    return answer;
  }
  function unstar({ message }: StarredMessage) {
    unstarred.current.add(toKey(message));
    setStarred((starred) => starred.filter((other) => toKey(other.message) !== toKey(message)));
    chat.star(message.conversationId, message.seq, false);
  }
  function starAgain(restored: StarredMessage, index: number) {
    const { message } = restored;
    unstarred.current.delete(toKey(message));
    setStarred((starred) => starred.toSpliced(index, 0, restored));
    chat.star(message.conversationId, message.seq, true);
  }

  useNews(initial, () => void reload());
  return { shown, isPending, reload, loadMore, unstar, starAgain };
}

/** Runs something when marks changed anywhere, and when the page is come back to: by Back, or from another tab. */
function useNews(initial: object, run: () => void): void {
  const tell = useEffectEvent(run);
  useEffect(() => {
    if (begunWith.has(initial)) tell();
    begunWith.add(initial);
    const look = () => {
      if (document.visibilityState === 'visible') tell();
    };
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, [initial]);

  const entries = useConversationList();
  const revision = entries.reduce((sum, { marks }) => sum + (marks?.revision ?? 0), 0);
  const told = useRef(revision);
  useEffect(() => {
    if (told.current !== revision) tell();
    told.current = revision;
  }, [revision]);
}
