'use client';

import { Eye, EyeOff } from 'lucide';
import { useId, useState } from 'react';
import { useTranslations } from 'use-intl';
import { cn } from './cn.ts';
import type { FieldProps } from './field.tsx';
import { describeField, FieldFrame, inputLook } from './field-frame.tsx';
import { Icon } from './icon.tsx';
import { IconButton } from './icon-button.tsx';
import { useHydrated } from './use-hydrated.ts';

/** A password input; once scripts run, a toggle shows what was typed. */
export function PasswordField({ label, error, hint, className, id, ...input }: FieldProps) {
  const t = useTranslations('common');
  const ownId = useId();
  const fieldId = id ?? ownId;
  const isHydrated = useHydrated();
  const [isShown, setShown] = useState(false);
  return (
    <FieldFrame id={fieldId} label={label} error={error} hint={hint}>
      <div className="relative">
        <input
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          {...input}
          {...describeField(fieldId, error, hint)}
          id={fieldId}
          type={isShown ? 'text' : 'password'}
          className={cn(inputLook, isHydrated && 'pr-12', className)}
        />
        {isHydrated && (
          <IconButton
            label={t('showCharacters')}
            aria-pressed={isShown}
            onClick={() => setShown(!isShown)}
            className="absolute top-1/2 right-0.5 -translate-y-1/2"
          >
            {isShown ? <Icon of={EyeOff} /> : <Icon of={Eye} />}
          </IconButton>
        )}
      </div>
    </FieldFrame>
  );
}
