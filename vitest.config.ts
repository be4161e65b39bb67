import { defineConfig } from 'vitest/config';

const isEmbedded = process.env.DANDUL_TEST_STACK !== 'servers';

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
          // What needs a second process or a server of its own runs on one stack.
          exclude: [
            isEmbedded
              ? 'tests/integration/{two-nodes,late-redis,redis-restart}.test.ts'
              : 'tests/integration/start*.test.ts',
          ],
          globalSetup: ['tests/support/stack.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          maxWorkers: 2,
        },
      },
    ],
  },
});
