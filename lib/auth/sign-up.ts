import { insertUser, selectTakenKeys } from '#db/queries/users.ts';
import type { Locale } from '#lib/i18n/config.ts';
import { foldEmail, foldUsername } from '#lib/text/fold.ts';
import { peopleKeys } from '#lib/text/people-keys.ts';
import { isCommonPassword } from './common-passwords.ts';
import { parseForm } from './form-schema.ts';
import type { FieldErrors } from './form-state.ts';
import { hashPassword } from './passwords.ts';
import { signupSchema } from './schemas.ts';
import { sendVerifyMail } from './verify-email.ts';

export type SignUpResult =
  | { ok: true; userId: string; username: string; password: string }
  | { ok: false; errors: FieldErrors };

function toTakenErrors(taken: { isUsernameTaken: boolean; isEmailTaken: boolean }): FieldErrors {
  return {
    ...(taken.isUsernameTaken && { username: 'usernameTaken' }),
    ...(taken.isEmailTaken && { email: 'emailTaken' }),
  };
}

/**
 * Makes an account, or says what to mend, field by field and all at once. Sends a mail that asks to
 * confirm the address; when that cannot be queued the account stands all the same.
 */
export async function signUp(input: unknown, locale: Locale): Promise<SignUpResult> {
  const parsed = parseForm(signupSchema, input);
  const errors: FieldErrors = parsed.ok ? {} : { ...parsed.errors };
  const { username, email, password } = { username: '', email: '', password: '', ...(input as object) };
  if (!errors.password && (await isCommonPassword(password))) errors.password = 'passwordCommon';
  if (!parsed.ok || errors.password) {
    // Only what could be a name or an address is looked up; the rest has its error already.
    const taken = await selectTakenKeys(
      errors.username ? '' : foldUsername(username.trim()),
      errors.email ? '' : foldEmail(email),
    );
    return { ok: false, errors: { ...toTakenErrors(taken), ...errors } };
  }

  const person = parsed.data;
  const inserted = await insertUser({
    username: person.username,
    usernameKey: foldUsername(person.username),
    searchKeys: peopleKeys(person.username),
    email: person.email,
    emailKey: foldEmail(person.email),
    passwordHash: await hashPassword(person.password),
    locale,
  });
  if (!('id' in inserted)) return { ok: false, errors: toTakenErrors(inserted) };
  await sendVerifyMail({ id: inserted.id, username: person.username, email: person.email, locale });
  return { ok: true, userId: inserted.id, username: person.username, password: person.password };
}
