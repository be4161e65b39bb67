import { updateLastSeen } from '#db/queries/presence.ts';
import type { ChatServer } from '../io.ts';
import { isOnlineAnywhere, isOnlineHere, markOffline, markOnline } from './online.ts';
import type { PresenceTeller } from './tell-presence.ts';

/** How long a person stays online after their last connection, which covers a reload. */
const GRACE_MS = 4_000;

type TellPartners = PresenceTeller['tellPartners'];

/**
 * People who have closed their last connection here: they are gone after a while, unless they come back.
 *
 * @param warn hears of what fails in the background.
 */
export function createDepartures(io: ChatServer, tellPartners: TellPartners, warn: (error: unknown) => void) {
  const leaving = new Map<string, NodeJS.Timeout>();
  /** Told to be gone while the other nodes could not be asked. */
  const unsure = new Set<string>();
  let isMakingSure = false;

  function cancel(userId: string) {
    clearTimeout(leaving.get(userId));
    leaving.delete(userId);
  }

  async function leave(userId: string) {
    leaving.delete(userId);
    const isElsewhere = await isOnlineAnywhere(io, userId);
    if (isElsewhere || isOnlineHere(io, userId)) return;
    await markOffline(userId);
    const now = new Date();
    await updateLastSeen(userId, now);
    // Back meanwhile: their arrival was announced, so this must not be, and the key is set again.
    if (isOnlineHere(io, userId)) return markOnline([userId]);
    await tellPartners(userId, false, now);
    if (isElsewhere === undefined) unsure.add(userId);
  }

  return {
    cancel,
    leave,
    /** Once nobody has come back for a while, if this was the last connection here. */
    leaveSoon(userId: string) {
      if (isOnlineHere(io, userId)) return;
      cancel(userId);
      leaving.set(
        userId,
        setTimeout(() => void leave(userId).catch(warn), GRACE_MS),
      );
    },
    /** Takes back what was told too early, once the other nodes can be asked again. */
    async makeSure() {
      if (isMakingSure) return;
      isMakingSure = true;
      await askAgain(io, tellPartners, unsure).finally(() => {
        isMakingSure = false;
      });
    },
    /** Cancels all, and returns whom. */
    cancelAll(): string[] {
      const userIds = [...leaving.keys()];
      for (const userId of userIds) cancel(userId);
      return userIds;
    },
  };
}

/** Tells of each who is online on another node after all, and forgets those who were asked for. */
async function askAgain(io: ChatServer, tellPartners: TellPartners, unsure: Set<string>): Promise<void> {
  for (const userId of unsure) {
    const isOnline = await isOnlineAnywhere(io, userId);
    if (isOnline === undefined) return;
    if (isOnline) {
      await markOnline([userId]);
      await tellPartners(userId, true, null);
    }
    unsure.delete(userId);
  }
}
