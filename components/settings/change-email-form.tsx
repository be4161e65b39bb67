'use client';

import { useTranslations } from 'use-intl';
import { formLook } from '#components/auth/look.ts';
import { useAccountForm } from '#components/auth/use-account-form.ts';
import { Banner } from '#components/ui/banner.tsx';
import { Button } from '#components/ui/button.tsx';
import { Field } from '#components/ui/field.tsx';
import { PasswordField } from '#components/ui/password-field.tsx';
import type { FormAction } from '#lib/auth/forms/form-state.ts';
import { changeEmailSchema } from '#lib/auth/forms/schemas.ts';

/** Asks for another address; it takes effect by the link that is mailed there. */
export function ChangeEmailForm({ action, username }: { action: FormAction; username: string }) {
  const t = useTranslations('settings.address');
  const tAuth = useTranslations('auth');
  const { form, field, isPending, isDone, message } = useAccountForm(action, changeEmailSchema);
  return (
    <form {...form} className={formLook}>
      {message && <Banner tone="danger">{message}</Banner>}
      {isDone && <Banner tone="success">{t('done')}</Banner>}
      {/* Password managers need to know whose password is asked for. */}
      <input type="text" autoComplete="username" value={username} readOnly hidden />
      <Field {...field('email')} label={t('new')} type="email" inputMode="email" autoComplete="email" />
      <PasswordField
        {...field('currentPassword')}
        label={tAuth('password')}
        autoComplete="current-password"
      />
      <Button type="submit" variant="secondary" isPending={isPending} className="self-start">
        {t('submit')}
      </Button>
    </form>
  );
}
