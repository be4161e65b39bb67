'use client';

import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { cn } from '#components/ui/cn.ts';
import type { ConversationEntry } from '#lib/chat/types.ts';
import type { RowSigns } from '#lib/chat-client/views/view.ts';
import { toPlainText } from '#lib/text/plain-text.ts';
import { StatusMark } from '../message/status-mark.tsx';

/** A line shows no more (code units); what is typed can be a book. */
const SHOWN_LENGTH = 200;

type Props = { entry: ConversationEntry; signs: RowSigns; isCurrent: boolean; isUnread: boolean };

/** The second line of a row: what happens there now, what is still to be sent, else what was said last. */
export function RowPreview({ entry, signs, isCurrent, isUnread }: Props) {
  const t = useTranslations('chat');
  const say = useTranslations('chat.timeline');
  const { draft, unsent, isTyping } = signs;
  const cut = (text: string) => () => <bdi>{text.slice(0, SHOWN_LENGTH)}</bdi>;
  if (entry.blocked) return <Line look="text-muted">{t('list.blocked')}</Line>;
  if (isTyping) return <Line look="text-celadon-ink">{t('header.typing')}</Line>;
  if (unsent) {
    return (
      <>
        <StatusMark status={unsent.state} />
        <Line look={unsent.state === 'failed' ? 'text-danger' : 'text-muted'}>
          {t.rich('list.you', { text: cut(unsent.body ? toPlainText(unsent, say) : say('deleted')) })}
        </Line>
      </>
    );
  }
  // The open conversation shows its draft in the composer already.
  if (draft && !isCurrent) {
    return <Line look="text-persimmon-ink">{t.rich('list.draft', { text: cut(draft) })}</Line>;
  }
  const { lastMessage } = signs;
  const { partner } = entry;
  if (!lastMessage) return <Line look="text-muted">{t('list.noMessages')}</Line>;
  const text = toPlainText(lastMessage, say);
  return (
    <Line look={isUnread ? 'text-ink' : 'text-muted'}>
      {lastMessage.senderId === partner.userId ? (
        <bdi>{text}</bdi>
      ) : (
        t.rich('list.you', { text: () => <bdi>{text}</bdi> })
      )}
    </Line>
  );
}

function Line({ look, children }: { look: string; children: ReactNode }) {
  return <span className={cn('block min-w-0 flex-1 truncate text-sm', look)}>{children}</span>;
}
