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

type KeyName = { key: string; code: string };

/** The key that was pressed, also where an input method names it "Process". */
export function nameKey({ key, code }: KeyName): string {
  const name = key === 'Process' ? code : key;
  return name === 'NumpadEnter' ? 'Enter' : name;
}

type InputMethodPress = Pick<EnterPress, 'isComposing' | 'keyCode' | 'composition'>;

const isInputMethod = ({ isComposing, keyCode }: InputMethodPress) => isComposing || keyCode === 229;

/**
 * True for a key that an input method needs itself, to pick a candidate: kana and pinyin do, Hangul has
 * nothing to be chosen. Key code 229 without `isComposing` is Safari, which ends the composition before
 * it tells of the key.
 */
export function isInputMethodKey(press: InputMethodPress): boolean {
  return isInputMethod(press) && !/\p{Script=Hangul}$/u.test(press.composition);
}

/** Reads an Enter press. While Hangul composes Enter means "send" as without it. */
export function readEnter(press: EnterPress): EnterMeaning {
  if (press.shiftKey || press.altKey || press.isTouch || isInputMethodKey(press)) return 'leave';
  return press.isComposing ? 'send-after-composition' : 'send';
}
