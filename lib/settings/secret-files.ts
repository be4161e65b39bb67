import { readFileSync } from 'node:fs';

/** Settings that may be in a file of their own, named by NAME_FILE, which is how Docker and systemd pass secrets. */
export const SECRET_NAMES = [
  'AUTH_SECRET',
  'DATABASE_URL',
  'REDIS_URL',
  'RESEND_API_KEY',
  'RESEND_WEBHOOK_SECRET',
  'SMTP_URL',
  'METRICS_TOKEN',
  'NEXT_SERVER_ACTIONS_ENCRYPTION_KEY',
] as const;

/**
 * The secrets from files, and what is wrong with files that contain none, as `NAME_FILE: reason`.
 */
export function readSecretFiles(source: Record<string, string | undefined>): {
  values: Record<string, string>;
  problems: string[];
} {
  const values: Record<string, string> = {};
  const problems: string[] = [];
  for (const name of SECRET_NAMES) {
    const file = source[`${name}_FILE`];
    if (!file) continue;
    if (source[name]) {
      problems.push(`${name}_FILE: ${name} is set as well; set one of them`);
      continue;
    }
    try {
      const value = readFileSync(file, 'utf8')
        .replace(/^\ufeff/, '')
        .trim();
      if (value) values[name] = value;
      else problems.push(`${name}_FILE: ${file} is empty`);
    } catch (error) {
      problems.push(`${name}_FILE: ${file} cannot be read (${(error as NodeJS.ErrnoException).code})`);
    }
  }
  return { values, problems };
}
