import type { Scenario } from '../core/types.ts';
import { deliver } from './deliver.ts';
import { sustain } from './sustain.ts';

/** In the order in which a whole run plays them. */
export const scenarios: Record<string, Scenario> = { deliver, sustain };
