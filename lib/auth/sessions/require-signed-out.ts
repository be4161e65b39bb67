import { RedirectType, redirect } from 'next/navigation';
import { getCurrentUser } from './current-user.ts';

/** Sends a signed-in person on to where they were going; pages for who is signed out await it before anything. */
export async function requireSignedOut(nextPath: string): Promise<void> {
  if (await getCurrentUser()) redirect(nextPath, RedirectType.replace);
}
