import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { findPostgresBin, findRedisBin } from '../tests/support/private-servers.ts';
import { ensureChromium } from './test/chromium.ts';
import { addCounts, type Counts, readCounts, readFailures } from './test/counts.ts';

/**
 * Runs every test: static checks, unit, integration on the embedded database and on PostgreSQL with
 * Redis, a production build, and the browser. Ends with one line that counts them all; the exit code
 * is not 0 when something failed, or, in CI, when something was left out.
 */

const root = path.resolve(import.meta.dirname, '..');
const reports = mkdtempSync(path.join(os.tmpdir(), 'dandul-reports-'));
const bin = (name: string) => path.join(root, 'node_modules/.bin', name);

type Step = {
  name: string;
  command: string[];
  env?: Record<string, string>;
  counts: boolean;
  leftOut?: string;
};

const hasServers = Boolean(findPostgresBin() && findRedisBin());
const chromium = ensureChromium();
const noServers = hasServers
  ? undefined
  : 'needs PostgreSQL 15 or newer and Redis on this machine: apt-get install postgresql redis-server';
const noChromium = chromium
  ? undefined
  : 'needs Chromium: apt-get install chromium, or npx playwright install chromium';

const vitest = (project: string) => [bin('vitest'), 'run', '--project', project];
const playwright = [bin('playwright'), 'test', '--config', 'e2e/playwright.config.ts'];

const steps: Step[] = [
  { name: 'checks', command: ['npm', 'run', '--silent', 'check'], counts: false },
  { name: 'build', command: [process.execPath, 'scripts/build-if-stale.ts'], counts: false },
  { name: 'unit', command: vitest('unit'), counts: true },
  {
    name: 'integration, embedded PostgreSQL',
    command: vitest('integration'),
    env: { DANDUL_TEST_STACK: 'embedded' },
    counts: true,
  },
  {
    name: 'integration, PostgreSQL and Redis',
    command: vitest('integration'),
    env: { DANDUL_TEST_STACK: 'servers' },
    counts: true,
    leftOut: noServers,
  },
  {
    name: 'faults, each kind once',
    command: [process.execPath, 'tests/faults/run.ts', '--controls'],
    counts: true,
    leftOut: noServers,
  },
  {
    name: 'benchmark, each scenario small',
    command: [process.execPath, 'bench/run.ts', '--smoke'],
    counts: true,
    leftOut: noServers ?? noChromium,
  },
  {
    name: 'browser, one embedded server',
    command: playwright,
    env: { DANDUL_E2E_STACK: 'local' },
    counts: true,
    leftOut: noChromium,
  },
  {
    name: 'browser, two nodes behind TLS',
    command: playwright,
    env: { DANDUL_E2E_STACK: 'cluster' },
    counts: true,
    leftOut: noChromium ?? noServers,
  },
];

/** The arguments that make a runner print for people and write its counts to a file. */
function reportersOf(command: string[], report: string): string[] {
  if (command.includes('run'))
    return ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  if (command.includes('test')) return ['--reporter=list,json'];
  return ['--counts', report];
}

let total: Counts = { passed: 0, failed: 0, skipped: 0 };
const failures: string[] = [];
for (const [index, step] of steps.entries()) {
  console.log(`\n── ${step.name}`);
  if (step.leftOut) {
    console.log(`left out: ${step.leftOut}`);
    continue;
  }
  const report = path.join(reports, `${index}.json`);
  const reporters = reportersOf(step.command, report);
  const startedAt = Date.now();
  const [command = '', ...args] = step.command;
  const { status } = spawnSync(command, step.counts ? [...args, ...reporters] : args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', PLAYWRIGHT_JSON_OUTPUT_NAME: report, ...step.env },
  });
  console.log(
    `── ${step.name}: ${status === 0 ? 'ok' : 'FAILED'} in ${Math.round((Date.now() - startedAt) / 1000)} s`,
  );
  if (step.counts) total = addCounts(total, readCounts(report));
  if (status !== 0) failures.push([step.name, ...readFailures(report)].join('\n  '));
  // Without a build the rest can only repeat the same failure.
  if (status !== 0 && step.name === 'build') break;
}
rmSync(reports, { recursive: true, force: true });

const leftOut = steps.filter((step) => step.leftOut);
for (const step of leftOut) console.log(`\nLeft out: ${step.name}. It ${step.leftOut}`);
for (const name of failures) console.log(`\nFailed: ${name}`);
const failed = Math.max(total.failed, failures.length);
console.log(`\n${total.passed} passed, ${failed} failed${total.skipped ? `, ${total.skipped} skipped` : ''}`);
const isIncomplete = Boolean(process.env.CI) && (leftOut.length > 0 || total.skipped > 0);
if (isIncomplete) console.error('In CI nothing may be left out or skipped.');
process.exit(failures.length > 0 || isIncomplete ? 1 : 0);
