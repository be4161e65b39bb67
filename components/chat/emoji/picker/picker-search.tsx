'use client';

import type { ComponentProps, Ref } from 'react';
import { useTranslations } from 'use-intl';
import { cn } from '#components/ui/cn.ts';
import { roundInputLook } from '#components/ui/field-frame.tsx';

type Props = {
  ref: Ref<HTMLInputElement>;
  value: string;
  onChange: (query: string) => void;
  keys: ComponentProps<'input'>;
};

/** The search box of the picker. */
export function PickerSearch({ ref, value, onChange, keys }: Props) {
  const t = useTranslations('chat.emoji');
  return (
    <input
      ref={ref}
      type="search"
      aria-label={t('search')}
      placeholder={t('search')}
      autoComplete="off"
      enterKeyHint="done"
      value={value}
      onChange={(event) => onChange(event.target.value)}
      {...keys}
      className={cn(
        roundInputLook,
        'min-w-0 flex-1 [&::-webkit-search-cancel-button]:opacity-60 [&::-webkit-search-cancel-button]:grayscale',
      )}
    />
  );
}
