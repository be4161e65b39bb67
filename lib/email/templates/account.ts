import { Link } from '@react-email/link';
import { Section } from '@react-email/section';
import { Text } from '@react-email/text';
import { Fragment, createElement as h } from 'react';
import type { Locale } from '#lib/i18n/config.ts';
import { getTranslator } from '#lib/i18n/translator.ts';
import { renderAction, renderLayout, renderSmall } from './layout.ts';
import { light } from './palette.ts';

export type AccountProps = { locale: Locale; kind: 'verify' | 'reset'; name: string; url: string };

function getWords({ locale, kind, name }: AccountProps) {
  const t = getTranslator(locale, 'email');
  const words =
    kind === 'verify'
      ? {
          heading: t('headingVerify', { name }),
          body: t('bodyVerify'),
          button: t('buttonVerify'),
          why: t('whyVerify'),
        }
      : {
          heading: t('headingReset', { name }),
          body: t('bodyReset'),
          button: t('buttonReset'),
          why: t('whyReset'),
        };
  return { ...words, hint: t('linkHint') };
}

/** The mail that confirms an address or resets a password. */
export function AccountEmail(props: AccountProps) {
  const words = getWords(props);
  const linkStyle = { color: light.celadon, textDecoration: 'underline' };
  return renderLayout({
    locale: props.locale,
    preview: words.body,
    heading: words.heading,
    children: h(
      Fragment,
      null,
      h(
        Text,
        {
          className: 'ink',
          style: {
            margin: '0 0 20px',
            color: light.ink,
            fontSize: '16px',
            lineHeight: '1.55',
            wordBreak: 'keep-all',
          },
        },
        words.body,
      ),
      h(Section, { style: { paddingBottom: '20px' } }, renderAction(words.button, props.url)),
      renderSmall(words.hint),
      renderSmall(h(Link, { href: props.url, className: 'link', style: linkStyle }, props.url)),
    ),
    footer: renderSmall(words.why),
  });
}

/** The same mail as plain text. */
export function formatAccountText(props: AccountProps): string {
  const words = getWords(props);
  return `${words.heading}\n\n${words.body}\n\n${words.button}\n${props.url}\n\n-- \n${words.why}\n`;
}
