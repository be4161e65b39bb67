import { LinkifyIt, REBuilder } from 'linkify-it';

/** Hangul top-level domains; together with the ASCII ones they end a host before further Hangul. */
const HANGUL_TLDS = '한국|닷컴|닷넷|삼성';

// Generic endings that people write without a scheme; the two-letter ones are linkify-it's own.
const MORE_TLDS = [
  ...'app art blog cafe chat cloud club design dev email events fun games global guide host law life link'.split(
    ' ',
  ),
  ...'live love media mobi news ninja online page photos press pub run site space store studio systems'.split(
    ' ',
  ),
  ...'team tech today tools top tube video wiki work works world xyz zone'.split(' '),
  ...HANGUL_TLDS.split('|'),
];

const HANGUL = '[\\uac00-\\ud7a3\\u3131-\\u3163]';

// Emoji are set beside addresses, not in them.
const EMOJI = '[\\u2190-\\u2bff]|[\\ud83c-\\ud83e][\\udc00-\\udfff]';

/**
 * A host ends before Hangul ("example.com에서") unless the run goes on into another label that
 * closes with a top-level domain ("go쇼핑.com").
 */
const BEFORE_HANGUL = `(?=${HANGUL}+(?!${HANGUL})(?!(?:\\.[^\\s./?#:@]{1,63}){0,8}\\.(?:[a-z]{2,63}|${HANGUL_TLDS})(?![a-z]|${HANGUL})))`;

/** linkify-it's own grammar, taught that Korean joins words to an address without a space. */
class KoreanRules extends REBuilder {
  override get_text_separators() {
    this.cache.text_separators ??= new RegExp(`[><\\uff5c]|${EMOJI}`);
    return this.cache.text_separators;
  }

  /** What a host label is made of: neither separators nor the ASCII symbols, "~" above all. */
  override get_pseudo_letter() {
    this.cache.src_pseudo_letter ??= new RegExp(
      `(?:(?!${this.get_text_separators().source}|[$+=^\`|~]|${this.src_ZPCc})(?:${this.src_Any}))`,
    );
    return this.cache.src_pseudo_letter;
  }

  override get_host_terminator() {
    this.cache.src_host_terminator ??= new RegExp(
      `(?:${super.get_host_terminator().source}|(?=[$+=^\`|~])|(?<=:\\d{1,5})(?=${HANGUL}))`,
    );
    return this.cache.src_host_terminator;
  }

  private get domains() {
    return `(?:(?:${this.get_domain().source})\\.)`;
  }

  override get_url_host_port() {
    const beforeHangul = `(?:localhost|${this.get_ipv4_addr().source}|${this.domains}{1,10}(?:[a-z]{2,63}|${HANGUL_TLDS}))`;
    this.cache.url_host_port ??= new RegExp(
      `(?:${beforeHangul}${BEFORE_HANGUL}|${super.get_url_host_port().source})`,
    );
    return this.cache.url_host_port;
  }

  override get_fuzzy_url_host_port() {
    this.cache.fuzzy_url_host_port ??= new RegExp(
      `${this.domains}{1,10}(?:${this.get_tld().source})(?:${BEFORE_HANGUL}|${this.get_host_terminator().source})`,
    );
    return this.cache.fuzzy_url_host_port;
  }

  override get_mail_host() {
    this.cache.src_mail_host ??= new RegExp(
      `(?:${this.domains}{1,4}(?:[a-z]{2,63}|${HANGUL_TLDS})${BEFORE_HANGUL}|${super.get_mail_host().source})`,
    );
    return this.cache.src_mail_host;
  }

  override get_fuzzy_mail_host() {
    this.cache.src_fuzzy_mail_host ??= new RegExp(
      `(?:${this.domains}{1,4}(?:[a-z]{2,63}|${HANGUL_TLDS})${BEFORE_HANGUL}|${super.get_fuzzy_mail_host().source})`,
    );
    return this.cache.src_fuzzy_mail_host;
  }
}

/** Finds http, https and mailto addresses, bare domains and bare e-mail addresses; nothing else. */
export const linkifier = new LinkifyIt({ rebuilder: new KoreanRules(), fuzzyLink: true, urlAuth: true })
  .add('ftp:', null)
  .add('//', null)
  .tlds(MORE_TLDS, true);
