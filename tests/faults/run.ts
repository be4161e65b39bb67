import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { makeRandom } from '#db/seed/random.ts';
import { playControls } from './controls.ts';
import { playDiskFull } from './disk-full.ts';
import { kinds } from './kinds.ts';
import { countFailures, isClean, toTable } from './report.ts';
import { drawPlan, playSession, type RoundResult } from './session.ts';

/**
 * `npm run test:faults`: breaks real nodes, servers and lines while people talk, and counts what was
 * lost, doubled, out of order or shown to the wrong person. Exit code 1 when anything was.
 *
 *   --runs N       this many rounds, drawn by weight; without it each kind once
 *   --minutes N    starts no round after this time, and says how many there were
 *   --seed N       the same seed draws the same plan (default: 1)
 *   --kind TEXT    only kinds whose name contains it
 *   --json FILE    writes every round's result
 *   --controls     first breaks rules on purpose and expects the harness to report each
 *   --counts FILE  writes how many passed and failed, for the test command
 */
const { values } = parseArgs({
  options: {
    runs: { type: 'string' },
    minutes: { type: 'string', default: 'Infinity' },
    seed: { type: 'string', default: '1' },
    kind: { type: 'string', default: '' },
    json: { type: 'string' },
    controls: { type: 'boolean', default: false },
    counts: { type: 'string' },
  },
});

// Connections of the product's own client that end while the harness exits do not matter.
process.on('unhandledRejection', (error) => console.error(error));

const seed = Number(values.seed);
const chosen = kinds.filter(({ name }) => name.includes(values.kind));
const plan = values.runs ? drawPlan(chosen, Number(values.runs), makeRandom(seed)) : chosen;
if (plan.length === 0) throw new Error(`no kind is called like "${values.kind}"`);

const controls = values.controls ? await playControls(seed) : [];
const isWhole = !values.runs && values.kind === '';
const diskFull = isWhole ? await playDiskFull(seed) : null;
if (diskFull) announceRound(diskFull, '+');
else if (isWhole) console.log('left out: disk full, which takes root to mount a small disk');
const result = await playSession(plan, seed, {
  limitMs: Number(values.minutes) * 60_000,
  report: (round, index) => announceRound(round, `${index + 1}/${plan.length}`),
});
if (diskFull) result.rounds.push(diskFull);
console.log(`\nSeed ${seed}, ${result.rounds.length} faults\n\n${toTable(result)}`);

const failed = countFailures(result) + controls.filter(({ isReported }) => !isReported).length;
const passed = result.rounds.length + 1 + controls.length - failed;
if (values.json) writeFileSync(values.json, `${JSON.stringify({ seed, controls, ...result }, null, 2)}\n`);
if (values.counts) {
  const counts = { numPassedTests: passed, numFailedTests: failed, numPendingTests: 0, numTodoTests: 0 };
  writeFileSync(values.counts, JSON.stringify(counts));
}
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);

function announceRound(round: RoundResult, place: string): void {
  const mark = isClean(round) ? 'ok' : 'BAD';
  const seconds = (round.recoveryMs / 1000).toFixed(1);
  console.log(`${mark} ${place} ${round.kind}: ${round.acked} acked, together again after ${seconds} s`);
  for (const finding of round.findings) console.log(`    ${finding}`);
}
