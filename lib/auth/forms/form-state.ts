import type { Messages } from '#lib/i18n/translator.ts';
import { type Err, err } from '#lib/runtime/result.ts';

/** A reason why a form was refused: a key under `errors` in the auth catalogue. */
export type ErrorCode = keyof Messages['auth']['errors'];
export type FieldErrors = Record<string, ErrorCode>;

/** Why the domain refused what a form asked for. */
export type FormFault =
  | InvalidFields
  | { code: 'rate_limited'; retryAfterMs: number }
  /** What concerns no single field. */
  | { code: 'unavailable' | 'proofNeeded' };
/** Something to mend, by field name. */
export type InvalidFields = { code: 'invalid'; fields: FieldErrors };

/** Refuses fields with one reason each. */
export const refuseFields = (fields: FieldErrors): Err<InvalidFields> => err({ code: 'invalid', fields });

/** What an account form knows after it was sent; the same before and after scripts run. */
export type FormState = {
  /** By field name. */
  errors?: FieldErrors;
  /** What concerns no single field. */
  formError?: ErrorCode;
  /** Too many tries: when the next one is allowed. */
  retryAfterMs?: number;
  /** What was typed, to be kept; never a password. */
  values?: Record<string, string>;
  isDone?: boolean;
};

export type FormAction = (state: FormState, form: FormData) => Promise<FormState>;

/**
 * The text fields of a posted form, without those that Next adds: files are left out, and of a repeated field its first
 * text counts. What is no form has none, as an action can be called with anything.
 */
export function readFields(form: unknown): Record<string, string> {
  const fields: Record<string, string> = {};
  if (!(form instanceof FormData)) return fields;
  for (const [name, value] of form) {
    if (typeof value === 'string' && !name.startsWith('$')) fields[name] ??= value;
  }
  return fields;
}

/** What may be shown again: everything typed but passwords and the secrets of mailed links. */
export function keepValues(fields: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).filter(([name]) => !/password|token|^change$/i.test(name)),
  );
}
