/** What an Enter key press in the composer means. */
export type EnterMeaning =
  /** Nothing of ours: a line break, or the input method's own business. */
  | 'leave'
  /** Send now. */
  | 'send'
  /** A syllable is still being composed: send once the input method has handed it over. */
  | 'send-after-composition';

type EnterPress = {
  shiftKey: boolean;
  altKey?: boolean;
  isComposing: boolean;
  keyCode: number;
  /** A finger is the main pointer: Enter breaks the line there. */
  isTouch: boolean;
  /** The text under composition, or the last one when it has just ended. */
  composition: string;
};

/**
 * Reads an Enter press. While Hangul composes Enter means "send" as without it, since nothing is to
 * be chosen; with other scripts (kana, pinyin) it picks a candidate and sends nothing. Key code 229
 * without `isComposing` is Safari, which ends the composition before it tells of the key.
 */
export function readEnter(press: EnterPress): EnterMeaning {
  if (press.shiftKey || press.altKey || press.isTouch) return 'leave';
  const isInputMethod = press.isComposing || press.keyCode === 229;
  if (!isInputMethod) return 'send';
  if (!/\p{Script=Hangul}$/u.test(press.composition)) return 'leave';
  return press.isComposing ? 'send-after-composition' : 'send';
}
