'use client';

import { ArrowLeft } from 'lucide';
import type { MouseEvent } from 'react';
import { useTranslations } from 'use-intl';
import { Icon } from '#components/ui/icon.tsx';
import { IconLink } from '#components/ui/icon-link.tsx';
import { isPlainClick } from '#components/ui/is-plain-click.ts';
import { useGoUp } from '../conversation/use-current-conversation.ts';

type Props = {
  /** Where it leads; the list unless given. */
  href?: string;
  label?: string;
  className?: string;
};

/** The way up: to the list, or where `href` says. */
export function BackLink({ href = '/chat', label, className }: Props) {
  const t = useTranslations('common');
  const onClick = useUpLink();
  return (
    <IconLink data-goes-up href={href} label={label ?? t('back')} onClick={onClick} className={className}>
      <Icon of={ArrowLeft} />
    </IconLink>
  );
}

/** A click handler for links that lead up. */
export function useUpLink() {
  const goUp = useGoUp();
  return (event: MouseEvent<HTMLAnchorElement>) => {
    if (!isPlainClick(event)) return;
    event.preventDefault();
    goUp(event.currentTarget.getAttribute('href') ?? '/chat');
  };
}
