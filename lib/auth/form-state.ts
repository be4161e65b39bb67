import type { Messages } from '#lib/i18n/translator.ts';

/** A reason why a form was refused: a key under `errors` in the auth catalogue. */
export type ErrorCode = keyof Messages['auth']['errors'];
export type FieldErrors = Record<string, ErrorCode>;

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

/** The text fields of a posted form, without those that Next adds: files are left out, and of a repeated field its first text counts. */
export function readFields(form: FormData): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const [name, value] of form) {
    if (typeof value === 'string' && !name.startsWith('$')) fields[name] ??= value;
  }
  return fields;
}

/** What may be shown again: everything typed but passwords. */
export function keepValues(fields: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !/password|token/i.test(name)));
}
