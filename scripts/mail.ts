import { Resolver } from 'node:dns/promises';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { getDb, getPool, setDatabaseUrl } from '#db/client.ts';
import { KEPT_DAYS } from '#db/long-ago.ts';
import { migrateDatabase } from '#db/migrate.ts';
import { listFailed, reviveMail } from '#db/queries/mail-failures.ts';
import { findJudgedMail } from '#db/queries/mails.ts';
import { isStartError } from '#db/start-error.ts';
import { setAuthSecret } from '#lib/auth/login/secret.ts';
import { renderPreviews } from '#lib/email/content/preview.ts';
import { runDoctor } from '#lib/email/doctor/run-doctor.ts';
import { explainDrop } from '#lib/email/messages/policy.ts';
import { locales } from '#lib/i18n/config.ts';
import { reachDatabase } from '#lib/lifecycle/reach-database.ts';
import { getEnv } from '#lib/runtime/env.ts';

/** What an operator does about mail: npm run mail -- failed | retry | doctor | preview */

const USAGE = `npm run mail -- failed             list the mails that were given up
npm run mail -- retry [ID ...]    send them again: all that can be, or these
npm run mail -- doctor ADDRESS    check everything between this server and an inbox, and send a test mail
npm run mail -- preview [FOLDER]  write every mail in both languages to files`;

async function withDatabase(run: () => Promise<void>): Promise<void> {
  const database = await reachDatabase();
  try {
    await migrateDatabase(database.url);
    setDatabaseUrl(database.url);
    await run();
    await getPool().end();
  } finally {
    await database.close();
  }
}

async function listFailures(): Promise<void> {
  const failed = await listFailed(getDb());
  for (const mail of failed) {
    const tries = mail.attempts === 1 ? '1 try' : `${mail.attempts} tries`;
    console.log(
      `${mail.id}  ${mail.createdAt.toISOString()}  ${mail.kind} for ${mail.username} <${mail.address}>`,
    );
    console.log(
      `    ${mail.lastError ?? 'unknown reason'} (${tries})${mail.isRetryable ? '' : '; cannot be sent again, ask for a new one'}`,
    );
  }
  console.log(
    failed.length === 0
      ? 'No mail was given up.'
      : `${failed.length} given up in the last ${KEPT_DAYS} days.`,
  );
}

async function retryFailures(ids: string[]): Promise<void> {
  const failed = await listFailed(getDb());
  const unknown = ids.filter((id) => !failed.some((mail) => mail.id === id));
  for (const id of unknown) console.error(`${id} is not among the failed mails.`);
  let count = 0;
  let left = unknown.length;
  for (const { id, isRetryable } of failed) {
    if (ids.length > 0 && !ids.includes(id)) continue;
    const obstacle = await findObstacle(id, isRetryable);
    if (!obstacle && (await reviveMail(getDb(), id))) {
      count += 1;
    } else {
      left += 1;
      console.log(`${id} cannot be sent again: ${obstacle ?? 'it is no longer among the failed mails'}.`);
    }
  }
  console.log(`${count} will be sent again by the running server within a minute.`);
  // Somebody who names mails wants all of them sent.
  if (ids.length > 0 && left > 0) process.exitCode = 1;
}

/** Why a failed mail would not go if it were tried again. */
async function findObstacle(id: string, isRetryable: boolean): Promise<string | undefined> {
  if (!isRetryable) return 'its link has expired or its content is gone';
  const found = await findJudgedMail(getDb(), id, 'failed');
  return found && explainDrop(found);
}

const MARKS = { ok: '  ok ', note: '  –  ', problem: ' !!  ' };

async function diagnose(address: string): Promise<void> {
  const isWell = await runDoctor({
    address,
    locale: process.env.LANG?.startsWith('ko') ? 'ko' : 'en',
    dns: new Resolver({ timeout: 5_000, tries: 2 }),
    report: ({ level, text }) => console.log(`${MARKS[level]} ${text}`),
  });
  console.log(isWell ? 'Nothing needs mending.' : 'Mend what is marked !! and run this again.');
  if (!isWell) process.exitCode = 1;
}

async function writePreviews(folder: string): Promise<void> {
  // The links of a preview lead nowhere, so their signatures need not be valid.
  setAuthSecret('a secret for previews, which nothing trusts');
  mkdirSync(folder, { recursive: true });
  const parts: string[] = [];
  for (const locale of locales) {
    for (const { name, mail } of await renderPreviews(locale)) {
      const file = `${name}.${locale}`;
      writeFileSync(path.join(folder, `${file}.html`), mail.html);
      writeFileSync(path.join(folder, `${file}.txt`), `Subject: ${mail.subject}\n\n${mail.text}`);
      parts.push(
        `<h2>${file}</h2><iframe src="${file}.html" width="320" height="640"></iframe> <iframe src="${file}.html" width="640" height="640"></iframe>`,
      );
    }
  }
  const index = path.join(folder, 'index.html');
  writeFileSync(index, `<!doctype html><meta charset="utf-8"><title>Mails</title>${parts.join('\n')}`);
  console.log(`${parts.length} mails written. Open ${index}`);
}

async function main([command, ...rest]: string[]): Promise<void> {
  if (command === 'failed') return withDatabase(listFailures);
  if (command === 'retry') return withDatabase(() => retryFailures(rest));
  if (command === 'preview')
    return writePreviews(path.resolve(rest[0] ?? path.join(getEnv().DATA_DIR, 'mail-preview')));
  if (command === 'doctor' && rest[0]?.includes('@')) return diagnose(rest[0]);
  console.error(USAGE);
  process.exitCode = 2;
}

main(process.argv.slice(2)).catch((error) => {
  const isPlain = isStartError(error) || error?.code === 'ENV_INVALID';
  console.error(isPlain ? `That did not work. ${error.message.replaceAll('\n', '; ')}` : error);
  process.exitCode = 1;
});
