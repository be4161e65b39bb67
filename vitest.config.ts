import { defineConfig } from 'vitest/config';

const isEmbedded = process.env.DANDUL_TEST_STACK !== 'servers';
/** Set by the test command, which has run all files on the embedded stack already. */
const isBrief = process.env.DANDUL_TEST_BRIEF === '1';

const files = (...names: string[]) => names.map((name) => `tests/integration/${name}.test.ts`);
/** What needs a second process or a server of its own runs on one stack. */
const onServersOnly = files('two-nodes', 'late-redis', 'redis-restart', 'pgbouncer');
const onEmbeddedOnly = files('start*');
/** Mail sessions and the mailbox's page: their statements and limits are those of files that run on both. */
const sameOnBoth = files('email-reply-smtp', 'email-smtp', 'mailbox-access');

/**
 * Time-outs only bound how long a failure takes: a slow machine fails no test.
 *
 * Two projects: `unit` needs nothing; `integration` runs on the stack that DANDUL_TEST_STACK names
 * (tests/support/stack.ts): `embedded`, or `servers` for PostgreSQL and Redis of the machine.
 */
export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: ['tests/unit/**/*.test.{ts,tsx}'], testTimeout: 120_000 } },
      {
        test: {
          name: 'integration',
          include: ['tests/integration/**/*.test.ts'],
          exclude: isEmbedded ? onServersOnly : isBrief ? [...onEmbeddedOnly, ...sameOnBoth] : onEmbeddedOnly,
          globalSetup: ['tests/support/stack.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          // Tests wait for mails, sockets and processes for two thirds of their time. The embedded PostgreSQL has
          // connections for two files with their servers and commands.
          maxWorkers: isEmbedded ? 2 : 3,
        },
      },
    ],
  },
});
