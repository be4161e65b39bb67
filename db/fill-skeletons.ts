import type pg from 'pg';
import { toSkeleton } from '#lib/text/skeleton.ts';
import { UNIQUE_VIOLATION } from './query-error.ts';

/** Names in one statement. */
const AT_ONCE = 1_000;

/**
 * Gives accounts that are older than the rule, or were made by a node of the release before it, what their
 * names look like. Of several that look alike the oldest gets it; the others keep their names without.
 */
export async function fillSkeletons(client: pg.Client): Promise<void> {
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    // Ids are uuid v7, so the oldest come first.
    const { rows } = await client.query<{ id: string; username: string }>(
      'select id, username from users where username_skeleton is null and id > $1 order by id limit $2',
      [after, AT_ONCE],
    );
    const last = rows.at(-1);
    if (!last) return;
    const oldest = new Map<string, string>();
    for (const { id, username } of rows) {
      const skeleton = toSkeleton(username);
      if (!oldest.has(skeleton)) oldest.set(skeleton, id);
    }
    await writeSkeletons(client, oldest);
    after = last.id;
  }
}

async function writeSkeletons(client: pg.Client, oldest: Map<string, string>): Promise<void> {
  const write = () =>
    client.query(
      `update users u set username_skeleton = v.skeleton
       from unnest($1::text[], $2::uuid[]) as v (skeleton, id)
       where u.id = v.id and u.username_skeleton is null
         and not exists (select 1 from users o where o.username_skeleton = v.skeleton)`,
      [[...oldest.keys()], [...oldest.values()]],
    );
  // Somebody may sign up at another node in between; their name is then seen at the second try.
  await write().catch((error: { code?: string }) => {
    if (error.code === UNIQUE_VIOLATION) return write();
    throw error;
  });
}
