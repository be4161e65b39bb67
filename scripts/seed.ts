import { migrateDatabase } from '#db/migrate.ts';
import { seedDatabase } from '#db/seed.ts';
import { isStartError } from '#db/start-error.ts';
import { hashPassword } from '#lib/auth/passwords/passwords.ts';
import { reachDatabase } from '#lib/lifecycle/reach-database.ts';
import { getEnv } from '#lib/runtime/env.ts';

/** Adds demo people and conversations to the running server's database or, if none runs, to its data folder. */

const PASSWORD = 'dandul-demo-1';

async function main(): Promise<void> {
  const { RESEND_API_KEY, SMTP_URL } = getEnv();
  const database = await reachDatabase();
  try {
    await migrateDatabase(database.url);
    const { people, conversations, messages } = await seedDatabase(database.url, {
      passwordHash: await hashPassword(PASSWORD),
      // The developer mailbox shows their mails; a real transport would only collect bounces.
      emailPreference: RESEND_API_KEY || SMTP_URL ? 'never' : 'every',
    });
    console.log(`${people} demo people; ${conversations} conversations with ${messages} messages added.`);
    console.log(`Log in as minji or junho (or any of them) with the password ${PASSWORD}`);
  } finally {
    await database.close();
  }
}

main().catch((error) => {
  const isPlain = isStartError(error) || error?.code === 'ENV_INVALID';
  console.error(isPlain ? `Cannot seed. ${error.message.replaceAll('\n', '; ')}` : error);
  process.exitCode = 1;
});
