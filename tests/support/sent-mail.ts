import { describeSentMail, type SentMail } from '#lib/email/reply/words/sent-mail.ts';

/** What is known of a mail that showed these texts of 민지; two of them unless told otherwise. */
export function describeTestMail(
  texts: string[] = ['토요일에 볼까요?', '두 시 어때요?'],
  more: {
    ownBefore?: string[];
    answered?: string[];
    nearby?: string[];
    partnerName?: string;
    goneCount?: number;
  } = {},
): SentMail {
  return describeSentMail({
    partnerName: '민지',
    texts,
    count: texts.length + (more.goneCount ?? 0),
    goneCount: 0,
    ownBefore: [],
    answered: [],
    nearby: [],
    ...more,
  });
}
