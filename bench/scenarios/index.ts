import type { Scenario } from '../core/types.ts';
import { deliver } from './deliver.ts';
import { history } from './history.ts';
import { idle } from './idle.ts';
import { mail } from './mail.ts';
import { page } from './page.ts';
import { people } from './people.ts';
import { search } from './search.ts';
import { start } from './start.ts';
import { storm } from './storm.ts';
import { sustain } from './sustain.ts';

/** In the order in which a whole run plays them. */
export const scenarios: Record<string, Scenario> = {
  deliver,
  sustain,
  idle,
  storm,
  start,
  mail,
  history,
  search,
  people,
  page,
};
