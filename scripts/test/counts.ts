import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';

export type Counts = { passed: number; failed: number; skipped: number };

/** What a Vitest or Playwright JSON report counts; zeros when it was never written. */
export function readCounts(file: string): Counts {
  if (!existsSync(file)) return { passed: 0, failed: 0, skipped: 0 };
  const report = JSON.parse(readFileSync(file, 'utf8'));
  if (report.stats) {
    const { expected, unexpected, flaky, skipped } = report.stats;
    return { passed: expected + flaky, failed: unexpected, skipped };
  }
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

type VitestFile = {
  name: string;
  message: string;
  assertionResults: { status: string; fullName: string; failureMessages?: string[] }[];
};
type PlaywrightTest = {
  status: string;
  projectName: string;
  results?: { errors?: { message?: string }[] }[];
};
type PlaywrightSuite = {
  file: string;
  specs: { title: string; ok: boolean; tests: PlaywrightTest[] }[];
  suites?: PlaywrightSuite[];
};

type BrowserTest = { name: string; status: string; why?: string };

/** The beginning of an error's text, indented and without colours. */
function summarize(why = ''): string {
  const lines = stripVTControlCharacters(why).trim().slice(0, 1_000).split('\n').slice(0, 8);
  return lines.map((line) => `\n    ${line}`).join('');
}

/** Every browser test of a Playwright JSON report, by its name; none of another runner's. */
function listBrowserTests(report: { suites?: PlaywrightSuite[] }) {
  const ofSuite = ({ file, specs, suites = [] }: PlaywrightSuite): BrowserTest[] => [
    ...specs.flatMap(({ title, tests }) =>
      tests.map(({ projectName, status, results = [] }) => ({
        name: `[${projectName}] ${file} › ${title}`,
        status,
        why: results.flatMap(({ errors = [] }) => errors)[0]?.message,
      })),
    ),
    ...suites.flatMap(ofSuite),
  ];
  return (report.suites ?? []).flatMap(ofSuite);
}

/**
 * The names of the tests that failed in a Vitest or Playwright JSON report and how each error begins, so that a
 * long log ends with them; none if it was never written or names no tests.
 */
export function readFailures(file: string): string[] {
  if (!existsSync(file)) return [];
  const report = JSON.parse(readFileSync(file, 'utf8'));
  const inBrowser = listBrowserTests(report).filter(({ status }) => status === 'unexpected');
  const elsewhere = (report.testResults ?? []).flatMap(({ name, message, assertionResults }: VitestFile) => {
    const names = assertionResults
      .filter((test) => test.status === 'failed')
      .map((test) => `${path.basename(name)} › ${test.fullName}${summarize(test.failureMessages?.[0])}`);
    return names.length === 0 && message ? [`${path.basename(name)}: ${message}`] : names;
  });
  return [...inBrowser.map(({ name, why }) => name + summarize(why)), ...elsewhere];
}

/** The browser tests that failed once and passed when they were tried again. */
export function readSecondTries(file: string): string[] {
  if (!existsSync(file)) return [];
  const report = JSON.parse(readFileSync(file, 'utf8'));
  return listBrowserTests(report)
    .filter(({ status }) => status === 'flaky')
    .map(({ name }) => name);
}

export function addCounts(a: Counts, b: Counts): Counts {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped };
}
