import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { startProcess, stopProcess } from '../../tests/support/processes.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const nextBin = path.join(root, 'node_modules/next/dist/bin/next');

/** One form with client `useActionState` on a server action, and what Next asks for around it; nothing else. */
const sources = {
  'package.json': JSON.stringify({ name: 'bare', private: true, type: 'module' }),
  // The product's own settings that reach the browser.
  'next.config.mjs': `export default {
    reactStrictMode: true,
    poweredByHeader: false,
    devIndicators: false,
    experimental: { turbopackFileSystemCacheForBuild: false },
    // node_modules is a link out of this folder.
    turbopack: { root: '/' },
  };`,
  'app/layout.jsx': `export default function Layout({ children }) {
    return <html lang="en"><body>{children}</body></html>;
  }`,
  'app/actions.js': `'use server';
  export async function logIn(_state, form) {
    return form.get('identifier') ? 'wrong' : 'missing';
  }`,
  'app/form.jsx': `'use client';
  import { useActionState } from 'react';
  export function Form({ action }) {
    const [error, formAction, isPending] = useActionState(action, null);
    return (
      <form action={formAction}>
        {error && <p role="alert">{error}</p>}
        <input name="identifier" aria-label="Username" />
        <input name="password" type="password" aria-label="Password" />
        <button disabled={isPending}>Log in</button>
      </form>
    );
  }`,
  'app/page.jsx': `import { logIn } from './actions.js';
  import { Form } from './form.jsx';
  // Rendered for each request, as the product's pages are.
  export const dynamic = 'force-dynamic';
  export default function Page() {
    return <Form action={logIn} />;
  }`,
};

/** Builds a bare Next app with the product's own packages into a temporary folder and serves it. */
export async function startBareApp(): Promise<{ url: string; stop(): Promise<void> }> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'dandul-bare-'));
  const clean = () => rmSync(folder, { recursive: true, force: true });
  try {
    mkdirSync(path.join(folder, 'app'));
    for (const [name, text] of Object.entries(sources)) writeFileSync(path.join(folder, name), text);
    symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
    const env = { NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' };
    const build = await startProcess({
      command: [process.execPath, nextBin, 'build'],
      cwd: folder,
      env,
      ready: /Route \(app\)/,
    });
    await stopAfter(build.child);
    const command = [process.execPath, nextBin, 'start', '--hostname', '127.0.0.1', '--port', '0'];
    const { child, match } = await startProcess({
      command,
      cwd: folder,
      env,
      ready: /Local:\s+(http:\S+)[\s\S]*Ready/,
    });
    return {
      url: match[1] as string,
      async stop() {
        await stopProcess(child);
        clean();
      },
    };
  } catch (error) {
    clean();
    throw error;
  }
}

/** The list of routes is the last thing that the build prints; its process ends by itself. */
async function stopAfter(child: {
  exitCode: number | null;
  once(event: 'exit', listen: () => void): unknown;
}) {
  if (child.exitCode === null) await new Promise<void>((resolve) => child.once('exit', resolve));
}
