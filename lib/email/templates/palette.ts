/** The colours of the product (app/globals.css), spelt out because mail clients do not know variables. */
export const light = {
  paper: '#FBFAF7',
  raised: '#FFFFFF',
  line: '#E7E3DA',
  ink: '#1F1D1A',
  muted: '#6B655C',
  persimmon: '#C8431F',
  onPersimmon: '#FFFFFF',
  celadon: '#246656',
  theirs: '#EEF4F1',
  mine: '#FBE6DC',
};

export const dark: typeof light = {
  paper: '#171512',
  raised: '#211E1A',
  line: '#37322B',
  ink: '#F2EEE6',
  muted: '#AAA397',
  persimmon: '#F08A63',
  onPersimmon: '#1C0F09',
  celadon: '#6FBFAA',
  theirs: '#1F2D28',
  mine: '#4A2617',
};

/**
 * Classes that follow the reader's colour scheme. Inline styles carry the light colours for clients
 * that drop style sheets, so the dark ones must be `!important`.
 */
export const schemeCss = `
:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (prefers-color-scheme: dark) {
  .paper, .paper > table > tbody > tr > td { background-color: ${dark.paper} !important; }
  .raised { background-color: ${dark.raised} !important; border-color: ${dark.line} !important; }
  .theirs { background-color: ${dark.theirs} !important; color: ${dark.ink} !important; }
  .mine { background-color: ${dark.mine} !important; color: ${dark.ink} !important; }
  .ink { color: ${dark.ink} !important; }
  .muted { color: ${dark.muted} !important; }
  .rule { border-color: ${dark.line} !important; }
  .brand { color: ${dark.persimmon} !important; }
  .link { color: ${dark.celadon} !important; }
  .action { background-color: ${dark.persimmon} !important; color: ${dark.onPersimmon} !important; }
}
@media (max-width: 420px) { .frame { padding: 20px 16px !important; } }
`;

export const fontFamily =
  "Pretendard, -apple-system, BlinkMacSystemFont, 'Apple SD Gothic Neo', 'Malgun Gothic', 'Noto Sans KR', 'Segoe UI', Roboto, sans-serif";
