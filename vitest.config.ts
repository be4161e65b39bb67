import { defineConfig } from 'vitest/config';

/**
 * Two projects: `unit` needs nothing; `integration` runs on the stack that DANDUL_TEST_STACK names
 * (tests/support/stack.ts): `embedded`, or `servers` for PostgreSQL and Redis of the machine.
 */
export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: ['tests/unit/**/*.test.{ts,tsx}'] } },
      {
        test: {
          name: 'integration',
          include: ['tests/integration/**/*.test.ts'],
          globalSetup: ['tests/support/stack.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
          maxWorkers: 2,
        },
      },
    ],
  },
});
