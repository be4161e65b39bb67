import { Resolver } from 'node:dns/promises';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { getDb, getPool, setDatabaseUrl } from '#db/client.ts';
import { migrateDatabase } from '#db/migrate.ts';
import { listFailed, reviveMail } from '#db/queries/mail-failures.ts';
import { isStartError } from '#db/start-error.ts';
import { setAuthSecret } from '#lib/auth/secret.ts';
import { runDoctor } from '#lib/email/doctor/run-doctor.ts';
import { renderPreviews } from '#lib/email/preview.ts';
import { getEnv } from '#lib/env.ts';
import { reachDatabase } from '#lib/lifecycle/reach-database.ts';

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
    failed.length === 0 ? 'No mail was given up.' : `${failed.length} given up in the last 30 days.`,
  );
}

async function retryFailures(ids: string[]): Promise<void> {
  const failed = await listFailed(getDb());
  const unknown = ids.filter((id) => !failed.some((mail) => mail.id === id));
  for (const id of unknown) console.error(`${id} is not among the failed mails.`);
  if (unknown.length > 0) process.exitCode = 1;
  let count = 0;
  for (const { id, isRetryable } of failed) {
    if (ids.length > 0 && !ids.includes(id)) continue;
    if (isRetryable && (await reviveMail(getDb(), id))) count += 1;
    else console.log(`${id} cannot be sent again: its link has expired or its content is gone.`);
  }
  console.log(`${count} will be sent again by the running server within a minute.`);
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
  // The links of a preview lead nowhere, so their signatures need not hold.
  setAuthSecret('a secret for previews, which nothing trusts');
  mkdirSync(folder, { recursive: true });
  const parts: string[] = [];
  for (const locale of ['ko', 'en'] as const) {
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
