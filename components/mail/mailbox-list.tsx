import Link from 'next/link';

type Props = {
  mails: { name: string; subject: string; to: string; time: string; iso: string }[];
};

/** The mails of the developer mailbox, newest first. */
export function MailboxList({ mails }: Props) {
  return (
    <ul className="divide-y divide-line overflow-hidden rounded-card border border-line bg-raised">
      {mails.map(({ name, subject, to, time, iso }) => (
        <li key={name} className="relative px-5 py-3.5 hover:bg-wash">
          <Link
            href={`/dev/mailbox/${name}`}
            className="block truncate font-semibold after:absolute after:inset-0"
          >
            {subject}
          </Link>
          <p className="mt-0.5 flex flex-wrap justify-between gap-x-4 text-sm text-muted">
            <span className="min-w-0 truncate">{to}</span>
            <time dateTime={iso} className="tabular-nums">
              {time}
            </time>
          </p>
        </li>
      ))}
    </ul>
  );
}
