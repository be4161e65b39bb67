import type { Transport } from '../connection/transport.ts';
import type { ChatStore } from '../store.ts';

/** What every effect works with. */
export type EffectContext = { store: ChatStore; transport: Transport };

/** One concern beside the reducer: it watches the state and talks to the world. */
export type Effect = {
  /** Called on every connection, after the transport is ready. */
  connected?(): void;
  disconnected?(): void;
  stop?(): void;
};
