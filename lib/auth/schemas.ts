import * as z from 'zod/mini';
import { foldEmail, foldUsername } from '#lib/text/fold.ts';

/**
 * What people type into the account forms, checked alike in the browser and on the server. Messages
 * are codes: keys under `errors` in the auth catalogue. Of several for one field the first counts.
 */

const count = (text: string) => [...text].length;

const LETTERS = /^[\p{L}\p{N}_.-][\p{L}\p{M}\p{N}_.-]*$/u;
/** Fillers, joiners, selectors and bidi controls: they draw nothing and let two names look alike. */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/u;
/** No script stacks more marks than this on a letter; more is drawn over the neighbours. */
const STACKED_MARKS = /\p{M}{4}/u;

export const usernameSchema = z.string().check(
  z.overwrite((name) => name.trim().normalize('NFC')),
  z.refine((name) => name !== '', { error: 'usernameMissing' }),
  z.refine((name) => count(name) >= 3 && count(name) <= 30, { error: 'usernameLength' }),
  z.refine(
    (name) =>
      LETTERS.test(name) && /[\p{L}\p{N}]/u.test(name) && !INVISIBLE.test(name) && !STACKED_MARKS.test(name),
    { error: 'usernameCharacters' },
  ),
);

export const emailSchema = z.string().check(
  z.overwrite((email) => email.trim().normalize('NFKC')),
  z.refine((email) => email !== '', { error: 'emailMissing' }),
  // 254 is the longest address that SMTP can carry (RFC 5321, 4.5.3.1.3).
  z.refine((email) => email.length <= 254 && z.regexes.email.test(email), { error: 'emailInvalid' }),
);

export const passwordSchema = z.string().check(
  z.refine((password) => password !== '', { error: 'passwordMissing' }),
  z.refine((password) => count(password) >= 8, { error: 'passwordShort' }),
  z.refine((password) => count(password) <= 256, { error: 'passwordLong' }),
  z.refine((password) => !/^\p{Nd}+$/u.test(password.normalize('NFKC')), { error: 'passwordDigits' }),
);

/** A name of this length or more may not stand in a password; a shorter one may not make up half of it. */
const NAME_LENGTH = 4;

/** True when a password is, contains or is contained in the username, the address or its local part. */
export function isLikeName(password: string, username: string, email: string): boolean {
  const folded = foldUsername(password);
  const address = foldEmail(email);
  return [foldUsername(username), address, address.split('@')[0] ?? '']
    .filter((name) => name !== '')
    .some((name) => {
      if (name.includes(folded)) return true;
      const rest = count(folded.replaceAll(name, ''));
      return count(name) >= NAME_LENGTH ? rest < count(folded) : rest * 2 <= count(folded);
    });
}

/** Fields are only ever refined, never aborted, so this is said together with their errors. */
const makeConfirmCheck = () =>
  z.refine<{ password: string; confirmPassword: string }>((form) => form.password === form.confirmPassword, {
    path: ['confirmPassword'],
    error: 'passwordMismatch',
  });

export const signupSchema = z
  .object({
    username: usernameSchema,
    email: emailSchema,
    password: passwordSchema,
    confirmPassword: z.string(),
  })
  .check(
    makeConfirmCheck(),
    z.refine((form) => !isLikeName(form.password, form.username, form.email), {
      path: ['password'],
      error: 'passwordLikeName',
    }),
  );

/** Longer input is no account's; it is refused before it costs a hash. */
const TYPED_LENGTH = 1024;

export const loginSchema = z.object({
  identifier: z.string().check(
    z.overwrite((identifier) => identifier.trim()),
    z.refine((identifier) => identifier !== '' && !identifier.includes('\0'), { error: 'identifierMissing' }),
    z.maxLength(TYPED_LENGTH, { error: 'credentialsWrong' }),
  ),
  password: z.string().check(
    z.refine((password) => password !== '', { error: 'passwordMissing' }),
    z.maxLength(TYPED_LENGTH, { error: 'credentialsWrong' }),
  ),
});

export const forgotPasswordSchema = z.object({ email: emailSchema });

export const resetPasswordSchema = z
  .object({ token: z.string(), password: passwordSchema, confirmPassword: z.string() })
  .check(makeConfirmCheck());

const currentPasswordSchema = z.string().check(
  z.refine((password) => password !== '', { error: 'currentPasswordMissing' }),
  z.maxLength(TYPED_LENGTH, { error: 'currentPasswordWrong' }),
);

export const changePasswordSchema = z
  .object({
    currentPassword: currentPasswordSchema,
    password: passwordSchema,
    confirmPassword: z.string(),
  })
  .check(makeConfirmCheck());

export const changeEmailSchema = z.object({ email: emailSchema, currentPassword: currentPasswordSchema });
