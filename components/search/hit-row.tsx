'use client';

import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { Name } from '#components/chat/name.tsx';
import type { Times } from '#components/chat/times.ts';
import { Avatar } from '#components/ui/avatar.tsx';
import { cn } from '#components/ui/cn.ts';
import type { SearchHit } from '#lib/chat/types.ts';
import { toPlainText } from '#lib/text/plain-text.ts';
import { cutSnippet } from './snippet.ts';

type Props = { id: string; hit: SearchHit; isActive: boolean; times: Times };

/** Where a hit leads: its conversation, open at the message. */
export function toHitPath({ message }: SearchHit): string {
  return `/chat/${message.conversationId}?m=${message.seq}`;
}

/** One message found, a link to it in its conversation. */
export function HitRow({ id, hit, isActive, times }: Props) {
  const { message, partner, ranges } = hit;
  const t = useTranslations('search.messages');
  const text = toPlainText(message, useTranslations('chat.timeline'));
  const isMine = message.senderId !== partner.userId;
  return (
    <Link
      id={id}
      href={toHitPath(hit)}
      prefetch={false}
      className={cn(
        'flex items-start gap-3 rounded-control px-3 py-2.5 hover:bg-wash active:bg-press',
        isActive && 'bg-wash',
      )}
    >
      <Avatar userId={partner.userId} name={partner.username} className="mt-0.5" />
      <span className="min-w-0 flex-1">
        <span className="flex items-baseline gap-2">
          <Name className="min-w-0 flex-1 truncate font-semibold">{partner.username}</Name>
          <time
            dateTime={message.createdAt}
            title={times.full(message.createdAt)}
            className="shrink-0 text-xs text-muted tabular-nums"
          >
            {times.short(message.createdAt)}
          </time>
        </span>
        <span className="line-clamp-2 text-sm text-muted break-keep wrap-anywhere">
          {isMine ? t.rich('mine', { text: () => <Snippet text={text} ranges={ranges} /> }) : null}
          {!isMine && <Snippet text={text} ranges={ranges} />}
        </span>
      </span>
    </Link>
  );
}

function Snippet({ text, ranges }: { text: string; ranges: SearchHit['ranges'] }) {
  let offset = 0;
  const pieces = cutSnippet(text, ranges).map((piece) => {
    const key = offset;
    offset += piece.text.length;
    return { ...piece, key };
  });
  return (
    <bdi dir="auto">
      {pieces.map((piece) =>
        piece.isHit ? (
          <mark key={piece.key} className="rounded-xs bg-mark text-ink">
            {piece.text}
          </mark>
        ) : (
          piece.text
        ),
      )}
    </bdi>
  );
}
