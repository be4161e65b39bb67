import { pino, stdSerializers } from 'pino';
import { getEnv } from './env.ts';
import { memo } from './memo.ts';

/**
 * An error without the values of the query that failed: drizzle puts them into the message, the stack
 * and properties, and they are addresses, hashes and texts.
 */
function serializeError(error: Error): object {
  const { params, parameters, query, ...rest } = stdSerializers.err(error) as unknown as Record<
    string,
    unknown
  >;
  return Object.fromEntries(
    Object.entries(rest).map(([key, value]) => [key, typeof value === 'string' ? hideParams(value) : value]),
  );
}

/** Cuts the line "params: …" that drizzle adds, and what follows of the values, up to the stack frames. */
const hideParams = (text: string) => text.replace(/\nparams:[\s\S]*?(?=\n\s+at |\ncaused by: |$)/g, '');

/** The process's logger. Credentials, cookies, message texts and addresses are never passed to it; the list below is the second fence. */
export function getLog() {
  return memo('log', () =>
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
}
