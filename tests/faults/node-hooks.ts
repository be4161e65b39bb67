import { randomUUID } from 'node:crypto';
import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { Server, Socket } from 'socket.io';

/**
 * Loaded before `server.ts` by the fault harness alone (`--import`), so that the product carries no
 * test code: ends the process at a named point when the harness has armed it, and, for the harness's
 * own test, breaks one of the rules on purpose.
 */

const { FAULTS_DIR = '', FAULTS_SABOTAGE = '' } = process.env;

/** A point is armed by a file of its name; it works once. */
function takeArmed(point: string): boolean {
  const file = path.join(FAULTS_DIR, point);
  if (!existsSync(file)) return false;
  rmSync(file);
  return true;
}

const die = () => process.kill(process.pid, 'SIGKILL');
const dieAt = (point: string) => void (takeArmed(point) && die());
/** Dies a moment later, with what was written on its way. */
const dieAfter = (point: string, ms: number) => void (takeArmed(point) && setTimeout(die, ms));

type Args = unknown[];
type Patchable = Record<string, (...args: Args) => unknown>;

function patch(
  target: object,
  name: string,
  wrap: (original: (...args: Args) => unknown) => (...args: Args) => unknown,
) {
  const methods = target as Patchable;
  const original = methods[name];
  if (!original) throw new Error(`${name} is not there to patch`);
  methods[name] = wrap(original);
}

patch(
  Socket.prototype,
  'onevent',
  (original) =>
    function onEvent(this: unknown, ...args) {
      const { data } = args[0] as { data: Args };
      if (data[0] === 'message:send') dieAt('received');
      return original.apply(this, args);
    },
);

patch(
  Socket.prototype,
  'ack',
  (original) =>
    function makeAck(this: unknown, ...args) {
      const reply = original.apply(this, args) as (...values: Args) => void;
      return (...values: Args) => {
        reply(...values);
        if ((values[0] as { message?: unknown } | undefined)?.message) dieAfter('acked', 2);
      };
    },
);

patch(
  Object.getPrototypeOf(new Server().to('any')),
  'emit',
  (original) =>
    function emit(this: unknown, ...args) {
      if (FAULTS_SABOTAGE === 'resync' && args[0] === 'heads') return true;
      const result = original.apply(this, args);
      if (args[0] === 'message:new') dieAfter('emitted', 2);
      return result;
    },
);

const later = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 2 });

/** Connections whose transaction has changed a message and is not committed yet. */
const changing = new WeakSet<pg.Client>();

/** Between lock and commit of a change, and after the commit before anybody is told. */
async function commitChange(commit: () => unknown): Promise<unknown> {
  dieAt('changing');
  const result = await commit();
  dieAt('changed');
  return result;
}

type Callback = (error: Error | null, result: unknown) => void;

patch(
  pg.Client.prototype,
  'query',
  (original) =>
    function query(this: pg.Client, ...args) {
      const config = args[0] as { name?: string; text: string; values: unknown[] } | undefined;
      if (config?.text?.startsWith('insert into "changes"')) changing.add(this);
      if (config?.text === 'commit' && changing.delete(this))
        return commitChange(() => original.apply(this, args));
      if (config?.name !== 'messages-insert') return original.apply(this, args);
      const index = args.findIndex((arg) => typeof arg === 'function');
      const done = args[index] as Callback;
      if (FAULTS_SABOTAGE === 'idempotency') config.values[0] = renameAll(config.values[0] as string);
      if (FAULTS_SABOTAGE === 'ack') original.call(this, 'begin');
      const callback: Callback = (error, result) => {
        if (FAULTS_SABOTAGE === 'ack') {
          // Answers first and stores later, which a crash then forgets.
          original.call(this, 'rollback');
          setTimeout(() => later.query(config.text, config.values).catch(() => {}), 200);
        }
        if (!error) dieAt('committed');
        done(error, result);
      };
      const running = original.apply(this, args.with(index, callback));
      dieAfter('inserted', 1);
      return running;
    },
);

/** The messages of a statement under other client ids. */
function renameAll(inputs: string): string {
  return JSON.stringify(JSON.parse(inputs).map((input: object) => ({ ...input, clientId: randomUUID() })));
}

const { fetch } = globalThis;
globalThis.fetch = async (...args) => {
  const response = await fetch(...args);
  if (String(args[0]).endsWith('/emails') && response.ok) dieAt('mail-accepted');
  return response;
};
