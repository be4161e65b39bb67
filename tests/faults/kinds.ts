import { changeKinds } from './kinds-changes.ts';
import { clientKinds } from './kinds-clients.ts';
import { mailKinds } from './kinds-mail.ts';
import { serverKinds } from './kinds-servers.ts';
import type { Round } from './round.ts';

/** One way to break something while people talk. */
export type Kind = {
  name: string;
  /** How often it is drawn in a long run, beside the others' 1. */
  weight: number;
  /** Has people of its own: what it does to them, or leaves behind, would mislead other rounds. */
  isAlone?: boolean;
  run(round: Round): Promise<void>;
};

/** All kinds. Those of mail come first, as their mails need the longest to settle. */
export const kinds: Kind[] = [...mailKinds, ...changeKinds, ...serverKinds, ...clientKinds];
