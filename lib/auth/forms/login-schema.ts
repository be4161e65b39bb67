import * as v from 'valibot';
import { demand, isShort, isThere, MISSING, text } from './form-schema.ts';

/** What is typed to log in. By itself, as the page that most see first needs none of the other rules. */
export const loginSchema = v.object(
  {
    identifier: v.pipe(
      text,
      v.transform((identifier) => identifier.trim()),
      demand((identifier) => identifier !== '' && !identifier.includes('\0'), 'identifierMissing'),
      demand(isShort, 'credentialsWrong'),
    ),
    password: v.pipe(text, demand(isThere, 'passwordMissing'), demand(isShort, 'credentialsWrong')),
  },
  MISSING,
);
