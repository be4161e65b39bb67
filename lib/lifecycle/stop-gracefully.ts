import pTimeout from 'p-timeout';
import { getLog } from '#lib/runtime/log.ts';

/** npm forwards a signal that the terminal has already sent to the whole group; the pair is one wish. */
const SAME_SIGNAL_MILLISECONDS = 1_000;
/** Below the ten seconds after which service managers kill. */
const STOP_MILLISECONDS = 9_000;

/** One step of stopping, and how long it may take before the next begins. */
export type StopStep = { name: string; milliseconds: number; run(): unknown };

/** Runs `steps()` once on SIGINT or SIGTERM and exits 0; a second signal exits at once. */
export function stopOnSignals(steps: () => StopStep[]): void {
  let stoppingSince = 0;
  const onSignal = (signal: NodeJS.Signals) => {
    if (stoppingSince) {
      if (Date.now() - stoppingSince > SAME_SIGNAL_MILLISECONDS) process.exit(130);
      return;
    }
    stoppingSince = Date.now();
    getLog().info({ signal }, 'stopping');
    setTimeout(() => process.exit(0), STOP_MILLISECONDS).unref();
    void runSteps(steps()).then(() => process.exit(0));
  };
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
}

/** Runs the steps in order; one that fails or takes too long is logged and does not hold up the rest. */
export async function runSteps(steps: StopStep[]): Promise<void> {
  for (const { name, milliseconds, run } of steps) {
    try {
      const message = `not done after ${milliseconds} ms`;
      await pTimeout(Promise.resolve().then(run), { milliseconds, message });
    } catch (error) {
      getLog().warn({ err: error, step: name }, 'stopping: a step failed');
    }
  }
}
