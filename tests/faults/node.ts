import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { startProcess, stopProcess } from '../support/processes.ts';

/** Where a node ends itself (node-hooks.ts): the stages of one message, of a change of one, and of one mail. */
export type Point =
  | 'received'
  | 'inserted'
  | 'committed'
  | 'acked'
  | 'emitted'
  | 'changing'
  | 'changed'
  | 'mail-accepted';

const root = fileURLToPath(new URL('../..', import.meta.url));
const hooks = fileURLToPath(new URL('./node-hooks.ts', import.meta.url));

/** One real `server.ts` of the present build that can be killed at a point and started again. */
export class FaultNode {
  private child: ChildProcess | undefined;
  private readonly folder = mkdtempSync(path.join(os.tmpdir(), 'dandul-node-'));
  private readonly env: Record<string, string | undefined>;
  /** What the running process has printed. */
  output = () => '';
  port = 0;
  isUp = false;
  /** The signal or exit code that the last process ended with. */
  ending = '';

  constructor(env: Record<string, string | undefined>) {
    this.env = env;
  }

  async start(): Promise<void> {
    const { child, match, output } = await startProcess({
      command: [process.execPath, '--import', pathToFileURL(hooks).href, 'server.ts'],
      cwd: root,
      ready: /Dandul is ready at \S+:(\d+)/,
      env: {
        NODE_ENV: 'production',
        PORT: '0',
        HOST: '127.0.0.1',
        DATA_DIR: path.join(this.folder, 'data'),
        LOG_LEVEL: 'error',
        FAULTS_DIR: this.folder,
        ...this.env,
      },
    });
    this.child = child;
    this.output = output;
    this.port = Number(match[1]);
    this.isUp = true;
    child.once('exit', (code, signal) => {
      this.isUp = false;
      this.ending = String(signal ?? code);
    });
  }

  /** Lets the node end itself the next time that it comes to this point. */
  arm(point: Point): void {
    writeFileSync(path.join(this.folder, point), '');
  }

  disarm(point: Point): void {
    rmSync(path.join(this.folder, point), { force: true });
  }

  async died(): Promise<void> {
    if (this.child && this.isUp) await once(this.child, 'exit');
  }

  async end(signal: NodeJS.Signals): Promise<void> {
    // As a proxy sees it: from now on the port refuses.
    this.isUp = false;
    if (this.child) await stopProcess(this.child, signal);
  }

  async remove(): Promise<void> {
    await this.end('SIGTERM');
    rmSync(this.folder, { recursive: true, force: true });
  }
}
