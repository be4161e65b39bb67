import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { describeMachine } from './core/machine.ts';
import { type Result, toHeading, toTable } from './core/report.ts';
import { meetsTarget } from './core/types.ts';
import { type StackName, startWorld } from './core/world.ts';
import { scenarios } from './scenarios/index.ts';

/**
 * `npm run bench`: measures the production build beside what the machine's PostgreSQL and a bare
 * Socket.IO server reach in the same run, and prints a table of ratios.
 *
 *   --scenario A,B  only these
 *   --stack NAME    servers (PostgreSQL and Redis of this machine; default) or embedded
 *   --seed N        draws people, texts and words (default: 1)
 *   --smoke         each scenario small and in seconds, for correctness only
 *   --json FILE     where the figures are written (default: bench-result.json)
 *   --counts FILE   writes how many scenarios passed and failed, for the test command
 *
 * Exit code 1 when a scenario failed. A missed target is shown and fails nothing: figures differ from
 * machine to machine.
 */
const { values } = parseArgs({
  options: {
    scenario: { type: 'string' },
    stack: { type: 'string', default: 'servers' },
    seed: { type: 'string', default: '1' },
    smoke: { type: 'boolean', default: false },
    json: { type: 'string' },
    counts: { type: 'string' },
  },
});

const names = values.scenario?.split(',') ?? Object.keys(scenarios);
const unknown = names.filter((name) => !(name in scenarios));
if (unknown.length > 0 || !['servers', 'embedded'].includes(values.stack)) {
  console.error(`Scenarios: ${Object.keys(scenarios).join(', ')}. Stacks: servers, embedded.`);
  process.exit(2);
}
const [seed, isSmoke] = [Number(values.seed), values.smoke];
const world = await startWorld(values.stack as StackName);
const machine = describeMachine(world.versions);
const results: Result[] = [];
const failed: string[] = [];
try {
  for (const name of names) {
    console.log(`── ${name}`);
    const startedAt = Date.now();
    const say = (line: string) => console.log(`   ${line}`);
    try {
      results.push({
        scenario: name,
        figures: (await scenarios[name]?.({ world, isSmoke, seed, say })) ?? [],
      });
    } catch (error) {
      failed.push(name);
      console.error(error);
    }
    console.log(
      `── ${name}: ${failed.includes(name) ? 'FAILED' : 'ok'} in ${Math.round((Date.now() - startedAt) / 1000)} s`,
    );
  }
} finally {
  await world.stop();
}

if (!isSmoke) console.log(`\n${toHeading(machine, seed)}\n\n${toTable(results)}`);
const json = values.json ?? (isSmoke ? undefined : 'bench-result.json');
if (json)
  writeFileSync(
    json,
    `${JSON.stringify({ at: new Date().toISOString(), machine, seed, isSmoke, results }, null, 2)}\n`,
  );
if (values.counts) {
  const counts = {
    numPassedTests: names.length - failed.length,
    numFailedTests: failed.length,
    numPendingTests: 0,
    numTodoTests: 0,
  };
  writeFileSync(values.counts, JSON.stringify(counts));
}
const missed = results.flatMap(({ figures }) => figures).filter((figure) => !meetsTarget(figure)).length;
console.log(
  `\n${names.length - failed.length} passed, ${failed.length} failed${isSmoke ? '' : `; ${missed} targets missed`}`,
);
process.exit(failed.length > 0 ? 1 : 0);
