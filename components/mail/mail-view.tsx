import type { ReactNode } from 'react';
import { splitLinks } from '#lib/text/links.ts';

type Props = {
  /** Who, to whom, when. */
  facts: { label: string; value: string }[];
  links: { href: string; label: string }[];
  text: string;
  html: string;
  headers: { name: string; value: string }[];
  labels: { links: string; text: string; html: string; headers: string };
};

const linkStyle = 'text-celadon-ink underline underline-offset-2 wrap-anywhere';

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="mt-8">
      <h2 className="mb-2 text-sm font-semibold text-muted">{title}</h2>
      {children}
    </section>
  );
}

/** One mail of the developer mailbox: its links, its text, its HTML without scripts, its headers. */
export function MailView({ facts, links, text, html, headers, labels }: Props) {
  return (
    <>
      <dl className="mt-4 grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-sm">
        {facts.map(({ label, value }) => (
          <div key={label} className="contents">
            <dt className="text-muted">{label}</dt>
            <dd className="min-w-0 wrap-anywhere">{value}</dd>
          </div>
        ))}
      </dl>
      <Part title={labels.links}>
        <ul className="flex flex-col items-start">
          {links.map(({ href, label }) => (
            <li key={href}>
              <a href={href} className={`inline-flex min-h-11 items-center ${linkStyle}`}>
                {label}
              </a>
            </li>
          ))}
        </ul>
      </Part>
      <Part title={labels.text}>
        <div className="rounded-card border border-line bg-raised p-5 whitespace-pre-wrap wrap-anywhere">
          {splitLinks(text).map((piece, index) =>
            piece.kind === 'link' ? (
              // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a stored mail never change
              <a key={index} href={piece.href} className={linkStyle}>
                {piece.display}
              </a>
            ) : (
              piece.text
            ),
          )}
        </div>
      </Part>
      <Part title={labels.html}>
        <iframe
          title={labels.html}
          // Scripts, forms and this origin stay out of reach; links open a window of their own.
          sandbox="allow-popups allow-popups-to-escape-sandbox"
          srcDoc={html.replace(/<head>/i, '<head><base target="_blank">')}
          className="h-160 w-full rounded-card border border-line bg-raised"
        />
      </Part>
      <Part title={labels.headers}>
        <ul className="overflow-x-auto rounded-card border border-line bg-raised p-5 font-mono text-xs">
          {headers.map(({ name, value }) => (
            <li key={`${name}${value}`} className="wrap-anywhere">
              <b className="font-semibold">{name}:</b> {value}
            </li>
          ))}
        </ul>
      </Part>
    </>
  );
}
