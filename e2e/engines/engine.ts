/** A browser that is not Chromium, as far as the specs here need one. `firefox.ts` and `webkit.ts` are its two kinds. */
export type Engine = {
  /** A tab with nothing in it of the tabs before. */
  openTab(): Promise<Tab>;
  close(): Promise<void>;
};

/** Elements are named by XPath, which both drivers know; `screen.ts` makes these names. */
export type Tab = {
  open(url: string): Promise<void>;
  reload(): Promise<void>;
  /** Runs a function of its own (it sees nothing around it) in the page. */
  run<T, A extends unknown[]>(script: (...given: A) => T, ...given: A): Promise<Awaited<T>>;
  /** Clicks the one visible element with the mouse. */
  click(xpath: string): Promise<void>;
  /** Presses the keys of a text one after another, in whatever has the focus. */
  type(text: string): Promise<void>;
  press(key: 'Enter' | 'Escape' | 'ArrowDown'): Promise<void>;
  /**
   * Writes Hangul by an input method of the engine: the keys of the common two-set keyboard (`gks` is 한).
   * The last syllable stays under composition.
   */
  compose(keys: string): Promise<void>;
  /** Enter in the input method's hands: it commits the syllable. */
  composeEnter(): Promise<void>;
  close(): Promise<void>;
};
