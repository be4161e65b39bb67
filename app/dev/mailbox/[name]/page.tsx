import Link from 'next/link';
import { notFound } from 'next/navigation';
import { MailView } from '#components/mail/mail-view.tsx';
import { Banner } from '#components/ui/banner.tsx';
import { listLinks } from '#lib/email/content/list-links.ts';
import { readMailboxMail } from '#lib/email/mailbox/read-mailbox.ts';
import { getT } from '#lib/i18n/server.ts';
import { getTimeFormat } from '../format-time.ts';
import { requireMailbox } from '../require-mailbox.ts';

type Props = { params: Promise<{ name: string }> };

export default async function MailPage({ params }: Props) {
  await requireMailbox();
  const mail = await readMailboxMail((await params).name);
  if (!mail) notFound();
  const t = await getT('email');
  const format = await getTimeFormat();
  return (
    <>
      <Link href="/dev/mailbox" className="inline-flex min-h-11 items-center text-celadon-ink underline">
        {t('mailboxBack')}
      </Link>
      <h1 className="mt-2 text-xl font-semibold wrap-anywhere">
        {mail.subject || t(mail.isDamaged ? 'mailboxDamaged' : 'mailboxNoSubject')}
      </h1>
      {mail.isDamaged && (
        <Banner tone="warning" className="mt-4">
          {t('mailboxDamagedNote')}
        </Banner>
      )}
      <MailView
        facts={[
          { label: t('mailboxFrom'), value: mail.from },
          { label: t('mailboxTo'), value: mail.to },
          { label: t('mailboxTime'), value: format.format(mail.date) },
        ]}
        links={listLinks(mail.html)}
        text={mail.text}
        html={mail.html}
        headers={mail.headers}
        labels={{
          links: t('mailboxLinks'),
          text: t('mailboxText'),
          html: t('mailboxHtml'),
          headers: t('mailboxHeaders'),
        }}
      />
    </>
  );
}
