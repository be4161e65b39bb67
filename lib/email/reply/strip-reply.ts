import EmailReplyParser from 'email-reply-parser';

/** Longest text that is looked at, in characters; a reply's own words come first. */
const TEXT_LIMIT = 100_000;
/** What the library is given, in characters: its patterns backtrack. */
const LIBRARY_LIMIT = 20_000;
/** No sentence or mark above a quotation is longer, in characters; the patterns here backtrack as well. */
const LINE_LIMIT = 300;
/** Lines over which a program may break the sentence above a quotation. */
const HEADER_LINES = 3;

/** `2026년 11월 24일 (화) 오후 3:04, 단둘 <…>님이 작성:` (Gmail), `2026. 11. 24. 오후 3:04, 단둘 <…> 작성:` (Apple). */
const WROTE_KO = /^>?\s*20\d{2}\s*[년.-].{4,400}(작성|썼습니다|쓴 글)\s*:\s*$/;
/** `On Tue, Nov 24, 2026 at 3:04 PM Dandul <…> wrote:` (Gmail, Apple). */
const WROTE_EN = /^>?\s*On\s.{4,400}\swrote\s*:\s*$/i;
/** `2026年11月24日(火) 15:04 Dandul <…>:` (Gmail in Japanese and Chinese). */
const WROTE_CJK = /^>?\s*20\d{2}\s*年.{4,400}<[^<>\s]+@[^<>\s]+>.{0,20}[:：]\s*$/;
const WROTE_START = /^>?\s*(20\d{2}\s*[년年.-]|On\s)/i;
/** `--------- 원본 메일 ---------` (Daum, Kakao), `-----Original Message-----` (Naver), `-----원래 메시지-----` (Outlook). */
const ORIGINAL =
  /^\s*[-_=*]{2,}\s*\[?\s*(원본\s?(메일|메시지|편지)|원래\s?(메일|메시지)|전달된\s?(메일|메시지)|original\s(message|mail)|forwarded\s(message|mail))\s*\]?\s*[-_=*]{2,}\s*$/i;
/** The lines about the quoted mail (Outlook, Naver, Daum, Kakao): one that opens the block and ones that follow. */
const BLOCK_START = /^[>*\s]*(from|보낸\s?사람|보낸\s?이|발신자?|发件人|寄件者|差出人)\s*\**\s*[:：]/i;
const BLOCK_NEXT =
  /^[>*\s]*(sent|date|to|cc|subject|보낸\s?날짜|보낸\s?시간|받은\s?날짜|날짜|받는\s?사람|받는\s?이|참조|제목|发送时间|收件人|抄送|主题|寄件日期|收件者|主旨|送信日時|宛先|件名)\s*\**\s*[:：]/i;

/** What stands in our mails and nowhere else: the address for replies, the link at the end, the link to the text. */
const REPLY_ADDRESS = /reply\+[a-z2-7]{56}@/i;
const UNSUBSCRIBE_TOKEN = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.[\w-]{43}/i;
const CHAT_LINK =
  /(?:\/|%2f)chat(?:\/|%2f)[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?:\?|%3f)m(?:=|%3d)\d/i;

/** Lines that programs put under a text; only at its end, and only with a device or program in them. */
const SIGNATURES = [
  /^(나의|내)?\s*(iPhone|iPad|아이폰|아이패드|Galaxy|갤럭시|Samsung|삼성|Android|안드로이드|스마트폰|Windows|Outlook|Gmail|네이버|NAVER|Daum|다음|카카오|Kakao|메일).{0,40}(에서|로|으로)\s*(보냄|보냈습니다|보낸\s?메일입니다|발송됨|발송되었습니다)\.?$/i,
  /^(iOS|Android|Mac|Windows)\s?용\s?(Outlook|메일).{0,120}$/i,
  /^Outlook\s?for\s?(iOS|Android|Mac).{0,120}$/i,
  /^(Get|Download)\s+Outlook\s+for\s.{0,120}$/i,
  /^Sent\s+(from|via)\s+(my\b|iPhone|iPad|Mail|Yahoo|Gmail|Outlook|Samsung|Galaxy|Android|Windows|Proton|Thunderbird).{0,60}$/i,
];

/** The line at which a quotation begins; -1 for none. */
function findQuotation(lines: string[]): number {
  return lines.findIndex((line, index) => {
    if (line.length > LINE_LIMIT) return false;
    if (ORIGINAL.test(line)) return true;
    if (WROTE_START.test(line)) {
      const sizes = Array.from({ length: HEADER_LINES }, (_, size) => size + 1);
      const joined = sizes.map((size) => lines.slice(index, index + size).join(' '));
      if (joined.some((text) => [WROTE_KO, WROTE_EN, WROTE_CJK].some((pattern) => pattern.test(text))))
        return true;
    }
    if (!BLOCK_START.test(line)) return false;
    const next = lines.slice(index + 1, index + 6).filter(({ length }) => length <= LINE_LIMIT);
    return next.filter((one) => BLOCK_NEXT.test(one)).length >= 2;
  });
}

function stripSignatures(lines: string[]): string[] {
  const kept = [...lines];
  const dash = kept.findIndex((line) => line === '-- ' || line === '--');
  if (dash >= 0) kept.length = dash;
  for (;;) {
    const last = kept.at(-1)?.trim();
    if (last === undefined) return kept;
    const isRule = /^[_-]{2,}$/.test(last);
    if (last !== '' && !isRule && !SIGNATURES.some((pattern) => pattern.test(last))) return kept;
    kept.pop();
  }
}

/**
 * Ends a text where a quotation that nothing above has recognised gives itself away as one of our mails:
 * its links would let whoever reads them turn this person's mails off. A link to a text alone is not
 * enough, as people send each other such.
 */
function cutOwnMail(lines: string[]): string[] {
  const sentence = lines.findIndex((line) => REPLY_ADDRESS.test(line));
  const token = lines.findIndex((line) => UNSUBSCRIBE_TOKEN.test(line));
  const link = lines.slice(0, Math.max(0, token)).findLastIndex((line) => CHAT_LINK.test(line));
  const ends = [sentence, token, link].filter((index) => index >= 0);
  return ends.length > 0 ? lines.slice(0, Math.min(...ends)) : lines;
}

/** With nothing above a quotation the words may stand under it, where each quoted line is marked. */
function takeBelow(lines: string[]): string[] {
  const quotedAt = lines.findIndex((line) => line.startsWith('>'));
  return quotedAt < 0 ? [] : lines.slice(quotedAt).filter((line) => !line.startsWith('>'));
}

/** Drops what the library knows as quoted. What it takes for a greeting or a signature stays: words are not lost. */
function dropQuoted(text: string): string {
  const isShort = text.length <= LIBRARY_LIMIT;
  if (!isShort || text.split('\n').some((line) => line.length > LINE_LIMIT)) {
    return text.replace(/^>.*\n?/gm, '');
  }
  const fragments = new EmailReplyParser().read(text).getFragments();
  const own = fragments.filter((fragment) => !fragment.isQuoted());
  return own.map((fragment) => fragment.getContent()).join('\n');
}

/**
 * What a person wrote in a reply: without the quoted mail, the sentence above it, and the lines that
 * programs add. email-reply-parser knows the ways of many programs; those of Korean ones that it lacks
 * are looked for here.
 */
export function stripReply(text: string): string {
  const plain = text
    .slice(0, TEXT_LIMIT)
    .replace(/\r\n?/g, '\n')
    .replace(/[\u00a0\u202f]/g, ' ')
    .replace(/[\u200b\ufeff]/g, '')
    // Nobody means more blank lines than two, and the library's time grows with the square of them.
    .replace(/\n(?:[ \t]*\n){3,}/g, '\n\n\n');
  const lines = plain.split('\n');
  const end = findQuotation(lines);
  const above = stripSignatures(end < 0 ? lines : lines.slice(0, end));
  const own = end < 0 || above.length > 0 ? above : takeBelow(lines.slice(end));
  return stripSignatures(cutOwnMail(dropQuoted(own.join('\n')).split('\n')))
    .join('\n')
    .trim();
}
