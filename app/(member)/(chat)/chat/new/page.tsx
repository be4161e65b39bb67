import type { Metadata } from 'next';
import { PeopleSearch } from '#components/search/people-search.tsx';
import { requireUser } from '#lib/auth/sessions/current-user.ts';
import { getT } from '#lib/i18n/server.ts';
import { listPeople, startChat, startFromForm } from './actions.ts';

type Props = { searchParams: Promise<{ q?: string | string[] }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getT('search'))('people.title') };
}

export default async function NewChatPage({ searchParams }: Props) {
  await requireUser();
  const { q } = await searchParams;
  const query = typeof q === 'string' ? q : '';
  const answer = query.trim() ? await listPeople(query) : null;
  return (
    <PeopleSearch
      initial={{ query, answer }}
      findAction={listPeople}
      startAction={startChat}
      formAction={startFromForm}
    />
  );
}
