import { RedirectType, redirect } from 'next/navigation';
import { getCurrentUser } from './current-user.ts';

/** Sends a signed-in person on to where they were going; pages for guests await it before anything. */
export async function requireGuest(nextPath: string): Promise<void> {
  if (await getCurrentUser()) redirect(nextPath, RedirectType.replace);
}
