'use client';

import { useTranslations } from 'use-intl';
import { Banner } from '#components/ui/banner.tsx';
import { Button } from '#components/ui/button.tsx';
import { Field } from '#components/ui/field.tsx';
import { PasswordField } from '#components/ui/password-field.tsx';
import type { FormAction } from '#lib/auth/form-state.ts';
import { loginSchema } from '#lib/auth/login-schema.ts';
import { formLook, textLinkLook } from './look.ts';
import { useAccountForm } from './use-account-form.ts';

export function LoginForm({ action, nextPath }: { action: FormAction; nextPath: string }) {
  const t = useTranslations('auth');
  const { form, field, isPending, message } = useAccountForm(action, loginSchema);
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
