import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { findPostgresBin, findRedisBin } from '../tests/support/private-servers.ts';
import { ensureChromium } from './test/chromium.ts';
import { addCounts, type Counts, readCounts, readFailures, readSecondTries } from './test/counts.ts';
import { ensureEngines } from './test/engines.ts';
import { runStep, type Step } from './test/run-step.ts';

/**
 * Runs every test: static checks, unit, integration on the embedded database and on PostgreSQL with
 * Redis, a production build, and the browsers. Ends with one line that counts them all. The exit code
 * is not 0 if something failed or, in CI, if something was left out.
 */

const root = path.resolve(import.meta.dirname, '..');
const reports = mkdtempSync(path.join(os.tmpdir(), 'dandul-reports-'));
const bin = (name: string) => path.join(root, 'node_modules/.bin', name);

const hasServers = Boolean(findPostgresBin() && findRedisBin());
const chromium = ensureChromium();
const noServers = hasServers
  ? undefined
  : 'needs PostgreSQL 15 or newer and Redis on this machine: apt-get install postgresql redis-server';
const noChromium = chromium
  ? undefined
  : 'needs Chromium: apt-get install chromium, or npx playwright install chromium';

const vitest = (project: string) => [bin('vitest'), 'run', '--project', project];
const playwright = (config: string) => [bin('playwright'), 'test', '--config', config];
const browser = playwright('e2e/playwright.config.ts');

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
    env: { DANDUL_TEST_STACK: 'servers', DANDUL_TEST_BRIEF: '1' },
    isBeside: true,
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
    isBeside: true,
    command: [process.execPath, 'bench/run.ts', '--smoke'],
    counts: true,
    leftOut: noServers ?? noChromium,
  },
  {
    name: 'browser, one embedded server',
    command: browser,
    env: { DANDUL_E2E_STACK: 'local' },
    counts: true,
    leftOut: noChromium,
  },
  {
    name: 'browser, two nodes behind TLS',
    command: browser,
    env: { DANDUL_E2E_STACK: 'cluster' },
    counts: true,
    leftOut: noChromium ?? noServers,
  },
  ...ensureEngines().map(({ name, project, leftOut }) => ({
    name: `browser, ${name}`,
    command: [...playwright('e2e/engines/playwright.config.ts'), `--project=${project}-*`],
    counts: true,
    leftOut: leftOut ?? noChromium,
  })),
];

let total: Counts = { passed: 0, failed: 0, skipped: 0 };
const failures: string[] = [];
const secondTries: string[] = [];
/** What each step took, for the end of the log. */
const times: string[] = [];

/** Runs steps at once and adds up what they say; false when one failed. */
async function runGroup(group: Step[]): Promise<boolean> {
  const outcomes = await Promise.all(
    group.map(async (step) => {
      const report = path.join(reports, `${steps.indexOf(step)}.json`);
      const { isOk, seconds } = await runStep(step, report, group.length === 1);
      times.push(`${step.name} ${seconds} s`);
      if (step.counts) total = addCounts(total, readCounts(report));
      secondTries.push(...readSecondTries(report));
      if (!isOk) failures.push([step.name, ...readFailures(report)].join('\n  '));
      return isOk;
    }),
  );
  return outcomes.every(Boolean);
}

const leftOut = steps.filter((step) => step.leftOut);
const groups: Step[][] = [];
for (const step of steps) {
  if (step.leftOut) continue;
  if (step.isBeside && groups.length > 0) groups.at(-1)?.push(step);
  else groups.push([step]);
}
for (const group of groups) {
  const isOk = await runGroup(group);
  // Without a build the rest can only repeat the same failure.
  if (!isOk && group[0]?.name === 'build') break;
}
rmSync(reports, { recursive: true, force: true });

console.log(`\n${times.join(', ')}`);
for (const step of leftOut) console.log(`\nLeft out: ${step.name}. It ${step.leftOut}`);
for (const name of secondTries) console.log(`\nPassed only at the second try, to be looked into: ${name}`);
for (const name of failures) console.log(`\nFailed: ${name}`);
const failed = Math.max(total.failed, failures.length);
console.log(`\n${total.passed} passed, ${failed} failed${total.skipped ? `, ${total.skipped} skipped` : ''}`);
const isIncomplete = Boolean(process.env.CI) && (leftOut.length > 0 || total.skipped > 0);
if (isIncomplete) console.error('In CI nothing may be left out or skipped.');
process.exit(failures.length > 0 || isIncomplete ? 1 : 0);
