'use client';

import { type RefObject, useEffect, useState } from 'react';
import { useTranslations } from 'use-intl';
import { keepFocusBeside } from '#components/ui/keep-focus-beside.ts';
import type { ConversationEntry } from '#lib/chat/types.ts';
import { useEntry } from '#lib/chat-client/index.ts';
import { PassingStatus } from '../acting/outcome/passing-status.tsx';
import { StatusStack } from '../acting/outcome/status-stack.tsx';
import { ClearDialog } from '../conversation/clear-dialog.tsx';
import type { ConversationActions } from '../conversation/conversation-actions.ts';
import { useClear } from '../conversation/use-clear.ts';
import { useMuting } from '../conversation/use-muting.ts';
import type { AskedRow } from './asked-row.ts';
import { RowMenu } from './row-menu.tsx';

/** How long it is said that a mute came to nothing (ms). */
const FAILED_MS = 5_000;

type Props = {
  list: RefObject<HTMLElement | null>;
  asked: AskedRow | null;
  onAsk: (asked: AskedRow | null) => void;
  setMuted: ConversationActions['setMuted'];
};

/** What people do with a row of the list: its menu, and the question before a deletion. */
export function RowActing({ list, asked, onAsk, setMuted }: Props) {
  const t = useTranslations('chat.header');
  const entry = useEntry(asked?.conversationId ?? '');
  const muting = useMuting(entry?.conversationId ?? '', setMuted);
  const [removing, setRemoving] = useState<ConversationEntry | null>(null);
  const clear = useClear();
  const isGone = asked !== null && !(entry && asked.anchor.isConnected);
  useEffect(() => {
    if (isGone) onAsk(null);
  }, [isGone, onAsk]);

  function remove({ conversationId }: ConversationEntry) {
    const rows = list.current?.querySelectorAll<HTMLElement>('[data-conversation]') ?? [];
    keepFocusBeside(rows, ({ dataset }) => dataset.conversation === conversationId);
    setRemoving(null);
    clear(conversationId);
  }
  return (
    <>
      {asked && entry && !isGone && (
        <RowMenu
          key={entry.conversationId}
          asked={asked}
          muted={entry.muted}
          onMute={muting.change}
          onRemove={() => setRemoving(entry)}
          onClose={() => onAsk(null)}
        />
      )}
      <ClearDialog
        name={removing?.partner.username ?? null}
        onCancel={() => setRemoving(null)}
        onConfirm={() => removing && remove(removing)}
      />
      {muting.hasFailed && (
        <StatusStack>
          <PassingStatus lasts={FAILED_MS} onOver={muting.dismiss}>
            {t('muteFailed')}
          </PassingStatus>
        </StatusStack>
      )}
    </>
  );
}
