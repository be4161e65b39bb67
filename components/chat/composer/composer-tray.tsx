'use client';

import { Pencil, Reply, X } from 'lucide';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { Icon } from '#components/ui/icon.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { useChat, useDraft, useEntry, useQuote } from '#lib/chat-client/index.ts';
import { toPlainText } from '#lib/text/plain-text.ts';
import { Name } from '../name.tsx';

type Props = { conversationId: string; onCancelled: () => void };

/** What the text in the box is about: the message that it changes, or the one that it answers. */
export function ComposerTray({ conversationId, onCancelled }: Props) {
  const t = useTranslations('chat.composer');
  const chat = useChat();
  const { editOf, replyToSeq } = useDraft(conversationId);
  const cancel = (end: (conversationId: string) => void) => {
    end(conversationId);
    onCancelled();
  };
  if (editOf) {
    return (
      <Tray
        label={t('editing')}
        icon={<Icon of={Pencil} />}
        cancelLabel={t('cancelEdit')}
        onCancel={() => cancel(chat.cancelEdit)}
      >
        <p className="font-semibold text-persimmon-ink">{t('editing')}</p>
        <Original conversationId={conversationId} seq={editOf.seq} text={editOf.unsent?.draft.text} />
      </Tray>
    );
  }
  if (replyToSeq === undefined) return null;
  return (
    <Tray
      label={t('replyingTo')}
      icon={<Icon of={Reply} />}
      cancelLabel={t('cancelReply')}
      onCancel={() => cancel(chat.cancelReply)}
    >
      <Author conversationId={conversationId} seq={replyToSeq} />
      <Original conversationId={conversationId} seq={replyToSeq} />
    </Tray>
  );
}

type TrayProps = {
  label: string;
  icon: ReactNode;
  cancelLabel: string;
  onCancel: () => void;
  children: ReactNode;
};

function Tray({ label, icon, cancelLabel, onCancel, children }: TrayProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms.
    <div
      role="group"
      aria-label={label}
      className="flex w-full items-center gap-2.5 border-b border-line py-1 pr-1 pl-4.5 transition-[opacity,translate] duration-160 starting:translate-y-2 starting:opacity-0 [&>svg]:size-4.5 [&>svg]:shrink-0 [&>svg]:text-muted"
    >
      {icon}
      <div className="min-w-0 flex-1 text-sm">{children}</div>
      <IconButton label={cancelLabel} onClick={onCancel}>
        <Icon of={X} />
      </IconButton>
    </div>
  );
}

type OriginalProps = { conversationId: string; seq: number | undefined; text?: string };

function Author({ conversationId, seq }: OriginalProps) {
  const t = useTranslations('chat');
  const quote = useQuote(conversationId, seq);
  const partner = useEntry(conversationId)?.partner;
  if (!quote || !partner) return <p className="font-semibold text-muted">{t('composer.replyingTo')}</p>;
  const isPartner = quote.senderId === partner.userId;
  return (
    <p className={`truncate font-semibold ${isPartner ? 'text-celadon-ink' : 'text-persimmon-ink'}`}>
      {isPartner ? <Name>{partner.username}</Name> : t('timeline.you')}
    </p>
  );
}

/** What the message says now; nothing where it is not loaded. */
function Original({ conversationId, seq, text }: OriginalProps) {
  const say = useTranslations('chat.timeline');
  const quote = useQuote(conversationId, seq);
  const shown = text ?? (quote ? toPlainText(quote, say) : '');
  return <p className="truncate text-muted">{shown}</p>;
}
