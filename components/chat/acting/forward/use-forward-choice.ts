'use client';

import { useMemo, useState } from 'react';
import { useSearch } from '#components/search/use-search.ts';
import type { ChatResult, ConversationEntry, Partner } from '#lib/chat/types.ts';
import { useConversationList } from '#lib/chat-client/index.ts';
import { createNameMatcher } from '#lib/text/people-keys.ts';

/** So many people get the same messages at once. */
export const MAX_TARGETS = 5;
/** Conversations that are offered; a name finds the others. */
const MAX_SHOWN = 50;
const PAUSE_MS = 120;

/** Somebody to forward to; without a conversation it is started first. */
export type Target = Partner & { conversationId: string | null };

type Found = { people: Partner[] };
export type FindPeople = (query: string) => Promise<ChatResult<Found>>;

const toTarget = ({ partner, conversationId }: ConversationEntry): Target => ({ ...partner, conversationId });

/** Who can be chosen by what is typed, the viewer's conversations first, and who was chosen. */
export function useForwardChoice(findPeople: FindPeople) {
  const [query, setQuery] = useState('');
  const [chosen, setChosen] = useState<Target[]>([]);
  const entries = useConversationList();
  const isNamed = query.trim() !== '';
  const { shown, isPending, searchSoon, searchNow } = useSearch<Found>(
    findPeople,
    { query: '', answer: null },
    { pauseMs: PAUSE_MS, isWorthwhile: (typed) => typed.trim() !== '' },
  );
  const known = useMemo(() => {
    const matches = isNamed ? createNameMatcher(query) : () => true;
    const open = entries.filter(({ blocked, partner }) => !blocked && matches?.(partner.username));
    return open.slice(0, MAX_SHOWN).map(toTarget);
  }, [entries, query, isNamed]);
  const strangers = useMemo(() => {
    const hasConversation = new Set(entries.map(({ partner }) => partner.userId));
    const people = isNamed && shown.answer?.ok ? shown.answer.value.people : [];
    return people.filter(({ userId }) => !hasConversation.has(userId));
  }, [entries, shown, isNamed]);
  const isChosen = ({ userId }: Partner) => chosen.some((target) => target.userId === userId);

  return {
    query,
    options: [...known, ...strangers.map((person): Target => ({ ...person, conversationId: null }))],
    chosen,
    isFull: chosen.length >= MAX_TARGETS,
    isPending,
    /** Why the people one has not talked to cannot be shown. */
    failure: isNamed && shown.answer && !shown.answer.ok ? shown.answer.error : null,
    isChosen,
    changeQuery(next: string) {
      setQuery(next);
      searchSoon(next);
    },
    searchAgain: () => searchNow(query),
    toggle(target: Target) {
      if (isChosen(target)) setChosen(chosen.filter(({ userId }) => userId !== target.userId));
      else if (chosen.length < MAX_TARGETS) setChosen([...chosen, target]);
    },
  };
}
