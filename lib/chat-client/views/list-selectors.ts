import type { ConversationEntry } from '#lib/chat/types.ts';
import { getActivityTime } from '../state/entry.ts';
import type { ChatState, PendingItem } from '../state.ts';
import { isUnsent } from './is-unsent.ts';
import { memoizeByIdentity } from './memoize-by-identity.ts';

export type ListSelectors = ReturnType<typeof createListSelectors>;

/** Makes the selectors over all conversations of one client; what they remember is that client's alone. */
export function createListSelectors() {
  const sort = memoizeByIdentity(sortEntries);
  const countWaiting = memoizeByIdentity(countWaitingIn);
  let lastList: ConversationEntry[] = [];

  /** All entries, newest activity first; the same array while no entry changes. */
  const selectList = ({ conversations }: ChatState): ConversationEntry[] => {
    const list = sort(conversations);
    if (list.length !== lastList.length || list.some((entry, index) => entry !== lastList[index])) {
      lastList = list;
    }
    return lastList;
  };
  return {
    list: selectList,
    /** Unread messages of all conversations that are neither blocked nor muted. */
    totalUnread: (state: ChatState): number =>
      selectList(state).reduce((sum, { blocked, muted, unread }) => sum + (blocked || muted ? 0 : unread), 0),
    /** Messages on their way to the server. */
    waitingCount: ({ conversations }: ChatState): number => countWaiting(conversations),
  };
}

type Conversations = ChatState['conversations'];
type Placed = { entry: ConversationEntry; at: string };

function sortEntries(conversations: Conversations): ConversationEntry[] {
  return Object.values(conversations)
    .flatMap(({ entry, pending }) =>
      entry && isListed(entry, pending) ? [{ entry, at: getShownTime(entry, pending) }] : [],
    )
    .sort(compareActivity)
    .map(({ entry }) => entry);
}

/** One that the viewer deleted is not, unless they have something to send there. */
function isListed({ marks, lastSeq }: ConversationEntry, pending: readonly PendingItem[]): boolean {
  const isBeingCleared = pending.some(
    (item) => item.kind === 'clear' && item.state === 'sending' && item.seq >= lastSeq,
  );
  return !(marks?.removed || isBeingCleared) || pending.some(isUnsent);
}

/** When a conversation last showed activity to the viewer, who also sees what waits to be sent. */
function getShownTime(entry: ConversationEntry, pending: readonly PendingItem[]): string {
  const times = pending.filter(isUnsent).map(({ createdAt }) => createdAt);
  return [getActivityTime(entry), ...times].sort().at(-1) ?? '';
}

function compareActivity(a: Placed, b: Placed): number {
  if (a.at !== b.at) return a.at < b.at ? 1 : -1;
  return a.entry.conversationId < b.entry.conversationId ? 1 : -1;
}

function countWaitingIn(conversations: Conversations): number {
  return Object.values(conversations).reduce(
    (sum, { pending }) => sum + pending.filter((item) => item.state === 'sending' && isUnsent(item)).length,
    0,
  );
}
