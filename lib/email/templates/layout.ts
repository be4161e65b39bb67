import { Body } from '@react-email/body';
import { Button } from '@react-email/button';
import { Head } from '@react-email/head';
import { Heading } from '@react-email/heading';
import { Hr } from '@react-email/hr';
import { Html } from '@react-email/html';
import { Link } from '@react-email/link';
import { Preview } from '@react-email/preview';
import { Text } from '@react-email/text';
import { createElement as h, type ReactNode } from 'react';
import type { Locale } from '#lib/i18n/config.ts';
import { getTranslator } from '#lib/i18n/translator.ts';
import { renderCell } from './cell.ts';
import { fontFamily, light, schemeCss } from './palette.ts';

/** The page around every mail: the mark's word, a heading, the content, quiet small print. */
export function renderLayout(props: {
  locale: Locale;
  preview: string;
  heading: string;
  children: ReactNode;
  footer: ReactNode;
}) {
  const t = getTranslator(props.locale, 'email');
  return h(
    Html,
    { lang: props.locale, dir: 'ltr' },
    renderHead(props.heading),
    h(
      Body,
      { className: 'paper', style: { margin: 0, padding: 0, backgroundColor: light.paper, fontFamily } },
      h(Preview, null, props.preview),
      renderCell(
        { className: 'frame', style: { padding: '32px 24px' } },
        { width: 560 },
        renderBrand(t('brand')),
        renderCell(
          {
            className: 'raised',
            style: {
              backgroundColor: light.raised,
              border: `1px solid ${light.line}`,
              borderRadius: '18px',
              padding: '24px 20px',
            },
          },
          {},
          renderHeading(props.heading),
          props.children,
        ),
        h(Hr, { className: 'rule', style: { margin: '24px 0 16px', borderColor: light.line } }),
        props.footer,
      ),
    ),
  );
}

function renderHead(title: string) {
  return h(
    Head,
    null,
    h('title', null, title),
    h('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    h('meta', { name: 'color-scheme', content: 'light dark' }),
    h('meta', { name: 'supported-color-schemes', content: 'light dark' }),
    h('style', null, schemeCss),
  );
}

function renderBrand(word: string) {
  return h(
    Text,
    {
      className: 'brand',
      style: { margin: '0 0 20px', color: light.persimmon, fontSize: '15px', fontWeight: 700 },
    },
    word,
  );
}

function renderHeading(heading: string) {
  return h(
    Heading,
    {
      as: 'h1',
      className: 'ink',
      style: {
        margin: '0 0 20px',
        color: light.ink,
        fontSize: '19px',
        lineHeight: '1.4',
        fontWeight: 700,
        wordBreak: 'keep-all',
        overflowWrap: 'anywhere',
      },
    },
    heading,
  );
}

/** The one action of a mail. */
export function renderAction(label: string, href: string) {
  return h(
    Button,
    {
      href,
      className: 'action',
      style: {
        backgroundColor: light.persimmon,
        color: light.onPersimmon,
        borderRadius: '12px',
        padding: '13px 22px',
        fontSize: '15px',
        lineHeight: '1.3',
        fontWeight: 700,
        textDecoration: 'none',
      },
    },
    label,
  );
}

/** A line of small print. */
export function renderSmall(...children: ReactNode[]) {
  return h(
    Text,
    {
      className: 'muted',
      style: {
        margin: '0 0 8px',
        color: light.muted,
        fontSize: '13px',
        lineHeight: '1.55',
        overflowWrap: 'anywhere',
        wordBreak: 'keep-all',
      },
    },
    ...children,
  );
}

/** The link that leads to fewer mails, as small print. */
export function renderStop(label: string, href: string) {
  const style = { color: light.muted, textDecoration: 'underline' };
  return renderSmall(h(Link, { href, className: 'muted', style }, label));
}
