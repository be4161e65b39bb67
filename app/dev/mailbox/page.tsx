import { MailboxList } from '#components/mail/mailbox-list.tsx';
import { NoResultsArt } from '#components/ui/art/no-results.tsx';
import { buttonStyle } from '#components/ui/button-style.ts';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { listMailbox } from '#lib/email/mailbox/read-mailbox.ts';
import { getT } from '#lib/i18n/server.ts';
import { getTimeFormat } from './format-time.ts';
import { requireMailbox } from './require-mailbox.ts';

export default async function MailboxPage() {
  await requireMailbox();
  const t = await getT('email');
  const format = await getTimeFormat();
  const mails = (await listMailbox()).map(({ name, subject, to, date, isDamaged }) => ({
    name,
    to,
    subject: subject || t(isDamaged ? 'mailboxDamaged' : 'mailboxNoSubject'),
    time: format.format(date),
    iso: date.toISOString(),
  }));
  return (
    <>
      <header className="mb-4 flex flex-wrap items-center justify-between gap-3">
        <h1 className="text-xl font-semibold">{t('mailboxTitle')}</h1>
        {/* A whole request, so that what arrived since is there. */}
        <a href="/dev/mailbox" className={buttonStyle('secondary', 'sm')}>
          {t('mailboxRefresh')}
        </a>
      </header>
      {mails.length > 0 ? (
        <MailboxList mails={mails} />
      ) : (
        <EmptyState art={<NoResultsArt />} title={t('mailboxEmpty')} />
      )}
    </>
  );
}
