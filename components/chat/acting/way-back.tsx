'use client';

import { CornerDownLeft } from 'lucide';
import { useTranslations } from 'use-intl';
import { Icon } from '#components/ui/icon.tsx';
import type { WayBackChoice } from './use-jumps.ts';

/** Leads from a message that was quoted back to the reply, from one that was pinned back to where one was. */
export function WayBack({ isToReply, go }: WayBackChoice) {
  const t = useTranslations('chat');
  return (
    <button
      type="button"
      onClick={go}
      className="inline-flex min-h-11 items-center gap-1.5 rounded-full bg-raised px-4 text-sm font-medium whitespace-nowrap text-ink shadow-float ring-1 ring-line animate-fade hover:bg-wash active:bg-press [&_svg]:size-4.5"
    >
      <Icon of={CornerDownLeft} />
      {t(isToReply ? 'act.back' : 'pins.back')}
    </button>
  );
}
