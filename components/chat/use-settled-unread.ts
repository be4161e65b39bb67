'use client';

import { useEffect, useState } from 'react';

/** What comes into the open room is unread until the next frame; a count that lasts no longer is not shown (ms). */
export const SETTLE_MS = 100;

/** The open room's unread count, which falls at once and rises when it has lasted. */
export function useSettledUnread(roomId: string | null, unread: number): number {
  const [settled, setSettled] = useState({ roomId, unread });
  useEffect(() => {
    const timer = setTimeout(() => setSettled({ roomId, unread }), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [roomId, unread]);
  return settled.roomId === roomId ? Math.min(unread, settled.unread) : unread;
}
