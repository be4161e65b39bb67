'use client';

import { useTranslations } from 'use-intl';
import { Banner } from '#components/ui/banner.tsx';
import { Button } from '#components/ui/button.tsx';
import { PasswordField } from '#components/ui/password-field.tsx';
import { resetPasswordSchema } from '#lib/auth/forms/schemas.ts';
import { formLook } from './look.ts';
import { type FormProps, useAccountForm } from './use-account-form.ts';

export function ResetPasswordForm({ action, token, isFocused }: FormProps & { token: string }) {
  const t = useTranslations('auth');
  const { form, field, isPending, message } = useAccountForm(
    action,
    resetPasswordSchema,
    isFocused ? 'password' : undefined,
  );
  return (
    <form {...form} className={formLook}>
      {message && <Banner tone="danger">{message}</Banner>}
      <input type="hidden" name="token" value={token} />
      <PasswordField
        {...field('password', t('passwordHint'))}
        label={t('password')}
        autoComplete="new-password"
      />
      <PasswordField {...field('confirmPassword')} label={t('confirmPassword')} autoComplete="new-password" />
      <Button type="submit" isPending={isPending}>
        {t('resetPassword.submit')}
      </Button>
    </form>
  );
}
