'use client';

import { Copy, Forward, type IconNode, Trash2, X } from 'lucide';
import { useEffect, useRef } from 'react';
import { useTranslations } from 'use-intl';
import { cn } from '#components/ui/cn.ts';
import { Icon } from '#components/ui/icon.tsx';
import { iconLook } from '#components/ui/icon-button.tsx';
import { MAX_SELECTED } from '../../selection/selection.ts';

type Props = {
  count: number;
  isFull: boolean;
  onCopy: () => void;
  /** Absent where not all of them can be. */
  onForward?: () => void;
  onDelete?: () => void;
  onCancel: () => void;
};

/** Stands where the composer was while messages are selected: how many, and what is done with them. */
export function SelectionBar({ count, isFull, onCopy, onForward, onDelete, onCancel }: Props) {
  const t = useTranslations('chat');
  const tCommon = useTranslations('common');
  useEscape(onCancel);
  const isEmpty = count === 0;
  return (
    <div className="relative shrink-0 px-3 pt-1 pb-[max(--spacing(3),env(safe-area-inset-bottom))] sm:px-5">
      <div
        role="toolbar"
        aria-label={t('selection.label')}
        className="mx-auto flex max-w-170 flex-wrap items-center gap-x-1 rounded-[1.5rem] border border-edge bg-raised py-px pr-1 pl-4.5"
      >
        <p role="status" className="mr-auto min-w-0 py-1 text-sm break-keep tabular-nums">
          {t('selection.count', { count })}
          {isFull && <span className="block text-danger">{t('selection.full', { max: MAX_SELECTED })}</span>}
        </p>
        <BarButton label={t('act.copy')} icon={Copy} onPress={isEmpty ? undefined : onCopy} />
        <BarButton label={t('act.forward')} icon={Forward} onPress={isEmpty ? undefined : onForward} />
        <BarButton label={t('act.delete')} icon={Trash2} onPress={isEmpty ? undefined : onDelete} />
        <BarButton label={tCommon('cancel')} icon={X} onPress={onCancel} />
      </div>
    </div>
  );
}

/** An icon on a phone, with its word on a wider screen. */
function BarButton({ label, icon, onPress }: { label: string; icon: IconNode; onPress?: () => void }) {
  return (
    <button
      type="button"
      title={label}
      disabled={!onPress}
      onClick={onPress}
      className={cn(iconLook, 'gap-2 text-sm font-semibold lg:w-auto lg:px-3')}
    >
      <Icon of={icon} />
      <span className="max-lg:sr-only">{label}</span>
    </button>
  );
}

/** Escape ends it, but where a dialog or a menu takes the key for itself. */
function useEscape(onEscape: () => void): void {
  const latest = useRef(onEscape);
  latest.current = onEscape;
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      const isTaken = event.defaultPrevented || document.querySelector('dialog[open], [role=menu]');
      if (event.key === 'Escape' && !isTaken) latest.current();
    };
    document.addEventListener('keydown', hear);
    return () => document.removeEventListener('keydown', hear);
  }, []);
}
