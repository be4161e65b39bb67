import { vi } from 'vitest';
import type { EventHandlers, TransportHandlers } from '#lib/chat-client/connection/transport.ts';

/** Handlers of a transport that only note what they are called with. */
export function makeTransportHandlers() {
  const on = {
    'message:new': vi.fn(),
    'message:update': vi.fn(),
    'conversation:new': vi.fn(),
    'conversation:marks': vi.fn(),
    'conversation:cursor': vi.fn(),
    'conversation:typing': vi.fn(),
    'conversation:typing-stopped': vi.fn(),
    heads: vi.fn(),
    presence: vi.fn(),
  } satisfies EventHandlers;
  return {
    connected: vi.fn(),
    disconnected: vi.fn(),
    ended: vi.fn(),
    outdated: vi.fn(),
    on,
  } satisfies TransportHandlers;
}
