import { randomBytes } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import { getPool } from '#db/client.ts';
import { encode } from '#lib/auth/sessions/session-token.ts';
import { createSession } from '#lib/auth/sessions/sessions.ts';
import { startConversation } from '#lib/chat/start-conversation.ts';
import { foldEmail, foldUsername } from '#lib/text/fold.ts';
import { peopleKeys } from '#lib/text/people-keys.ts';
import { TEST_SECRET } from './secret.ts';

export type Person = { userId: string; sessionId: string; username: string; email: string; cookie: string };

/** The name of next-auth's session cookie over plain http, which is also the salt of the token. */
const COOKIE = 'authjs.session-token';

/**
 * Adds a signed-in person, with a confirmed address unless told otherwise, directly to the database
 * and without the cost of a password hash. Names are made unique.
 */
export async function addPerson(
  name: string,
  { isVerified = true }: { isVerified?: boolean } = {},
): Promise<Person> {
  const userId = uuidv7();
  const username = `${name}_${randomBytes(4).toString('hex')}`;
  const email = `${userId}@example.com`;
  await getPool().query(
    `insert into users (id, username, username_key, search_keys, email, email_key, email_verified_at, password_hash, locale)
     values ($1, $2, $3, $4, $5, $6, case when $7 then now() end, 'none', 'ko')`,
    [userId, username, foldUsername(username), peopleKeys(username), email, foldEmail(email), isVerified],
  );
  const session = await addSession(userId);
  return { userId, username, email, ...session };
}

/** Another login of a person. */
export async function addSession(userId: string): Promise<{ sessionId: string; cookie: string }> {
  const sessionId = await createSession(userId, { userAgent: 'tests', ip: '127.0.0.1' });
  if (!sessionId) throw new Error('no session');
  const token = await encode({ token: { sid: sessionId, sub: userId }, secret: TEST_SECRET, salt: COOKIE });
  return { sessionId, cookie: `${COOKIE}=${token}` };
}

/** Two people with a conversation. */
export async function addPair(names: [string, string] = ['하나', '두리']) {
  const [first, second] = [await addPerson(names[0]), await addPerson(names[1])];
  const started = await startConversation({ userId: first.userId, partnerId: second.userId });
  if (!started.ok) throw new Error('no conversation');
  return { first, second, conversationId: started.value.conversationId };
}
