'use client';

import { CornerDownLeft } from 'lucide';
import { useTranslations } from 'use-intl';
import { Icon } from '#components/ui/icon.tsx';

/** Leads from a message that was quoted back to the reply. */
export function WayBack({ onClick }: { onClick: () => void }) {
  const t = useTranslations('chat.act');
  return (
    <button
      type="button"
      onClick={onClick}
      className="absolute bottom-3 left-1/2 z-10 inline-flex min-h-11 -translate-x-1/2 items-center gap-1.5 rounded-full bg-raised px-4 text-sm font-medium whitespace-nowrap text-ink shadow-float ring-1 ring-line animate-fade hover:bg-wash active:bg-press [&_svg]:size-4.5"
    >
      <Icon of={CornerDownLeft} />
      {t('back')}
    </button>
  );
}
