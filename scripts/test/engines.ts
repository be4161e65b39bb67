import { existsSync } from 'node:fs';
import { canInstall, findCommand, installPackages } from './packages.ts';

/** The Firefox of this machine: FIREFOX_PATH, or the system's. */
export function findFirefox(): string | undefined {
  return process.env.FIREFOX_PATH ?? findCommand('firefox-esr') ?? findCommand('firefox');
}

/** The driver of this machine's WebKitGTK, when there are a screen and a Hangul input method for it too. */
export function findWebKitDriver(): string | undefined {
  const hasInputMethod = existsSync('/usr/share/uim/byeoru.scm');
  return findCommand('Xvfb') && hasInputMethod ? findCommand('WebKitWebDriver') : undefined;
}

/** The engines beside Chromium, each with what Debian calls its parts. */
const ENGINES = [
  { name: 'Firefox', find: findFirefox, packages: ['firefox-esr'] },
  {
    name: 'WebKit',
    find: findWebKitDriver,
    packages: ['webkit2gtk-driver', 'xvfb', 'uim-byeoru', 'uim-gtk3-immodule'],
  },
];

/** Finds each engine or installs it; `leftOut` says what is missing where neither can be done. */
export function ensureEngines(): { name: string; project: string; leftOut?: string }[] {
  return ENGINES.map(({ name, find, packages }) => {
    if (!find() && canInstall()) {
      console.log(`Installing ${name} from Debian’s packages…`);
      installPackages(packages);
    }
    const leftOut = find() ? undefined : `needs ${name}: apt-get install ${packages.join(' ')}`;
    return { name, project: name.toLowerCase(), leftOut };
  });
}
