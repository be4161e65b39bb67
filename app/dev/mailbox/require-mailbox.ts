import { headers } from 'next/headers';
import { notFound } from 'next/navigation';
import { mayReadMailbox } from '#lib/email/mailbox/may-read-mailbox.ts';
import { getEnv } from '#lib/runtime/env.ts';

/** Answers 404 to whoever may not read the developer mailbox. */
export async function requireMailbox(): Promise<void> {
  if (!mayReadMailbox(await headers(), getEnv())) notFound();
}
