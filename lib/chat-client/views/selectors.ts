import type { Quote } from '#lib/chat/types.ts';
import type { Draft } from '../outbox/draft.ts';
import { reduce } from '../reducer.ts';
import { getCursors } from '../state/entry.ts';
import {
  type ChatState,
  type ConversationState,
  createConversationState,
  type PendingMessage,
} from '../state.ts';
import type { ConversationSeed } from '../types.ts';
import { createTimelineBuilder } from './build-timeline.ts';
import { isShallowEqual, keepSame } from './is-shallow-equal.ts';
import { isUnsent } from './is-unsent.ts';
import { memoizeByIdentity } from './memoize-by-identity.ts';
import { createPinSelector } from './pin-selector.ts';
import type { ConversationView, RowSigns } from './view.ts';

/** Messages that are not sent (waiting or refused) and drafts: what a log-out deletes. */
export function selectUnsentCount({ conversations, drafts }: ChatState): number {
  const unsent = Object.values(conversations).flatMap(({ pending }) =>
    pending.filter((item) => !item.stored),
  );
  return unsent.length + Object.values(drafts).filter(hasText).length;
}

/** True also for an edit whose box was emptied over a message that waited, or over what stood there before. */
function hasText({ text, editOf }: Draft): boolean {
  return [text, editOf?.kept.text, editOf?.unsent?.draft.text].some((written) => written?.trim());
}

/** Makes the selector of what a row of the list shows beside its entry. */
export function createRowSelector(conversationId: string): (state: ChatState) => RowSigns {
  let last: RowSigns | null = null;
  const toUnsent = memoizeByIdentity(({ draft, createdAt, state }: PendingMessage) => ({
    body: draft.text,
    createdAt,
    state,
  }));
  return ({ conversations, drafts, presence, overlay, viewer }) => {
    const conversation = conversations[conversationId];
    const entry = conversation?.entry;
    const layer = conversation?.pending.length ? overlay?.(conversation, viewer.userId) : undefined;
    const stored = entry?.lastMessage ?? null;
    const unsent = conversation?.pending.filter(isUnsent) ?? [];
    // One that was refused asks for something to be done, so it goes first.
    const shown = unsent.findLast(({ state }) => state === 'failed') ?? unsent.at(-1);
    const signs: RowSigns = {
      draft: drafts[conversationId]?.text.trim() ?? '',
      lastMessage: keepSame(last?.lastMessage, stored && layer ? layer.newest(stored) : stored),
      unsent: shown ? toUnsent(shown) : null,
      isTyping: conversation?.isPartnerTyping ?? false,
      isOnline: presence[entry?.partner.userId ?? '']?.online ?? false,
    };
    if (!last || !isShallowEqual(last, signs)) last = signs;
    return last;
  };
}

/** Makes the selector of what a reply to a message shows of it. */
export function createQuoteSelector(
  conversationId: string,
  seq: number | undefined,
): (state: ChatState) => Quote | null {
  let last: Quote | null = null;
  return ({ conversations, overlay, viewer }) => {
    const conversation = conversations[conversationId];
    const layer = conversation && overlay?.(conversation, viewer.userId);
    last = keepSame<Quote | null>(last, (seq && layer?.quote(seq)) || null);
    return last;
  };
}

/** Makes the selector of one conversation's view; each keeps its own memory of what it last gave. */
export function createViewSelector(
  conversationId: string,
  seed?: ConversationSeed,
): (state: ChatState) => ConversationView {
  const missing = createConversationState(conversationId);
  const seeded = memoizeByIdentity((state: ChatState) =>
    seed ? reduce(state, { type: 'conversation:seeded', conversationId, seed }) : state,
  );
  const buildTimeline = createTimelineBuilder();
  const selectPins = createPinSelector();
  let last: { from: readonly unknown[]; view: ConversationView } | null = null;

  return (state) => {
    const stored = state.conversations[conversationId];
    const isOpen = !seed || stored?.window || stored?.opening === 'not_found';
    const conversation = (isOpen ? stored : seeded(state).conversations[conversationId]) ?? missing;
    const presence = (conversation.entry && state.presence[conversation.entry.partner.userId]) ?? null;
    const { overlay, viewer } = state;
    const from = [conversation, presence, overlay];
    if (last && isShallowEqual(last.from, from)) return last.view;
    const { window } = conversation;
    const clearedSeq = overlay?.(conversation, viewer.userId).clearedSeq ?? 0;
    const view: ConversationView = {
      status: getStatus(conversation),
      entry: conversation.entry,
      items: buildTimeline(conversation, viewer.userId, overlay),
      pins: selectPins(conversation, viewer.userId, overlay),
      hasBefore: window?.hasBefore === true && (window.messages[0]?.seq ?? 0) > clearedSeq + 1,
      hasAfter: window?.hasAfter ?? false,
      isLoadingBefore: conversation.loading.before,
      isLoadingAfter: conversation.loading.after,
      ...(conversation.loadFailed && { loadFailed: conversation.loadFailed }),
      isPartnerTyping: conversation.isPartnerTyping,
      partnerPresence: presence,
      fromSeq: window?.messages[0]?.seq ?? 0,
      notice: conversation.notice,
      ownReadSeq: getCursors(conversation.entry, viewer.userId).readSeq,
      windowId: window?.id ?? 0,
    };
    const isSame = last && isShallowEqual(last.view, view);
    last = { from, view: isSame && last ? last.view : view };
    return last.view;
  };
}

function getStatus(conversation: ConversationState): ConversationView['status'] {
  if (conversation.opening === 'not_found') return 'not_found';
  if (conversation.window && conversation.entry) return 'ready';
  return conversation.opening === 'failed' ? 'failed' : 'loading';
}
