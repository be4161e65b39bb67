import * as v from 'valibot';
import type { ErrorCode, FieldErrors } from './form-state.ts';

/** A form's fields and what is demanded of them; its messages are error codes. */
export type FormSchema<Data = Record<string, string>> = v.GenericSchema<unknown, Data> & {
  entries: Record<string, unknown>;
};

export type ParsedForm<Data> = { ok: true; data: Data } | { ok: false; errors: FieldErrors };

/** A demand on what was typed, and what is said when it is not met. */
export const demand = <Input>(isMet: (input: Input) => boolean, otherwise: ErrorCode) =>
  v.check<Input, ErrorCode>(isMet, otherwise);

/** What a field is refused with that was not posted, or not as text. */
export const MISSING = 'fieldMissing' satisfies ErrorCode;
export const text = v.string(MISSING);
export const isThere = (typed: string) => typed !== '';
/** Longer input is no account's; it is refused before it costs a hash or is composed. */
export const isShort = (typed: string) => typed.length <= 1024;

/**
 * Reads a posted form, alike in the browser and on the server, and says all that is wrong with it at once:
 * one reason for each field, in the form's order. What the schema does not name is left out.
 */
export function parseForm<Data>(schema: FormSchema<Data>, input: unknown): ParsedForm<Data> {
  // A copy has its own properties alone, which is what was posted.
  const given = typeof input === 'object' ? { ...input } : {};
  const { success, output, issues } = v.safeParse(schema, given);
  if (success) return { ok: true, data: output };
  const errors: FieldErrors = {};
  for (const name of Object.keys(schema.entries)) {
    const first = issues.find(({ path }) => path?.[0].key === name);
    if (first) errors[name] = first.message as ErrorCode;
  }
  return { ok: false, errors };
}
