import type { Metadata } from 'next';
import { StarredMessages } from '#components/starred/starred-messages.tsx';
import { requireUser } from '#lib/auth/sessions/current-user.ts';
import { getT } from '#lib/i18n/server.ts';
import { listStarredMessages } from './actions.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getT('chat'))('starred.title') };
}

export default async function StarredPage() {
  await requireUser();
  return <StarredMessages initial={await listStarredMessages({})} listAction={listStarredMessages} />;
}
