'use client';

import { useTranslations } from 'use-intl';
import { formLook } from '#components/auth/look.ts';
import { useAccountForm } from '#components/auth/use-account-form.ts';
import { Banner } from '#components/ui/banner.tsx';
import { Button } from '#components/ui/button.tsx';
import { PasswordField } from '#components/ui/password-field.tsx';
import type { FormAction } from '#lib/auth/forms/form-state.ts';
import { changePasswordSchema } from '#lib/auth/forms/schemas.ts';

export function ChangePasswordForm({ action, username }: { action: FormAction; username: string }) {
  const t = useTranslations('settings.password');
  const tAuth = useTranslations('auth');
  const { form, field, isPending, isDone, message } = useAccountForm(action, changePasswordSchema);
  return (
    <form {...form} className={formLook}>
      {message && <Banner tone="danger">{message}</Banner>}
      {isDone && <Banner tone="success">{t('done')}</Banner>}
      {/* Password managers need to know whose password changes. */}
      <input type="text" autoComplete="username" value={username} readOnly hidden />
      <PasswordField {...field('currentPassword')} label={t('current')} autoComplete="current-password" />
      <PasswordField
        {...field('password', tAuth('passwordHint'))}
        label={t('new')}
        autoComplete="new-password"
      />
      <PasswordField {...field('confirmPassword')} label={t('confirm')} autoComplete="new-password" />
      <Button type="submit" variant="secondary" isPending={isPending} className="self-start">
        {t('submit')}
      </Button>
    </form>
  );
}
