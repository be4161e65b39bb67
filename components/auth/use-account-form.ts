'use client';

import { type FormEvent, useActionState, useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useGuardedAction } from '#components/ui/use-guarded-action.ts';
import { type FormSchema, parseForm } from '#lib/auth/forms/form-schema.ts';
import {
  type FieldErrors,
  type FormAction,
  type FormState,
  keepValues,
  readFields,
} from '#lib/auth/forms/form-state.ts';
import { formatRetry } from './format-retry.ts';

/** What an account form is given; with `isFocused` its first field has the focus from the start. */
export type FormProps = { action: FormAction; isFocused: boolean };

const untouched: FormState = {};

/**
 * State of an account form: posts to a server action, also before scripts run; then checks with the
 * same schema first. A refused form keeps what was typed and puts the focus on the first bad field. Of
 * passwords it keeps those that the server has nothing against; they live in the page alone.
 *
 * @param focused the field that has the focus from the start, if any.
 */
export function useAccountForm(action: FormAction, schema: FormSchema, focused?: string) {
  const t = useTranslations('auth');
  const [state, formAction, isPending] = useActionState(
    useGuardedAction(action, (loss, form) => ({ formError: loss, values: keepValues(readFields(form)) })),
    untouched,
  );
  // What this browser refused, and the server's answer that stood then: a newer answer replaces it.
  const [refused, setRefused] = useState<{ errors: FieldErrors; since: FormState } | null>(null);
  const ref = useRef<HTMLFormElement>(null);
  const sent = useRef<Record<string, string>>({});
  const isRefusedHere = refused?.since === state;
  const errors = (isRefusedHere ? refused.errors : state.errors) ?? {};
  const firstBad = Object.keys(errors)[0];

  const answered = useRef<unknown>(state);
  useEffect(() => {
    const answer = isRefusedHere ? refused : state;
    // In the server's HTML the autofocus attribute has done this already.
    if (answered.current === answer) return;
    answered.current = answer;
    // React has emptied what the server answered.
    if (answer === state && !state.isDone) restorePasswords(ref.current, sent.current, state.errors);
    ref.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [state, refused, isRefusedHere]);

  function onSubmit(event: FormEvent<HTMLFormElement>) {
    sent.current = readFields(new FormData(event.currentTarget));
    const parsed = parseForm(schema, sent.current);
    if (parsed.ok) return;
    event.preventDefault();
    setRefused({ errors: parsed.errors, since: state });
  }

  function getMessage(): string | undefined {
    if (isRefusedHere) return undefined;
    if (state.retryAfterMs !== undefined) return formatRetry(t, state.retryAfterMs);
    return state.formError && t(`errors.${state.formError}`);
  }

  return {
    form: { ref, action: formAction, onSubmit, noValidate: true },
    isPending,
    isDone: state.isDone === true && !isRefusedHere,
    message: getMessage(),
    /** Props of the input with this name; the hint gives way to an error, which says more. */
    field: (name: string, hint?: string) => ({
      name,
      hint: errors[name] ? undefined : hint,
      error: errors[name] && t(`errors.${errors[name]}`),
      defaultValue: state.values?.[name],
      autoFocus: name === (firstBad ?? focused),
      required: true,
    }),
  };
}

/** Puts the passwords back that were not refused; with a refused one goes its repetition. */
function restorePasswords(
  form: HTMLFormElement | null,
  sent: Record<string, string>,
  errors: FieldErrors = {},
): void {
  for (const input of form?.querySelectorAll<HTMLInputElement>('[autocomplete$="password"]') ?? []) {
    const isRefused = errors[input.name] || (input.name === 'confirmPassword' && errors.password);
    if (!isRefused) input.value = sent[input.name] ?? '';
  }
}
