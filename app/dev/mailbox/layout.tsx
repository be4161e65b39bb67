import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { connection } from 'next/server';
import type { ReactNode } from 'react';
import { getTransportName } from '#lib/email/transports/name.ts';
import { getT } from '#lib/i18n/server.ts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getT('email');
  return { title: t('mailboxTitle') };
}

/** The developer mailbox shows every mail to whoever opens it, so it is there only while no mail leaves. */
export default async function MailboxLayout({ children }: { children: ReactNode }) {
  await connection();
  if (getTransportName() !== 'mailbox') notFound();
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
