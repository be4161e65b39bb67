'use client';

import { PinOff } from 'lucide';
import { type RefObject, useEffect, useId } from 'react';
import { useTranslations } from 'use-intl';
import { Dialog } from '#components/ui/dialog.tsx';
import { Icon } from '#components/ui/icon.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import type { ConversationEntry, Pin } from '#lib/chat/types.ts';
import { useChat } from '#lib/chat-client/index.ts';
import { toPlainText } from '#lib/text/plain-text.ts';
import type { Asked } from '../../message/asked.ts';
import { PinnedBy } from '../../message/pinned-by.tsx';
import { Name } from '../../name.tsx';

type Props = {
  root: RefObject<HTMLElement | null>;
  entry: ConversationEntry;
  pins: readonly Pin[];
  isOpen: boolean;
  onAsk: (asked: Asked | null) => void;
};

/** All that is pinned in a conversation: to go there, and to unpin. */
export function PinsDialog({ root, entry, pins, isOpen, onAsk }: Props) {
  const t = useTranslations('chat.pins');
  useEffect(() => {
    if (!isOpen) return;
    // The button that led here may be gone with the last pin.
    return () => {
      const isLost = document.activeElement === document.body;
      if (isLost) root.current?.querySelector<HTMLElement>('[role=log]')?.focus({ preventScroll: true });
    };
  }, [isOpen, root]);
  return (
    <Dialog open={isOpen} onOpenChange={() => onAsk(null)} title={t('label')}>
      {pins.length === 0 && <p className="text-body text-muted">{t('empty')}</p>}
      <ul className="-mx-2 flex flex-col gap-1">
        {pins.map((pin) => (
          <PinRow key={pin.seq} pin={pin} entry={entry} onGo={() => onAsk({ what: 'pin', seq: pin.seq })} />
        ))}
      </ul>
    </Dialog>
  );
}

function PinRow({ pin, entry, onGo }: { pin: Pin; entry: ConversationEntry; onGo: () => void }) {
  const t = useTranslations('chat');
  const say = useTranslations('chat.timeline');
  const chat = useChat();
  const textId = useId();
  const { conversationId, partner, blocked } = entry;
  const isPartners = pin.senderId === partner.userId;
  const unpin = (row: HTMLElement | null) => {
    focusBeside(row);
    chat.pin(conversationId, pin.seq, false);
  };
  return (
    <li className="flex items-center">
      <button
        type="button"
        onClick={onGo}
        className="min-w-0 flex-1 rounded-control px-2 py-2 text-left hover:bg-wash active:bg-press"
      >
        <span className="block truncate text-sm font-semibold">
          {isPartners ? <Name>{partner.username}</Name> : say('you')}
        </span>
        <span id={textId} className="line-clamp-2 wrap-anywhere">
          {toPlainText(pin, say)}
        </span>
        <PinnedBy pin={pin} partner={partner} className="block truncate text-sm text-muted" />
      </button>
      {!blocked && (
        <IconButton
          label={t('act.unpin')}
          aria-describedby={textId}
          onClick={({ currentTarget }) => unpin(currentTarget.closest('li'))}
        >
          <Icon of={PinOff} />
        </IconButton>
      )}
    </li>
  );
}

/** Puts the focus where it goes on when a row goes: to the button of the next one, or to what closes the dialog. */
function focusBeside(row: HTMLElement | null): void {
  const next = row?.nextElementSibling ?? row?.previousElementSibling;
  const button = next?.querySelector<HTMLElement>('button[aria-describedby]');
  (button ?? row?.closest('dialog')?.querySelector('button'))?.focus();
}
