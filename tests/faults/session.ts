import { makeRandom, type Random } from '#db/seed/random.ts';
import { type Cast, makeCast } from './cast.ts';
import { checkMails, type MailOutcome } from './check-mails.ts';
import { checkRound, type Outcome } from './checks.ts';
import type { Kind } from './kinds.ts';
import { type Forgotten, Round, type Sent } from './round.ts';
import { startWorld } from './world.ts';

export type RoundResult = Outcome & { kind: string };
export type SessionResult = { rounds: RoundResult[]; mails: MailOutcome };

/** Rules broken on purpose keep people apart for good; heads would have told within 20 s. */
const BROKEN_LIMIT_MS = 22_000;

const NO_MAILS: MailOutcome = { owed: 0, lost: 0, changed: 0, misdelivered: 0, findings: [] };

/** After this many rounds new people take over: their timelines grow with every round. */
const ROUNDS_PER_CAST = 10;

/** Plays the kinds in order in one world, checks after each, and the mails at the end. */
export async function playSession(
  plan: Kind[],
  seed: number,
  {
    sabotage,
    limitMs = Number.POSITIVE_INFINITY,
    report,
  }: {
    sabotage?: string;
    /** No round starts after this time. */
    limitMs?: number;
    report?: (result: RoundResult, index: number) => void;
  } = {},
): Promise<SessionResult> {
  const world = await startWorld(sabotage);
  const random = makeRandom(seed);
  const rounds: RoundResult[] = [];
  const sent: Sent[] = [];
  const forgotten: Forgotten[] = [];
  let cast: Cast | null = null;
  let age = 0;
  try {
    const deadline = Date.now() + limitMs;
    for (const [index, kind] of plan.entries()) {
      if (Date.now() > deadline) break;
      if (kind.isAlone || age >= ROUNDS_PER_CAST) {
        cast?.stop();
        cast = null;
        age = 0;
      }
      cast ??= await makeCast(world);
      const round = new Round(`r${index}`, world, cast, random);
      await kind.run(round).catch((error: Error) => {
        round.findings.push(error.message);
        round.heal();
      });
      const outcome = await checkRound(round, sabotage ? BROKEN_LIMIT_MS : undefined);
      for (const repair of round.repairs) await repair();
      for (const node of world.nodes) {
        if (node.isUp) continue;
        outcome.findings.push(`a node ended by itself (${node.ending}): ${node.output().slice(-2_000)}`);
        await node.start();
      }
      const result = { kind: kind.name, ...outcome };
      rounds.push(result);
      sent.push(...round.sent.map((one) => ({ ...one, tab: null })));
      forgotten.push(...round.forgotten);
      report?.(result, index);
      age++;
      // What went wrong once is not counted again.
      if (kind.isAlone || outcome.findings.length > 0) age = ROUNDS_PER_CAST;
    }
    // What a broken rule has lost is never mailed, so there is nothing to wait for.
    return { rounds, mails: sabotage ? NO_MAILS : await checkMails(world, sent, forgotten) };
  } finally {
    cast?.stop();
    await world.stop();
  }
}

/** A plan of this many rounds, each kind drawn by its weight. */
export function drawPlan(kinds: Kind[], count: number, random: Random): Kind[] {
  const pot = kinds.flatMap((kind) => Array<Kind>(Math.ceil(kind.weight * 10)).fill(kind));
  return Array.from({ length: count }, () => random.pick(pot));
}
