import { pino, stdSerializers } from 'pino';
import { hideParams } from '#db/query-error.ts';
import { getEnv } from './env.ts';
import { defineSingleton } from './singleton.ts';

/**
 * An error without the values of the query that failed, without the row that PostgreSQL quotes, and
 * without the connection that pg hangs on the error of a lost one, whose queries wait in it.
 */
export function serializeError(error: Error): object {
  const { params, parameters, query, detail, where, client, ...rest } = stdSerializers.err(
    error,
  ) as unknown as Record<string, unknown>;
  return Object.fromEntries(
    Object.entries(rest).map(([key, value]) => [key, typeof value === 'string' ? hideParams(value) : value]),
  );
}

export const logSingleton = defineSingleton('log', () =>
  pino({
    level: getEnv().LOG_LEVEL,
    base: undefined,
    serializers: { err: serializeError },
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

/** The process's logger. Credentials, cookies, message texts and addresses are never passed to it; `redact` is the second fence. */
export function getLog() {
  return logSingleton.get();
}
