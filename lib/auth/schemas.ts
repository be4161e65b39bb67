import { foldEmail, foldUsername } from '#lib/text/fold.ts';
import type { Demand, FieldSchema, FormSchema } from './form-schema.ts';

/**
 * What people type into the account forms, checked alike in the browser and on the server. Of several
 * reasons to refuse a field the first counts.
 */

const count = (text: string) => [...text].length;
const isThere = (text: string) => text !== '';

const LETTERS = /^[\p{L}\p{N}_.-][\p{L}\p{M}\p{N}_.-]*$/u;
/** Fillers, joiners, selectors and bidi controls: they draw nothing and let two names look alike. */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/u;
/** No script stacks more marks than this on a letter; more is drawn over the neighbours. */
const STACKED_MARKS = /\p{M}{4}/u;

export const usernameSchema: FieldSchema = {
  clean: (name) => name.trim().normalize('NFC'),
  demands: [
    [isThere, 'usernameMissing'],
    [(name) => count(name) >= 3 && count(name) <= 30, 'usernameLength'],
    [
      (name) =>
        LETTERS.test(name) &&
        /[\p{L}\p{N}]/u.test(name) &&
        !INVISIBLE.test(name) &&
        !STACKED_MARKS.test(name),
      'usernameCharacters',
    ],
  ],
};

/** Zod's own, which leaves out what the standard allows and nobody has. */
const ADDRESS =
  /^(?:[A-Za-z0-9_'+-]+\.)*[A-Za-z0-9_'+-]*[A-Za-z0-9_+-]@(?:[A-Za-z0-9][A-Za-z0-9-]*\.)+[A-Za-z]{2,}$/;

export const emailSchema: FieldSchema = {
  clean: (email) => email.trim().normalize('NFKC'),
  demands: [
    [isThere, 'emailMissing'],
    // 254 is the longest address that SMTP can carry (RFC 5321, 4.5.3.1.3).
    [(email) => email.length <= 254 && ADDRESS.test(email), 'emailInvalid'],
  ],
};

export const passwordSchema: FieldSchema = {
  demands: [
    [isThere, 'passwordMissing'],
    [(password) => count(password) >= 8, 'passwordShort'],
    [(password) => count(password) <= 256, 'passwordLong'],
    [(password) => !/^\p{Nd}+$/u.test(password.normalize('NFKC')), 'passwordDigits'],
  ],
};

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

const repeated: FieldSchema = { demands: [] };
const isRepeated: Demand<{ password: string; confirmPassword: string }> = [
  (form) => form.password === form.confirmPassword,
  'passwordMismatch',
];

export const signupSchema: FormSchema<'username' | 'email' | 'password' | 'confirmPassword'> = {
  fields: {
    username: usernameSchema,
    email: emailSchema,
    password: passwordSchema,
    confirmPassword: repeated,
  },
  across: {
    password: [(form) => !isLikeName(form.password, form.username, form.email), 'passwordLikeName'],
    confirmPassword: isRepeated,
  },
};

/** Longer input is no account's; it is refused before it costs a hash. */
const isShort = (text: string) => text.length <= 1024;

export const loginSchema: FormSchema<'identifier' | 'password'> = {
  fields: {
    identifier: {
      clean: (identifier) => identifier.trim(),
      demands: [
        [(identifier) => identifier !== '' && !identifier.includes('\0'), 'identifierMissing'],
        [isShort, 'credentialsWrong'],
      ],
    },
    password: {
      demands: [
        [isThere, 'passwordMissing'],
        [isShort, 'credentialsWrong'],
      ],
    },
  },
};

export const forgotPasswordSchema: FormSchema<'email'> = { fields: { email: emailSchema } };

export const resetPasswordSchema: FormSchema<'token' | 'password' | 'confirmPassword'> = {
  fields: { token: { demands: [] }, password: passwordSchema, confirmPassword: repeated },
  across: { confirmPassword: isRepeated },
};

const currentPasswordSchema: FieldSchema = {
  demands: [
    [isThere, 'currentPasswordMissing'],
    [isShort, 'currentPasswordWrong'],
  ],
};

export const changePasswordSchema: FormSchema<'currentPassword' | 'password' | 'confirmPassword'> = {
  fields: { currentPassword: currentPasswordSchema, password: passwordSchema, confirmPassword: repeated },
  across: { confirmPassword: isRepeated },
};

export const changeEmailSchema: FormSchema<'email' | 'currentPassword'> = {
  fields: { email: emailSchema, currentPassword: currentPasswordSchema },
};
