import { getAppUrl, getEmailFrom } from '#lib/runtime/env.ts';
import { makeUnsubscribeToken } from '../preferences/unsubscribe-token.ts';

/** The address alone that mails come from. */
export function getFromAddress(): string {
  const from = getEmailFrom();
  return /<([^<>]+)>\s*$/.exec(from)?.[1]?.trim() ?? from.trim();
}

/** The host in message ids: that of the sender's address, as receivers expect. */
export function getMailHost(): string {
  return /@([a-z0-9.-]+)/i.exec(getEmailFrom())?.[1] ?? 'localhost';
}

/**
 * Headers of every mail: the id is stable, so that a mail sent twice is seen once, and out-of-office
 * programs (the second is Exchange's own word) are asked not to answer.
 */
export function commonHeaders(mailId: string): Record<string, string> {
  return {
    'Message-ID': `<${mailId}@${getMailHost()}>`,
    'Auto-Submitted': 'auto-generated',
    'X-Auto-Response-Suppress': 'All',
  };
}

/** The way out that mail programs offer beside the sender (RFC 8058), and its page. */
export function makeUnsubscribing(recipientId: string) {
  const token = encodeURIComponent(makeUnsubscribeToken(recipientId));
  return {
    stopUrl: `${getAppUrl()}/unsubscribe?token=${token}`,
    headers: {
      'List-Unsubscribe': `<${getAppUrl()}/api/unsubscribe?token=${token}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    },
  };
}
