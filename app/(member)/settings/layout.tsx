import { ArrowLeft } from 'lucide';
import type { ReactNode } from 'react';
import { logOut } from '#app/(auth)/actions.ts';
import { Texts } from '#app/texts.tsx';
import { LogOutButton } from '#components/auth/log-out-button.tsx';
import { Icon } from '#components/ui/icon.tsx';
import { IconLink } from '#components/ui/icon-link.tsx';
import { getT } from '#lib/i18n/server.ts';

export default async function SettingsLayout({ children }: { children: ReactNode }) {
  const t = await getT('settings');
  return (
    <Texts of={['common', 'auth', 'settings']}>
      <div className="min-h-dvh pt-safe pb-safe">
        <header className="flex items-center justify-between border-b border-line px-3 py-2 sm:px-6">
          <IconLink href="/chat" label={t('back')}>
            <Icon of={ArrowLeft} />
          </IconLink>
          <LogOutButton action={logOut} />
        </header>
        <main className="mx-auto w-full max-w-2xl px-5 pt-8 pb-20 sm:px-8">{children}</main>
      </div>
    </Texts>
  );
}
