import type { ReactNode } from 'react';
import { logOut } from '#app/(auth)/actions.ts';
import { Texts } from '#app/texts.tsx';
import { LogOutButton } from '#components/auth/log-out-button.tsx';
import { SettingsFrame } from '#components/settings/settings-frame.tsx';

export default function SettingsLayout({ children }: { children: ReactNode }) {
  return (
    <Texts of={['common', 'auth', 'settings']}>
      <SettingsFrame logOut={<LogOutButton action={logOut} />}>{children}</SettingsFrame>
    </Texts>
  );
}
