'use client';

import { useTranslations } from 'use-intl';
import type { Partner, Pin } from '#lib/chat/types.ts';
import { Name } from '../name.tsx';

type Props = { pin: Pin; partner: Partner; className: string };

/** Says who of the two pinned a message. */
export function PinnedBy({ pin, partner, className }: Props) {
  const t = useTranslations('chat.pins');
  const isPartners = pin.pinnedBy === partner.userId;
  return (
    <span className={className}>
      {isPartners ? t.rich('byPartner', { name: () => <Name>{partner.username}</Name> }) : t('byYou')}
    </span>
  );
}
