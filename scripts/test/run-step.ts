import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');

/** One part of the test command: a program that ends with 0 when all is well. */
export type Step = {
  name: string;
  command: string[];
  env?: Record<string, string>;
  /** The program can write how many tests passed and failed. */
  counts: boolean;
  /** It runs at once with the step before it, as both wait for half of their time or more. */
  isBeside?: boolean;
  /** Why this machine cannot run it. */
  leftOut?: string;
};

type Outcome = { isOk: boolean; seconds: number };

/** The arguments that make a runner print for people and write its counts to a file. */
function reportersOf(command: string[], report: string): string[] {
  if (command.includes('run'))
    return ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  if (command.includes('test')) return ['--reporter=list,json'];
  return ['--counts', report];
}

/**
 * Runs a step and says whether it ended well and what it took. Its output appears as it comes, or whole at the end where other steps
 * run beside it.
 */
export async function runStep(step: Step, report: string, isAlone: boolean): Promise<Outcome> {
  if (isAlone) console.log(`\n── ${step.name}`);
  const startedAt = Date.now();
  const [command = '', ...args] = step.command;
  const child = spawn(command, step.counts ? [...args, ...reportersOf(step.command, report)] : args, {
    cwd: root,
    stdio: ['ignore', isAlone ? 'inherit' : 'pipe', isAlone ? 'inherit' : 'pipe'],
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', PLAYWRIGHT_JSON_OUTPUT_NAME: report, ...step.env },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text) => (output += text));
  const [status] = await once(child, 'close');
  if (!isAlone) console.log(`\n── ${step.name}\n${output}`);
  const isOk = status === 0;
  const seconds = Math.round((Date.now() - startedAt) / 1000);
  console.log(`── ${step.name}: ${isOk ? 'ok' : 'FAILED'} in ${seconds} s`);
  return { isOk, seconds };
}
