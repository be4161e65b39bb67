import type { CDPSession, Page } from '@playwright/test';

/** A Hangul input method as Chromium knows it, through its own protocol. */
export async function attachInputMethod(page: Page) {
  const session: CDPSession = await page.context().newCDPSession(page);
  const key = (type: 'rawKeyDown' | 'keyUp', name: string, keyCode: number) =>
    session.send('Input.dispatchKeyEvent', {
      type,
      key: name,
      code: 'Enter',
      windowsVirtualKeyCode: keyCode,
    });
  const compose = (text: string) =>
    session.send('Input.imeSetComposition', {
      text,
      selectionStart: text.length,
      selectionEnd: text.length,
    });
  const commit = (text: string) => session.send('Input.insertText', { text });
  const pressEnter = (name: 'Enter' | 'Process') => key('rawKeyDown', name, 229);
  return {
    /** Composes the steps of a syllable and leaves it underlined. */
    async compose(...steps: string[]) {
      for (const step of steps) await compose(step);
    },
    /** Hands the syllable over to the page. */
    commit,
    /** The Enter of an input method: key code 229, named Enter or Process. */
    pressEnter,
    /** That Enter and the syllable that it ends, in one breath as an input method does. */
    finish: (name: 'Enter' | 'Process', text: string) => Promise.all([pressEnter(name), commit(text)]),
    releaseEnter: () => key('keyUp', 'Enter', 13),
    /** The Enter that ibus hands on after the syllable. */
    pressPlainEnter: () =>
      session.send('Input.dispatchKeyEvent', {
        type: 'keyDown',
        key: 'Enter',
        code: 'Enter',
        windowsVirtualKeyCode: 13,
        text: '\r',
      }),
  };
}
