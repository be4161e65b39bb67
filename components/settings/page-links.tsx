'use client';

import { Bell, EyeOff, ShieldCheck, UserRound } from 'lucide';
import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { Icon } from '#components/ui/icon.tsx';
import { settingsPages } from './pages.ts';

const icons = { account: UserRound, security: ShieldCheck, notifications: Bell, privacy: EyeOff };

/**
 * The ways between the pages of the settings: tabs on a phone, a list at the side on a desktop. One page takes
 * the other's place, so that ← and the system's Back leave the settings from each of them.
 */
export function PageLinks({ shownPath }: { shownPath: string | null }) {
  const t = useTranslations('settings');
  return (
    <nav
      aria-label={t('title')}
      className="shrink-0 border-line max-md:overflow-x-auto max-md:border-b md:w-60 md:border-r md:p-3 lg:w-72"
    >
      <ul className="flex md:sticky md:top-3 md:flex-col md:gap-1">
        {settingsPages.map((name) => {
          const href = `/settings/${name}`;
          return (
            <li key={name} className="min-w-fit flex-1">
              <Link
                href={href}
                data-replaces
                aria-current={href === shownPath ? 'page' : undefined}
                className="flex min-h-16 flex-col items-center justify-center gap-1 px-1 text-xs text-muted transition-colors hover:bg-wash hover:text-ink active:bg-press aria-[current=page]:font-semibold aria-[current=page]:text-ink max-md:border-b-2 max-md:border-transparent max-md:aria-[current=page]:border-persimmon md:min-h-11 md:flex-row md:justify-start md:gap-3 md:rounded-control md:px-3 md:text-body md:aria-[current=page]:bg-wash aria-[current=page]:[&_svg]:text-persimmon"
              >
                <Icon of={icons[name]} className="size-5" />
                {t(`pages.${name}`)}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
