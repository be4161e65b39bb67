import type { Message } from '#lib/chat/types.ts';
import type { Edited } from '../outbox/draft.ts';
import type { Written } from '../outbox/written.ts';
import { isEditable } from '../state/is-editable.ts';
import type { PendingItem } from '../state.ts';
import { isRefusedEdit, type LookUp } from './look-up.ts';
import type { ChangeNeeds } from './needs.ts';

type Needs = ChangeNeeds & { lookUp: LookUp; dismissNotice(conversationId: string): void };

export type Edits = ReturnType<typeof createEdits>;

/** Edits in the composer: how they begin and end. */
export function createEdits({ items, drafts, save, lookUp, dismissNotice }: Needs) {
  /** Gives back what stood in the composer before an edit; what was unsent goes on waiting. */
  const cancel = (id: string): void => {
    const { editOf } = drafts.get(id);
    if (!editOf) return;
    if (editOf.unsent) void save(editOf.unsent);
    drafts.set(id, editOf.kept);
    dismissNotice(id);
  };
  const begin = (id: string, written: Written, edited: Edited): void => {
    cancel(id);
    drafts.set(id, { ...written, editOf: { ...edited, kept: drafts.get(id) } });
    dismissNotice(id);
  };
  /** As the viewer wants the message: one whose deletion is on its way is deleted. */
  const findEditable = (id: string, seq: number): Message | undefined => {
    const message = lookUp.findChanged(id, seq);
    return message && isEditable(message, lookUp.userId) ? message : undefined;
  };
  const start = (id: string, seq: number): boolean => {
    if (drafts.get(id).editOf?.seq === seq) return true;
    const message = findEditable(id, seq);
    if (!message) return false;
    const edits = lookUp.listEdits(id, seq);
    const refused = edits.find(isRefusedEdit);
    // Made of a text that the server does not have yet, it is based on what that is based on.
    const waiting = edits.find(({ state }) => state === 'sending');
    const baseRevision = waiting?.baseRevision ?? lookUp.getRevision(id, seq);
    begin(id, { text: refused?.text ?? message.body }, { seq, baseRevision });
    if (refused) void items.discard(id, refused.clientId);
    return true;
  };
  const startUnsent = async (id: string, clientId: string): Promise<boolean> => {
    if (items.list(id).some((item) => item.clientId === clientId && isForwarded(item))) return false;
    const item = await items.takeUntried(id, clientId);
    if (item?.kind !== 'send') return false;
    begin(id, item.draft, { unsent: item });
    return true;
  };

  return {
    begin,
    cancel,
    /** Begins to edit a message of the log; false when it cannot be. */
    start,
    /** Takes one that waits out of the outbox to be edited; false when it is on its way already. */
    startUnsent,
    /** Begins to edit the newest message that can be; false when there is none, or it is on its way. */
    startNewest(id: string): boolean {
      const unsent = items.list(id).findLast((item) => isOnItsWay(item) && !isForwarded(item));
      if (unsent?.isUntried) void startUnsent(id, unsent.clientId);
      if (unsent) return unsent.isUntried === true;
      const newest = lookUp.findNewest(id, ({ seq }) => findEditable(id, seq) !== undefined);
      return newest !== undefined && start(id, newest.seq);
    },
  };
}

/** Its text is another message's, which the server copies. */
const isForwarded = (item: PendingItem) => item.kind === 'send' && item.draft.forwardOf !== undefined;

const isOnItsWay = ({ kind, state, stored }: PendingItem) =>
  kind === 'send' && state === 'sending' && stored === undefined;
