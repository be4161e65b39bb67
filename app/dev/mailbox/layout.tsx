import type { Metadata } from 'next';
import { connection } from 'next/server';
import type { ReactNode } from 'react';
import { getT } from '#lib/i18n/server.ts';
import { requireMailbox } from './require-mailbox.ts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getT('email');
  return { title: t('mailboxTitle') };
}

export default async function MailboxLayout({ children }: { children: ReactNode }) {
  await connection();
  await requireMailbox();
  const t = await getT('email');
  return (
    <main className="mx-auto w-full max-w-3xl px-5 py-8">
      <p role="note" className="mb-6 rounded-control bg-persimmon-soft px-4 py-3 text-sm break-keep">
        {t('mailboxNote')}
      </p>
      {children}
    </main>
  );
}
