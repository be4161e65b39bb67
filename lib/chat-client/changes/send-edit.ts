import type { Edit } from '../outbox/draft.ts';
import { markTried } from '../outbox/outbox-item.ts';
import type { Written } from '../outbox/written.ts';
import type { LookUp } from './look-up.ts';
import type { ChangeNeeds } from './needs.ts';

type Needs = ChangeNeeds & { lookUp: LookUp };

/**
 * Sends what an edit has made of its message: in place of what waited, or after what is on its way. Returns the item's
 * clientId, '' when nothing changes.
 */
export function sendEdit(
  { items, save, makeItem, markUntried, lookUp }: Needs,
  { id, written, edit }: { id: string; written: Written; edit: Edit },
): string {
  if (edit.unsent) {
    void save({ ...markTried(edit.unsent), ...markUntried(id), draft: written });
    return edit.unsent.clientId;
  }
  const { seq, baseRevision } = edit;
  const { text } = written;
  if (text === lookUp.findChanged(id, seq)?.body) return '';
  const former = lookUp.listEdits(id, seq);
  const item = makeItem(id);
  void save({ ...item, kind: 'edit', seq, text, baseRevision });
  for (const { clientId } of former) void items.takeUntried(id, clientId);
  return item.clientId;
}
