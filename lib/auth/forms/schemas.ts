import * as v from 'valibot';
import { toAsciiAddress } from '#lib/text/email-address.ts';
import { foldEmail, foldUsername, MAX_NAME_LENGTH } from '#lib/text/fold.ts';
import { demand, isShort, isThere, MISSING, text } from './form-schema.ts';
import type { ErrorCode } from './form-state.ts';

/**
 * What people type into the account forms, checked alike in the browser and on the server. Of several
 * reasons to refuse a field the first counts.
 */

const count = (text: string) => [...text].length;

const LETTERS = /^[\p{L}\p{N}_.-][\p{L}\p{M}\p{N}_.-]*$/u;
/** Fillers, joiners, selectors and bidi controls: they draw nothing and let two names look alike. */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/u;
/** No script stacks more marks than this on a letter; more is drawn over the neighbours. */
const STACKED_MARKS = /\p{M}{4}/u;

const MISMATCH = 'passwordMismatch' satisfies ErrorCode;
const LIKE_NAME = 'passwordLikeName' satisfies ErrorCode;

export const usernameSchema = v.pipe(
  text,
  // Before it is composed, whose time can grow with the square of the length.
  demand(isShort, 'usernameLength'),
  v.transform((name) => name.trim().normalize('NFC')),
  demand(isThere, 'usernameMissing'),
  demand((name) => count(name) >= 3 && count(name) <= MAX_NAME_LENGTH, 'usernameLength'),
  demand(
    (name) =>
      LETTERS.test(name) && /[\p{L}\p{N}]/u.test(name) && !INVISIBLE.test(name) && !STACKED_MARKS.test(name),
    'usernameCharacters',
  ),
);

/**
 * The letters that people's addresses have, of those that the standard allows, with the lengths of
 * RFC 5321 (4.5.3.1.1) and RFC 1035 (2.3.4), and top-level domains of any script.
 */
const ADDRESS =
  /^(?=[^@]{1,64}@)(?:[a-z0-9_'+-]+\.)*[a-z0-9_'+-]*[a-z0-9_+-]@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59})$/i;

/** Of the part before the @ only ASCII reaches every server on the way (docs/decisions/016). */
const hasAsciiName = (email: string) => /^[\x20-\x7e]*$/.test(email.slice(0, email.lastIndexOf('@')));

export const emailSchema = v.pipe(
  text,
  demand(isShort, 'emailInvalid'),
  v.transform((email) => toAsciiAddress(email.trim().normalize('NFKC'))),
  demand(isThere, 'emailMissing'),
  demand((email) => hasAsciiName(email), 'emailName'),
  // 254 is the longest address that SMTP can carry (RFC 5321, 4.5.3.1.3).
  demand((email) => email.length <= 254 && ADDRESS.test(email), 'emailInvalid'),
);

const passwordSchema = v.pipe(
  text,
  demand(isThere, 'passwordMissing'),
  demand((password) => count(password) >= 8, 'passwordShort'),
  demand((password) => count(password) <= 256, 'passwordLong'),
  // Every demand is looked at, so this one must not cost more for what is too long anyway.
  demand(
    (password) => !isShort(password) || !/^\p{Nd}+$/u.test(password.normalize('NFKC')),
    'passwordDigits',
  ),
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

type Repeated = { password: string; confirmPassword: string };
const isRepeated = (form: Repeated) => form.password === form.confirmPassword;

export const signupSchema = v.pipe(
  v.object(
    { username: usernameSchema, email: emailSchema, password: passwordSchema, confirmPassword: text },
    MISSING,
  ),
  v.forward(
    v.check(
      (form) => !isShort(form.password) || !isLikeName(form.password, form.username, form.email),
      LIKE_NAME,
    ),
    ['password'],
  ),
  v.forward(
    v.check((form) => isRepeated(form), MISMATCH),
    ['confirmPassword'],
  ),
);

export const forgotPasswordSchema = v.object({ email: emailSchema }, MISSING);

export const resetPasswordSchema = v.pipe(
  v.object({ token: text, password: passwordSchema, confirmPassword: text }, MISSING),
  v.forward(
    v.check((form) => isRepeated(form), MISMATCH),
    ['confirmPassword'],
  ),
);

const currentPasswordSchema = v.pipe(
  text,
  demand(isThere, 'currentPasswordMissing'),
  demand(isShort, 'currentPasswordWrong'),
);

export const changePasswordSchema = v.pipe(
  v.object(
    { currentPassword: currentPasswordSchema, password: passwordSchema, confirmPassword: text },
    MISSING,
  ),
  v.forward(
    v.check((form) => isRepeated(form), MISMATCH),
    ['confirmPassword'],
  ),
);

export const changeEmailSchema = v.object(
  { email: emailSchema, currentPassword: currentPasswordSchema },
  MISSING,
);
