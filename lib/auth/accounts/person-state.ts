import type { PersonState } from '#db/schema/index.ts';

export type { PersonState };

/** True of who may not come in, is not found and gets no mail; what others have of them stays. */
export function isShutOut(state: PersonState): boolean {
  return state !== 'guest' && state !== 'active';
}
