import en from '../../lib/i18n/en/index.ts';
import ko from '../../lib/i18n/ko/index.ts';

/** The product's catalogue in the language that this locale is shown. */
export function textsFor(locale: string | undefined) {
  return locale?.startsWith('ko') ? ko : en;
}

/** A text with values in it as a pattern: `Block {name}?` matches whatever stands for the name. */
export function patternOf(text: string): RegExp {
  const parts = text
    .split(/\{\w+(?:,[^{}]*)?\}|<\w+><\/\w+>/)
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(parts.join('.*'));
}
