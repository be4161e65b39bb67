import { pino } from 'pino';
import { getEnv } from './env.ts';
import { memo } from './memo.ts';

/** The process's logger. Credentials, cookies, message texts and addresses are never passed to it; the list below is the second fence. */
export function getLog() {
  return memo('log', () =>
    pino({
      level: getEnv().LOG_LEVEL,
      base: undefined,
      redact: {
        paths: [
          'password',
          '*.password',
          'token',
          '*.token',
          'cookie',
          '*.cookie',
          'body',
          '*.body',
          'email',
          '*.email',
          'address',
          '*.address',
        ],
        censor: '[hidden]',
      },
    }),
  );
}
