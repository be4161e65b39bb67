import type { ErrorCode, FieldErrors } from './form-state.ts';

/** A demand on what was typed, and what is said when it is not met. */
export type Demand<Input> = readonly [isMet: (input: Input) => boolean, otherwise: ErrorCode];

export type FieldSchema = {
  /** Makes of what was typed what is kept. */
  clean?: (typed: string) => string;
  demands: readonly Demand<string>[];
};

export type FormSchema<Name extends string = string> = {
  fields: Record<Name, FieldSchema>;
  /** Demands on one field that need the others; said where the field itself is in order. */
  across?: Partial<Record<Name, Demand<Record<Name, string>>>>;
};

export type ParsedForm<Name extends string> =
  | { ok: true; data: Record<Name, string> }
  | { ok: false; errors: FieldErrors };

/** The field as it is kept, or the first demand that it does not meet. */
export function parseField(schema: FieldSchema, typed: string): { text: string; error?: ErrorCode } {
  const text = schema.clean?.(typed) ?? typed;
  return { text, error: schema.demands.find(([isMet]) => !isMet(text))?.[1] };
}

/**
 * Reads a posted form, alike in the browser and on the server, and says all that is wrong with it at once:
 * one reason for each field, in the form's order. What the schema does not name is left out. The forms are
 * the one place where the product has rules of its own and not zod's: zod is 20 kB of each login page.
 */
export function parseForm<Name extends string>(schema: FormSchema<Name>, input: unknown): ParsedForm<Name> {
  const given = (typeof input === 'object' && input !== null ? input : {}) as Record<string, unknown>;
  const names = Object.keys(schema.fields) as Name[];
  const data = {} as Record<Name, string>;
  const errors: Partial<Record<Name, ErrorCode>> = {};
  for (const name of names) {
    const typed = Object.hasOwn(given, name) ? given[name] : undefined;
    if (typeof typed !== 'string') {
      errors[name] = 'fieldMissing';
      continue;
    }
    const { text, error } = parseField(schema.fields[name], typed);
    data[name] = text;
    if (error) errors[name] = error;
  }
  const isWhole = names.every((name) => name in data);
  const all: FieldErrors = {};
  for (const name of names) {
    const across = isWhole ? schema.across?.[name] : undefined;
    const error = errors[name] ?? (across && !across[0](data) ? across[1] : undefined);
    if (error) all[name] = error;
  }
  return Object.keys(all).length === 0 ? { ok: true, data } : { ok: false, errors: all };
}
