import { EDIT_HOURS } from '#lib/chat/sizes.ts';
import type { Message } from '#lib/chat/types.ts';

const HOUR_MS = 3_600_000;

/** True when a person may still change the text of a message, as far as this device's clock tells; the server decides. */
export function isEditable({ senderId, createdAt, deletedAt }: Message, viewerId: string): boolean {
  return senderId === viewerId && !deletedAt && Date.now() - Date.parse(createdAt) < EDIT_HOURS * HOUR_MS;
}
