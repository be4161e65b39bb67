import { cut } from './preview.ts';
import type { Message, Pin } from './types.ts';

/** What a bar shows of a message; undefined for one that is not pinned. */
export function toPin({ seq, senderId, body, pinnedAt, pinnedBy }: Message): Pin | undefined {
  return pinnedAt && pinnedBy ? { seq, senderId, body: cut(body), pinnedAt, pinnedBy } : undefined;
}

/** The pinned ones of some messages, the one that was pinned last first. */
export function toPins(messages: readonly Message[]): Pin[] {
  return messages.flatMap((message) => toPin(message) ?? []).sort(comparePins);
}

/** The pins of a conversation after some of its messages changed; the same array where that is no change of them. */
export function changePins(pins: Pin[], changed: readonly Message[]): Pin[] {
  const seqs = new Set(changed.map(({ seq }) => seq));
  const pinned = toPins(changed);
  if (pinned.length === 0 && !pins.some(({ seq }) => seqs.has(seq))) return pins;
  return [...pins.filter(({ seq }) => !seqs.has(seq)), ...pinned].sort(comparePins);
}

function comparePins(a: Pin, b: Pin): number {
  if (a.pinnedAt !== b.pinnedAt) return a.pinnedAt > b.pinnedAt ? -1 : 1;
  return b.seq - a.seq;
}

/** A message with a pin, or without one; one that is pinned already keeps the pin that it has. */
export function changePin(message: Message, pin: Pick<Pin, 'pinnedAt' | 'pinnedBy'> | null): Message {
  if (pin && message.pinnedAt) return message;
  const { pinnedAt: _, pinnedBy: __, ...rest } = message;
  return { ...rest, ...pin };
}
