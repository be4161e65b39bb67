'use client';

import { useTranslations } from 'use-intl';
import { Banner } from '#components/ui/banner.tsx';
import { Button } from '#components/ui/button.tsx';
import { Field } from '#components/ui/field.tsx';
import { PasswordField } from '#components/ui/password-field.tsx';
import { loginSchema } from '#lib/auth/forms/login-schema.ts';
import { formLook, textLinkLook } from './look.ts';
import { type FormProps, useAccountForm } from './use-account-form.ts';

export function LoginForm({ action, nextPath, isFocused }: FormProps & { nextPath: string }) {
  const t = useTranslations('auth');
  const { form, field, isPending, message } = useAccountForm(
    action,
    loginSchema,
    isFocused ? 'identifier' : undefined,
  );
  return (
    <form {...form} className={formLook}>
      {message && <Banner tone="danger">{message}</Banner>}
      <input type="hidden" name="next" value={nextPath} />
      <Field
        {...field('identifier')}
        label={t('identifier')}
        autoComplete="username"
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
      />
      <PasswordField {...field('password')} label={t('password')} autoComplete="current-password" />
      <Button type="submit" isPending={isPending} className="mt-1">
        {t('logIn')}
      </Button>
      <p className="text-center">
        <a href="/forgot-password" className={textLinkLook}>
          {t('login.forgot')}
        </a>
      </p>
    </form>
  );
}
