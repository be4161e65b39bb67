import type { Emoji } from '#lib/text/emoji/emoji.ts';

const SIZE = 4;
/** From here on a system may not have them yet; what is older is everywhere. */
const SURE_VERSION = 11;
const FLAGS = 8;

/**
 * Whether the system has a picture for an emoji. One in colour comes out the same whatever colour is written with; a
 * sequence that is unknown, as a flag on Windows, comes out as several characters.
 */
function makeCheck(font: string): (emoji: string) => boolean {
  const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  if (!context) return () => true;
  const { canvas } = context;
  canvas.width = SIZE;
  canvas.height = SIZE;
  context.font = font;
  context.textBaseline = 'top';
  const widest = context.measureText('😀').width * 1.5;
  const draw = (emoji: string, colour: string) => {
    context.clearRect(0, 0, SIZE, SIZE);
    context.fillStyle = colour;
    context.fillText(emoji, 0, 0);
    return context.getImageData(0, 0, SIZE, SIZE).data.join();
  };
  return (emoji) => context.measureText(emoji).width <= widest && draw(emoji, '#00f') === draw(emoji, '#f00');
}

/** Leaves out what this device cannot draw: emoji that are newer than its font, and flags where there are none. */
export async function keepDrawn(all: readonly Emoji[]): Promise<Emoji[]> {
  // As messages are drawn; where the system has none of the emoji fonts, others of the list are asked.
  const font = `${SIZE}px ${getComputedStyle(document.body).fontFamily}`;
  await document.fonts.load(font, '😀').catch(() => {});
  const canDraw = makeCheck(font);
  // A system that draws none of them in colour has them in black, or nothing better to offer.
  if (!canDraw('😀')) return [...all];
  const hasCountries = canDraw('🇰🇷');
  // What came with one version of Unicode came with one update of the font: sequences, and characters of their own.
  const known = new Map<string, boolean>();
  return all.filter(({ char, group, version }) => {
    if (group === FLAGS && /^\p{RI}/u.test(char)) return hasCountries;
    if (version <= SURE_VERSION) return true;
    const kind = `${version} ${char.includes('\u200d')}`;
    const isDrawn = known.get(kind) ?? canDraw(char);
    known.set(kind, isDrawn);
    return isDrawn;
  });
}
