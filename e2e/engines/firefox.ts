import { convertQwertyToHangul } from 'es-hangul';
import puppeteer, { type Browser } from 'puppeteer-core';
import { findFirefox } from '../../scripts/test/engines.ts';
import type { Engine, Tab } from './engine.ts';

/** Firefox by WebDriver BiDi, without a window. */
export async function launchFirefox(): Promise<Engine> {
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: findFirefox(),
    headless: true,
    // The input method below lives in the browser's own window.
    args: ['--remote-allow-system-access'],
    extraPrefsFirefox: { 'intl.accept_languages': 'en-US,en' },
    defaultViewport: { width: 1024, height: 730 },
  });
  return { openTab: () => openTab(browser), close: () => browser.close() };
}

async function openTab(browser: Browser): Promise<Tab> {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  const input = await attachInputMethod(browser);
  return {
    open: async (url) => void (await page.goto(url)),
    reload: async () => void (await page.reload()),
    run: (script, ...given) => page.evaluate(script as never, ...given) as never,
    click: (xpath) => page.locator(`::-p-xpath(${xpath})`).click(),
    type: (text) => page.keyboard.type(text),
    press: (key) => page.keyboard.press(key),
    compose: input.compose,
    composeEnter: input.enter,
    close: () => context.close(),
  };
}

/**
 * Firefox's own text input processor, which a system's input methods write through too: the page hears real
 * composition events. It is reached in the scope of the browser's window.
 */
async function attachInputMethod(browser: Browser) {
  const runInWindow = await attachWindow(browser);
  await runInWindow(`
    globalThis.inputMethod = Cc['@mozilla.org/text-input-processor;1'].createInstance(Ci.nsITextInputProcessor);
    if (!inputMethod.beginInputTransactionForTests(window)) throw new Error('the input method is taken');
  `);
  const processKey = (code: string) =>
    `new KeyboardEvent('', { key: 'Process', code: '${code}', keyCode: 229 })`;
  let syllable = '';
  const commit = async (text: string, code: string) => {
    await runInWindow(`inputMethod.commitCompositionWith('${text}', ${processKey(code)})`);
  };
  return {
    async compose(keys: string) {
      let done = '';
      for (let length = 1; length <= keys.length; length++) {
        const code = `Key${keys.charAt(length - 1).toUpperCase()}`;
        const text = convertQwertyToHangul(keys.slice(0, length));
        // The key that begins a syllable ends the one before.
        if (text.length - 1 > done.length) {
          await commit(text.slice(done.length, -1), code);
          done = text.slice(0, -1);
        }
        syllable = text.slice(done.length);
        await runInWindow(`
          inputMethod.setPendingCompositionString('${syllable}');
          inputMethod.appendClauseToPendingComposition(${syllable.length}, inputMethod.ATTR_RAW_CLAUSE);
          inputMethod.setCaretInPendingComposition(${syllable.length});
          inputMethod.flushPendingComposition(${processKey(code)});
        `);
      }
    },
    enter: () => commit(syllable, 'Enter'),
  };
}

type Connection = {
  send(
    method: string,
    params: object,
  ): Promise<{
    result: {
      contexts?: { context: string; url: string }[];
      type?: string;
      exceptionDetails?: { text: string };
    };
  }>;
};

/**
 * Runs scripts in Firefox's own window. Puppeteer has no door to it, so this takes the BiDi connection that
 * Puppeteer 25 keeps in the browser object.
 */
async function attachWindow(browser: Browser): Promise<(expression: string) => Promise<void>> {
  const { connection } = browser as unknown as { connection?: Connection };
  if (!connection?.send) throw new Error('this Puppeteer keeps its BiDi connection somewhere else');
  const { result } = await connection.send('browsingContext.getTree', { 'moz:scope': 'chrome' });
  const context = result.contexts?.find(({ url }) => url.endsWith('/browser.xhtml'))?.context;
  if (!context) throw new Error('Firefox shows no window of its own');
  return async (expression) => {
    const { result: answer } = await connection.send('script.evaluate', {
      expression,
      target: { context },
      awaitPromise: true,
    });
    if (answer.type === 'exception') throw new Error(answer.exceptionDetails?.text);
  };
}
