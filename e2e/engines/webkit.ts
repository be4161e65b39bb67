import { createRequire } from 'node:module';
import { Builder, By, Capabilities, error, Key, type WebDriver } from 'selenium-webdriver';
import { findWebKitDriver } from '../../scripts/test/engines.ts';
import { startProcess, stopProcess } from '../../tests/support/processes.ts';
import type { Engine, Tab } from './engine.ts';

// Its folder has no door for import.
const { DriverService } = createRequire(import.meta.url)(
  'selenium-webdriver/remote',
) as typeof import('selenium-webdriver/remote');

/** A Hangul input method of the system, which runs within the browser's process and begins with Latin letters. */
const INPUT_METHOD = {
  GTK_IM_MODULE: 'uim',
  LIBUIM_USER_SCM_FILE: new URL('./hangul.scm', import.meta.url).pathname,
};
/** Its key between Latin and Hangul. */
const TOGGLE = Key.chord(Key.SHIFT, ' ');

const KEYS = { Enter: Key.ENTER, Escape: Key.ESCAPE, ArrowDown: Key.ARROW_DOWN };

/** WebKitGTK's test browser by its own driver. */
export async function launchWebKit(): Promise<Engine> {
  const driver = findWebKitDriver();
  if (!driver) throw new Error('there is no WebKit on this machine');
  const screen = await startScreen();
  const service = new DriverService.Builder(driver)
    .setLoopback(true)
    .setEnvironment({
      ...process.env,
      ...INPUT_METHOD,
      DISPLAY: screen.name,
      // As root its sandbox has no namespaces; nothing but an own server is opened.
      WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
    } as never)
    .build();
  const url = await service.start();
  return {
    openTab: () => openTab(url),
    async close() {
      await service.kill();
      await screen.stop();
    },
  };
}

/** A screen of its own, as the browser has no other mode: of two on one screen only one has the focus. */
async function startScreen(): Promise<{ name: string; stop(): Promise<void> }> {
  const { child, match } = await startProcess({
    command: ['Xvfb', '-displayfd', '1', '-screen', '0', '1280x900x24', '-nolisten', 'tcp'],
    ready: /^(\d+)\n/m,
  });
  return { name: `:${match[1]}`, stop: () => stopProcess(child) };
}

async function openTab(serviceUrl: string): Promise<Tab> {
  const driver = await new Builder()
    .usingServer(serviceUrl)
    .withCapabilities(new Capabilities({ browserName: 'MiniBrowser' }))
    .build();
  const press = (...keys: string[]) =>
    driver
      .switchTo()
      .activeElement()
      .sendKeys(...keys);
  return {
    open: (url) => driver.get(url),
    reload: () => driver.navigate().refresh(),
    run: (script, ...given) => runScript(driver, script, given) as never,
    click: (xpath) => click(driver, xpath),
    type: press,
    press: (key) => press(KEYS[key]),
    async compose(keys) {
      // By itself: Shift is up again only when all the keys of a call were pressed.
      await press(TOGGLE);
      await press(keys);
    },
    async composeEnter() {
      await press(Key.ENTER);
      await press(TOGGLE);
    },
    close: () => driver.quit(),
  };
}

const {
  NoSuchElementError,
  StaleElementReferenceError,
  ElementNotInteractableError,
  ElementClickInterceptedError,
} = error;
/** Nothing was clicked yet. */
const NOT_YET = [
  NoSuchElementError,
  StaleElementReferenceError,
  ElementNotInteractableError,
  ElementClickInterceptedError,
];

/** Clicks as soon as the element is there for the mouse. */
async function click(driver: WebDriver, xpath: string): Promise<void> {
  const isClicked = async () => {
    try {
      await driver.findElement(By.xpath(xpath)).click();
      return true;
    } catch (failure) {
      if (NOT_YET.some((kind) => failure instanceof kind)) return false;
      throw failure;
    }
  };
  await driver.wait(isClicked, 20_000, `${xpath} was not there to be clicked`);
}

/** Waits for what the function promises, as a plain script of the driver does not. */
async function runScript(driver: WebDriver, script: (...given: never[]) => unknown, given: unknown[]) {
  const answer = (await driver.executeAsyncScript(
    `const done = arguments[arguments.length - 1];
     Promise.resolve((${script})(...[...arguments].slice(0, -1))).then(
       (value) => done({ value }),
       (error) => done({ error: String(error) }),
     );`,
    ...given,
  )) as { value?: unknown; error?: string };
  if (answer.error !== undefined) throw new Error(answer.error);
  return answer.value;
}
