import {
  AppRouterContext,
  type AppRouterInstance,
} from 'next/dist/shared/lib/app-router-context.shared-runtime.js';
import { renderToStaticMarkup } from 'react-dom/server';
import { IntlProvider } from 'use-intl';
import { expect, test } from 'vitest';
import { MailBanner } from '#components/chat/frame/mail-banner.tsx';
import { MailStanding } from '#components/settings/mail-standing.tsx';
import { findMailTrouble } from '#lib/auth/accounts/mail-trouble.ts';
import ko from '#lib/i18n/ko/index.ts';
import { envSingleton, parseEnv } from '#lib/runtime/env.ts';

const draw = (element: React.ReactElement) =>
  renderToStaticMarkup(
    <AppRouterContext value={{} as AppRouterInstance}>
      <IntlProvider locale="ko" messages={ko} timeZone="UTC">
        {element}
      </IntlProvider>
    </AppRouterContext>,
  );
const action = async () => ({});
const standing = (isVerified: boolean, stopReason: 'bounced' | 'complained' | null) =>
  draw(
    <MailStanding
      isVerified={isVerified}
      stopReason={stopReason}
      resendAction={action}
      resumeAction={action}
    />,
  );

test('what keeps mail from an address is said with the way to mend it, and nothing when all is well', () => {
  const { bounced, complained, resend, resume: again } = ko.settings.account;
  expect(standing(true, null)).toBe('');
  expect(standing(false, null)).toContain(resend);
  expect(standing(true, 'bounced')).toContain(bounced);
  expect(standing(true, 'bounced')).toContain(resend);
  expect(standing(true, 'complained')).toContain(complained);
  expect(standing(true, 'complained')).toContain(again);
});

test('the banner over the list says the same in one line and leads to the settings', () => {
  for (const trouble of ['unverified', 'bounced', 'complained'] as const) {
    const html = draw(<MailBanner trouble={trouble} />);
    expect(html).toContain(ko.chat.mail[trouble]);
    expect(html).toContain('href="/settings/account"');
    // Calm: a screen reader is not interrupted.
    expect(html).toContain('role="status"');
  }
});

test('with the developer mailbox nobody is troubled for an unconfirmed address', () => {
  const use = (values: Record<string, string>) =>
    envSingleton.set(parseEnv({ AUTH_SECRET: 'x'.repeat(40), ...values }));
  const unverified = { emailVerified: false, emailStopReason: null };
  use({});
  expect(findMailTrouble(unverified)).toBeNull();
  use({ SMTP_URL: 'smtp://mail.example.com' });
  expect(findMailTrouble(unverified)).toBe('unverified');
  expect(findMailTrouble({ emailVerified: true, emailStopReason: 'bounced' })).toBe('bounced');
});
