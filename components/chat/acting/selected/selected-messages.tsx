'use client';

import type { RefObject } from 'react';
import type { TimelineItem } from '#lib/chat-client/views/view.ts';
import { isSelectable, type Selection } from '../../selection/selection.ts';
import type { Selecting } from '../../selection/use-selection.ts';
import type { AskedDeletion } from '../outcome/use-deletion.ts';
import { SelectionBar } from './selection-bar.tsx';
import { useFocusAround, useFocusKept } from './use-selection-focus.ts';

type Props = {
  root: RefObject<HTMLElement | null>;
  items: readonly TimelineItem[];
  selection: Selection;
  onEnd: Selecting['end'];
  onCopy: (text: string) => void;
  onForward: (seqs: readonly number[]) => void;
  onDelete: (asked: AskedDeletion) => void;
};

/** What is done with all messages that are selected; copying and leaving end the selection. */
export function SelectedMessages({ root, items, selection, onEnd, onCopy, onForward, onDelete }: Props) {
  const selected = items.filter(isSelectable).filter(({ seq }) => selection.seqs.has(seq));
  const seqs = selected.map(({ seq }) => seq);
  useFocusKept(root, items);
  useFocusAround(root, selection.anchor);
  const canBoth = selected.every(({ isMine }) => isMine);
  // Copied by the server, whose text it must be.
  const canForward = selected.every(({ isChanging }) => !isChanging);
  return (
    <SelectionBar
      count={selected.length}
      isFull={selection.isFull}
      onCopy={() => {
        onCopy(selected.map(({ body }) => body).join('\n'));
        onEnd();
      }}
      onForward={canForward ? () => onForward(seqs) : undefined}
      onDelete={() => onDelete({ seqs, canBoth, isMixed: !canBoth && selected.some(({ isMine }) => isMine) })}
      onCancel={onEnd}
    />
  );
}
