import { headers } from 'next/headers';
import { unstable_rethrow } from 'next/navigation';
import { type FormSchema, parseForm } from '#lib/auth/forms/form-schema.ts';
import { type FormFault, type FormState, keepValues, readFields } from '#lib/auth/forms/form-state.ts';
import { type RequestOrigin, readRequestOrigin } from '#lib/auth/sessions/request-origin.ts';
import { getLog } from '#lib/runtime/log.ts';
import { consumeLimits, type LimitName } from '#lib/runtime/rate-limit.ts';
import type { Result } from '#lib/runtime/result.ts';
import { logSecurity, type SecurityEvent } from '../auth/log-security.ts';

type Fields = Record<string, string>;

/** A form as it was posted. */
type FormCall<User, Data> = {
  /** What `who` found. */
  user: User;
  fields: Fields;
  /** The fields as the schema made them. */
  data: Data;
  origin: RequestOrigin;
};

type FormRules<User, Data> = {
  /** Who may post it; sends everybody else elsewhere. */
  who?: (fields: Fields) => Promise<User>;
  schema?: FormSchema<Data>;
  /** What a post that passed the schema counts against. */
  limits?: (call: FormCall<User, Data>) => [name: LimitName, key: string][];
  /** What is logged of a post that is over a limit. */
  event?: SecurityEvent;
  /** True where what was typed also stays once it was taken. */
  keepsTyped?: boolean;
};

/**
 * Answers a posted form, with scripts or without: who it is, what was typed, limits, and then what the form is for.
 * Faults come back as the form's state, beside the fields they are about, and with all that was typed but secrets. What
 * nobody expects is logged and told in a sentence.
 */
export async function answerForm<User = undefined, Data = undefined>(
  form: unknown,
  rules: FormRules<User, Data>,
  run: (call: FormCall<User, Data>) => Promise<Result<unknown, FormFault>>,
): Promise<FormState> {
  const fields = readFields(form);
  const values = keepValues(fields);
  try {
    const user = (await rules.who?.(fields)) as User;
    const parsed = rules.schema ? parseForm(rules.schema, fields) : { ok: true as const, data: undefined };
    if (!parsed.ok) return { errors: parsed.errors, values };
    const call = { user, fields, data: parsed.data as Data, origin: readRequestOrigin(await headers()) };
    const limit = await consumeLimits(rules.limits?.(call) ?? []);
    if (!limit.ok) {
      if (rules.event) logSecurity(rules.event, 'limited', { origin: call.origin });
      return { retryAfterMs: limit.retryAfterMs, values };
    }
    const result = await run(call);
    if (!result.ok) return { ...toState(result.error), values };
    return { isDone: true, ...(rules.keepsTyped && { values }) };
  } catch (error) {
    // Redirects and the like go on their way.
    unstable_rethrow(error);
    getLog().error({ err: error, event: rules.event }, 'form action failed');
    return { formError: 'unavailable', values };
  }
}

function toState(fault: FormFault): FormState {
  if (fault.code === 'invalid') return { errors: fault.fields };
  if (fault.code === 'rate_limited') return { retryAfterMs: fault.retryAfterMs };
  return { formError: fault.code };
}
