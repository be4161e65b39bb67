import { isBlank } from './fold.ts';
import type { Line } from './lines.ts';

/** A signature is short; more lines than this under its mark are a text. */
const SIGNATURE_LINES = 15;
/** No line of a program is longer, in characters. */
const LINE_LIMIT = 120;

const DEVICE = `(?:iPhone|iPad|iPod|Galaxy|Samsung|Android|Outlook|Yahoo|Gmail|Huawei|Xiaomi|Pixel|아이폰|아이패드|갤럭시|안드로이드|스마트폰)`;
const KOREAN_MAIL = String.raw`(?:(?:네이버|NAVER|Daum|다음|한메일|Hanmail|카카오|Kakao|네이트|NATE|Windows|Mac|하이웍스|NAVER WORKS)[ ]?(?:\d+)?(?:용)?[ ]?(?:메일|Mail|이메일|웍스)[ ]?(?:앱|App)?|NAVER WORKS)`;
const SENT_KO = `(?:에서|으로|로)[ ]?(?:보냄|보냈습니다|보낸[ ]?(?:메일|메시지)(?:입니다)?|발송됨|발송되었습니다)`;
/** "Sent from", "gesendet" and so on, in the languages that phones are sold in. */
const SENT_BEFORE =
  'Envoyé|Enviad[oa]|Inviato|Отправлено|Надіслано|发自|發自|從|从|Verstuurd|Verzonden|Đã gửi|Dikirim|Wysłan[eo]|Odesláno|Skickat|Sendt|Lähetetty|Küldve|Trimis|Von mein';
const SENT_AFTER = 'gesendet|から送信|より送信|gönderildi|傳送|发送|發送|傳送的';

/** What programs put under a text in their own name. Each names a device or a program, so that no sentence is one. */
const PROGRAM_LINES = [
  new RegExp(String.raw`^(?:나의|내)?[ ]?${DEVICE}[\w ]{0,25}${SENT_KO}\.?$`, 'iu'),
  new RegExp(String.raw`^${KOREAN_MAIL}[ ]?${SENT_KO}\.?$`, 'iu'),
  /^(?:iOS|iPhone|Android|Mac|Windows)(?: \d+)?용 (?:Outlook|메일).{0,20}(?:다운로드|받기|가져오기|보냄)$/iu,
  new RegExp(
    String.raw`^Sent (?:from|via|with|using) (?:my )?(?:${DEVICE}|Mail for|Proton|Spark|Thunderbird|BlackBerry|Windows|Zoho|Fastmail|K-9|Mailspring|eM Client|NAVER|Naver|Daum|Kakao)\b.{0,60}$`,
    'iu',
  ),
  /^(?:Get|Download|Obtenir|Obtén|Obtener|Scarica|Obter|Baixar|Holen Sie sich|Скачать|获取|取得) .{0,30}Outlook\b.{0,40}$/iu,
  /^Outlook (?:for|pour|für|para|per) (?:iOS|Android|Mac).{0,20}$/iu,
  new RegExp(`^(?:${SENT_BEFORE}).{0,25}${DEVICE}.{0,30}$`, 'iu'),
  new RegExp(String.raw`^.{0,12}${DEVICE}.{0,25}(?:${SENT_AFTER})\.?$`, 'iu'),
];

function isProgramLine(text: string): boolean {
  // The patterns backtrack.
  if (text.length > 3 * LINE_LIMIT) return false;
  const plain = text.replace(/\s*[<[(]?https?:\/\/\S+/g, '').trim();
  return plain.length <= LINE_LIMIT && PROGRAM_LINES.some((pattern) => pattern.test(plain));
}

/**
 * How many of these lines, a stretch between quotations, are its writer's words; below them stand a signature
 * (RFC 3676: after `-- ` with its space) and what a program writes of itself.
 *
 * A program's line counts only with nothing but blanks above it, so that a sentence that looks like one stays.
 */
export function countOwnLines(lines: Line[]): number {
  let count = lines.length;
  const mark = lines.findIndex(({ raw }) => raw === '-- ');
  if (mark >= 0 && lines.slice(mark).filter(({ text }) => !isBlank(text)).length <= SIGNATURE_LINES)
    count = mark;
  for (;;) {
    const last = lines.slice(0, count).findLastIndex(({ text }) => !isBlank(text));
    const line = lines[last];
    if (!line || line.depth > 0 || !isProgramLine(line.text)) return count;
    if (last > 0 && !isBlank(lines[last - 1]?.text ?? '')) return count;
    count = last;
  }
}
