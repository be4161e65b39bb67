'use client';

import { Forward } from 'lucide';
import { useTranslations } from 'use-intl';
import { Icon } from '#components/ui/icon.tsx';
import type { TimelineItem } from '#lib/chat-client/views/view.ts';

/** True for a text that was copied from another conversation, or will be. */
export function isForwarded(item: TimelineItem): boolean {
  const { message } = item;
  return 'draft' in message ? message.draft.forwardOf !== undefined : message.forwarded === true;
}

/** Says above a text that it was copied from another conversation. */
export function ForwardedLine() {
  const t = useTranslations('chat.timeline');
  return (
    <span className="mb-0.5 flex items-center gap-1 text-xs text-muted select-none">
      <Icon of={Forward} className="size-3.5 shrink-0" />
      {t('forwarded')}
    </span>
  );
}
