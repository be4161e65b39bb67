import type { Message } from '#lib/chat/types.ts';
import { getCursors } from '../state/entry.ts';
import type { ChatState, ConversationState, Layer, PendingMessage } from '../state.ts';
import { isShallowEqual } from './is-shallow-equal.ts';
import { isUnsent } from './is-unsent.ts';
import type { DeletedItem, StoredItem, TimelineItem } from './view.ts';

type LoggedItem = StoredItem | DeletedItem;

/**
 * Makes the function that lays a conversation's state out as a timeline. It keeps each item, and the list, the
 * same objects as long as they say the same, so that only what changed is drawn anew.
 */
export function createTimelineBuilder() {
  let items = new Map<string, TimelineItem>();
  let last: TimelineItem[] = [];
  /** What each stored message was last drawn as: a conversation of thousands changes in one or two of them. */
  const drawn = new WeakMap<Message, LoggedItem>();

  return (
    conversation: ConversationState,
    viewerId: string,
    overlay: ChatState['overlay'],
  ): TimelineItem[] => {
    const nextItems = new Map<string, TimelineItem>();
    const reuse = <Item extends TimelineItem>(item: Item): Item => {
      const old = items.get(item.key);
      const kept = old && isSameItem(old, item) ? (old as Item) : item;
      nextItems.set(item.key, kept);
      return kept;
    };
    const getStatus = createStatusReader(conversation, viewerId);
    const { window, pending, marks } = conversation;
    const layer = overlay?.(conversation, viewerId);
    const fromMessage = (stored: Message) => {
      const message = layer?.change(stored) ?? stored;
      if (message.vanished) return [];
      const status = getStatus(stored);
      const isStarred = !message.deletedAt && (layer?.isStarred(stored.seq) ?? marks.starred.has(stored.seq));
      const known = drawn.get(message);
      if (known?.status === status && known.isStarred === isStarred) {
        nextItems.set(known.key, known);
        return [known];
      }
      const isChanging = layer?.isChanging(message.seq) ?? false;
      const item = reuse(toLoggedItem(message, { status, isStarred, isChanging }, viewerId));
      drawn.set(message, item);
      return [item];
    };
    const unsent = pending.filter(isUnsent);
    const sent = pending.flatMap(({ kind, stored }) => (kind === 'send' && stored ? [stored] : []));
    sent.sort((a, b) => a.seq - b.seq);
    const timeline = [
      ...[...(window?.messages ?? []), ...sent].flatMap(fromMessage),
      ...unsent.map((item) => reuse(toUnsentItem(item, viewerId, layer))),
    ];
    items = nextItems;
    const isSame = timeline.length === last.length && timeline.every((item, index) => item === last[index]);
    if (!isSame) last = timeline;
    return last;
  };
}

/** Tells how far a message of the log has come by the cursors as they stand. */
function createStatusReader({ entry }: ConversationState, viewerId: string) {
  const partner = getCursors(entry, entry?.partner.userId ?? '');
  const ownReadSeq = getCursors(entry, viewerId).readSeq;
  return ({ senderId, seq }: Message): LoggedItem['status'] => {
    if (senderId !== viewerId) return seq <= ownReadSeq ? 'read' : 'delivered';
    if (seq <= partner.readSeq) return 'read';
    return seq <= partner.deliveredSeq ? 'delivered' : 'sent';
  };
}

function toLoggedItem(
  message: Message,
  { status, isStarred, isChanging }: Pick<LoggedItem, 'status' | 'isStarred'> & { isChanging: boolean },
  viewerId: string,
): LoggedItem {
  const { senderId, clientId, seq, body, replyTo } = message;
  const common = {
    key: `${senderId}:${clientId}`,
    seq,
    senderId,
    isMine: senderId === viewerId,
    body,
    status,
    isStarred,
    message,
    ...(replyTo && { replyTo }),
  };
  if (message.deletedAt) return { ...common, kind: 'deleted' };
  return { ...common, kind: 'stored', ...(isChanging && { isChanging }) };
}

function toUnsentItem(message: PendingMessage, viewerId: string, layer: Layer | undefined): TimelineItem {
  const { text, replyToSeq } = message.draft;
  const replyTo = replyToSeq && layer?.quote(replyToSeq);
  const common = {
    key: `${viewerId}:${message.clientId}`,
    seq: null,
    senderId: viewerId,
    isMine: true,
    body: text,
    isStarred: false,
    message,
    ...(replyTo && { replyTo }),
  };
  return message.state === 'sending'
    ? { ...common, kind: 'sending', status: 'sending' }
    : { ...common, kind: 'failed', status: 'failed', errorCode: message.errorCode };
}

/** What else an item says follows from these. A message that came a second time is another object with the same in it. */
function isSameItem(a: TimelineItem, b: TimelineItem): boolean {
  const { message: one, replyTo: quote = NOTHING, ...rest } = a;
  const { message: other, replyTo: otherQuote = NOTHING, ...otherRest } = b;
  const isSame = isShallowEqual<object>(rest, otherRest) && isShallowEqual<object>(one, other);
  return isSame && isShallowEqual<object>(quote, otherQuote);
}

const NOTHING = {};
