import type { Metadata } from 'next';
import { LostArt } from '#components/ui/art/lost.tsx';
import { buttonStyle } from '#components/ui/button-style.ts';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { getT } from '#lib/i18n/server.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getT('common'))('notFound.title') };
}

/** Shown for unknown addresses, and for whatever the person may not see. */
export default async function NotFound() {
  const t = await getT('common');
  return (
    <main className="flex min-h-dvh flex-col justify-center pt-safe pb-safe">
      <EmptyState
        level={1}
        art={<LostArt />}
        title={t('notFound.title')}
        action={
          <a href="/" className={buttonStyle('primary', 'md')}>
            {t('goHome')}
          </a>
        }
      >
        {t('notFound.body')}
      </EmptyState>
    </main>
  );
}
