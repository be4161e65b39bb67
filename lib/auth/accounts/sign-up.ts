import { insertUser, selectTakenKeys, type Taken } from '#db/queries/users.ts';
import type { Locale } from '#lib/i18n/config.ts';
import { ok, type Result } from '#lib/runtime/result.ts';
import { foldEmail, foldUsername } from '#lib/text/fold.ts';
import { peopleKeys } from '#lib/text/people-keys.ts';
import { toSkeleton } from '#lib/text/skeleton.ts';
import { parseForm } from '../forms/form-schema.ts';
import { type ErrorCode, type FieldErrors, type InvalidFields, refuseFields } from '../forms/form-state.ts';
import { signupSchema } from '../forms/schemas.ts';
import { type Client, logSecurity } from '../log-security.ts';
import { isOfOneScript } from '../names/name-scripts.ts';
import { isReservedName } from '../names/reserved-names.ts';
import { isCommonPassword } from '../passwords/common-passwords.ts';
import { hashPassword } from '../passwords/passwords.ts';
import { sendVerifyMail } from './verify-email.ts';

export type SignUpResult = Result<{ userId: string; username: string; password: string }, InvalidFields>;

function toTakenErrors({ isUsernameTaken, isUsernameAlike, isEmailTaken }: Taken): FieldErrors {
  return {
    ...(isUsernameAlike && { username: 'usernameAlike' }),
    ...(isUsernameTaken && { username: 'usernameTaken' }),
    ...(isEmailTaken && { email: 'emailTaken' }),
  };
}

/** Why nobody new may be called so, whoever has the name; undefined when they may. */
function findNameFault(username: string): ErrorCode | undefined {
  if (!isOfOneScript(username)) return 'usernameScripts';
  return isReservedName(username) ? 'usernameReserved' : undefined;
}

/** The keys that make a person unique. */
const toKeys = ({ username, email }: { username?: string; email?: string }) => ({
  ...(username !== undefined && {
    usernameKey: foldUsername(username),
    usernameSkeleton: toSkeleton(username),
  }),
  ...(email !== undefined && { emailKey: foldEmail(email) }),
});

/** All that is wrong with what was typed but what is taken; of what has no error `usable` holds the fields. */
async function findFaults(input: unknown) {
  const parsed = parseForm(signupSchema, input);
  const errors: FieldErrors = parsed.ok ? {} : { ...parsed.errors };
  const typed = input as Record<'username' | 'email' | 'password', string>;
  const usable = {
    ...(!errors.username && { username: typed.username.trim() }),
    ...(!errors.email && { email: typed.email }),
  };
  const nameFault = usable.username === undefined ? undefined : findNameFault(usable.username);
  if (nameFault) errors.username = nameFault;
  const own = Object.values(usable).filter((text) => text !== undefined);
  if (!errors.password && (await isCommonPassword(typed.password, own))) errors.password = 'passwordCommon';
  return { person: parsed.ok ? parsed.data : undefined, errors, usable };
}

/**
 * Makes an account, or says what to mend, field by field and all at once. Sends a mail that asks to
 * confirm the address; when that cannot be queued the account stands all the same.
 */
export async function signUp(input: unknown, locale: Locale, origin?: Client): Promise<SignUpResult> {
  const { person, errors, usable } = await findFaults(input);
  if (!person || Object.keys(errors).length > 0) {
    // Only what could be a name or an address is looked up; the rest has its error already.
    const taken = await selectTakenKeys(toKeys(usable));
    return refuse({ ...toTakenErrors(taken), ...errors }, origin);
  }

  const { username, email, password } = person;
  const inserted = await insertUser({
    username,
    usernameKey: foldUsername(username),
    usernameSkeleton: toSkeleton(username),
    searchKeys: peopleKeys(username),
    email,
    emailKey: foldEmail(email),
    passwordHash: await hashPassword(password),
    locale,
  });
  if (!('id' in inserted)) return refuse(toTakenErrors(inserted), origin);
  logSecurity('signup', 'ok', { userId: inserted.id, origin });
  await sendVerifyMail({ id: inserted.id, username, email, locale });
  return ok({ userId: inserted.id, username, password });
}

function refuse(errors: FieldErrors, origin?: Client): SignUpResult {
  logSecurity('signup', 'failed', { origin });
  return refuseFields(errors);
}
