'use client';

import { useTranslations } from 'use-intl';
import { Banner } from '#components/ui/banner.tsx';
import { Button } from '#components/ui/button.tsx';
import { Field } from '#components/ui/field.tsx';
import { forgotPasswordSchema } from '#lib/auth/forms/schemas.ts';
import { formLook } from './look.ts';
import { type FormProps, useAccountForm } from './use-account-form.ts';

export function ForgotPasswordForm({ action, isFocused }: FormProps) {
  const t = useTranslations('auth');
  const { form, field, isPending, isDone, message } = useAccountForm(
    action,
    forgotPasswordSchema,
    isFocused ? 'email' : undefined,
  );
  return (
    <form {...form} className={formLook}>
      {message && <Banner tone="danger">{message}</Banner>}
      {isDone && <Banner tone="success">{t('forgotPassword.sent')}</Banner>}
      <Field {...field('email')} label={t('email')} type="email" inputMode="email" autoComplete="email" />
      <Button type="submit" isPending={isPending}>
        {t('forgotPassword.submit')}
      </Button>
    </form>
  );
}
