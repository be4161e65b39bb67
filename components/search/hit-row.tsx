'use client';

import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { Name } from '#components/chat/name.tsx';
import type { Times } from '#components/chat/times.ts';
import { Avatar } from '#components/ui/avatar.tsx';
import type { SearchHit } from '#lib/chat/types.ts';
import { cutSnippet } from './snippet.ts';

/** One message found, a link to it in its conversation. */
export function HitRow({ hit: { message, partner, ranges }, times }: { hit: SearchHit; times: Times }) {
  const t = useTranslations('search.messages');
  const isMine = message.senderId !== partner.userId;
  return (
    <Link
      href={`/chat/${message.conversationId}?m=${message.seq}`}
      prefetch={false}
      className="flex items-start gap-3 rounded-control px-3 py-2.5 hover:bg-wash"
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
        <span className="line-clamp-2 text-sm text-muted wrap-anywhere">
          {isMine ? t.rich('mine', { text: () => <Snippet body={message.body} ranges={ranges} /> }) : null}
          {!isMine && <Snippet body={message.body} ranges={ranges} />}
        </span>
      </span>
    </Link>
  );
}

function Snippet({ body, ranges }: { body: string; ranges: SearchHit['ranges'] }) {
  let offset = 0;
  const pieces = cutSnippet(body, ranges).map((piece) => {
    const key = offset;
    offset += piece.text.length;
    return { ...piece, key };
  });
  return (
    <bdi dir="auto">
      {pieces.map(({ text, isHit, key }) =>
        isHit ? (
          <mark key={key} className="rounded-xs bg-mark text-ink">
            {text}
          </mark>
        ) : (
          text
        ),
      )}
    </bdi>
  );
}
