/**
 * The number of the protocol that pages of this build speak. It grows only with a change that the other side cannot
 * ignore: a new meaning of what is there. New fields, events and error codes need no new number.
 */
export const PROTOCOL = 1;

/** Where on a server sockets are opened. */
export const SOCKET_PATH = '/socket.io/';

/** The protocols that a server takes, both ends included. */
export type ProtocolRange = { oldest: number; newest: number };

/** What this build's server takes: pages of the release before stay connected while nodes are replaced. */
export const ACCEPTED_PROTOCOLS: ProtocolRange = { oldest: 1, newest: PROTOCOL };

/** What pages of the first release speak, which name no protocol. */
const FIRST_PROTOCOL = 1;

/**
 * Whether a server takes a client that says this in its handshake. A page says whose it is and, but for those of
 * the first release, its protocol; an outside client that says neither is taken to speak the present one.
 */
export function acceptsProtocol(
  { oldest, newest }: ProtocolRange,
  { userId, protocol }: { userId?: unknown; protocol?: unknown },
): boolean {
  if (userId === undefined && protocol === undefined) return true;
  const spoken = protocol === undefined ? FIRST_PROTOCOL : protocol;
  return Number.isInteger(spoken) && Number(spoken) >= oldest && Number(spoken) <= newest;
}
