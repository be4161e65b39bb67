'use client';

import { useTranslations } from 'use-intl';
import { Banner } from '#components/ui/banner.tsx';
import { Button } from '#components/ui/button.tsx';
import { Field } from '#components/ui/field.tsx';
import { PasswordField } from '#components/ui/password-field.tsx';
import { signupSchema } from '#lib/auth/forms/schemas.ts';
import { formLook } from './look.ts';
import { type FormProps, useAccountForm } from './use-account-form.ts';

export function SignupForm({ action, nextPath, isFocused }: FormProps & { nextPath: string }) {
  const t = useTranslations('auth');
  const { form, field, isPending, message } = useAccountForm(
    action,
    signupSchema,
    isFocused ? 'username' : undefined,
  );
  return (
    <form {...form} className={formLook}>
      {message && <Banner tone="danger">{message}</Banner>}
      <input type="hidden" name="next" value={nextPath} />
      <Field
        {...field('username', t('usernameHint'))}
        label={t('username')}
        autoComplete="username"
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
      />
      <Field {...field('email')} label={t('email')} type="email" inputMode="email" autoComplete="email" />
      <PasswordField
        {...field('password', t('passwordHint'))}
        label={t('password')}
        autoComplete="new-password"
      />
      <PasswordField {...field('confirmPassword')} label={t('confirmPassword')} autoComplete="new-password" />
      <Button type="submit" isPending={isPending} className="mt-1">
        {t('signUp')}
      </Button>
    </form>
  );
}
