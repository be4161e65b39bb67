import { kinds } from './kinds.ts';
import type { RoundResult } from './session.ts';
import { playSession } from './session.ts';

type Control = {
  /** The rule that node-hooks.ts breaks. */
  sabotage: string;
  /** Kinds under which the breach must show. */
  kinds: string[];
  isReported: (round: RoundResult) => boolean;
};

const CONTROLS: Control[] = [
  {
    sabotage: 'idempotency',
    kinds: ['the same message sent twice at once'],
    isReported: ({ doubled }) => doubled > 0,
  },
  {
    sabotage: 'ack',
    kinds: ['node killed: acked', 'node killed: emitted'],
    isReported: ({ findings }) => findings.some((finding) => /[1-9]\d* of them acknowledged/.test(finding)),
  },
  {
    sabotage: 'resync',
    kinds: ['redis cut from one node'],
    isReported: ({ lost }) => lost > 0,
  },
];

/** Tests the harness itself: breaks one rule after another on purpose; each has to be seen. */
export async function playControls(seed: number): Promise<{ sabotage: string; isReported: boolean }[]> {
  const outcomes: { sabotage: string; isReported: boolean }[] = [];
  for (const control of CONTROLS) {
    const plan = kinds.filter(({ name }) => control.kinds.includes(name));
    const { rounds } = await playSession(plan, seed, { sabotage: control.sabotage });
    const isReported = rounds.some(control.isReported);
    console.log(
      `${isReported ? 'ok' : 'BAD'} ${control.sabotage} broken on purpose: ${isReported ? 'reported' : 'NOT reported'}`,
    );
    outcomes.push({ sabotage: control.sabotage, isReported });
  }
  return outcomes;
}
