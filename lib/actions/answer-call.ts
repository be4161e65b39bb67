import { unstable_rethrow } from 'next/navigation';
import { type GenericSchema, type InferOutput, safeParse } from 'valibot';
import type { CurrentUser } from '#lib/auth/sessions/current-user.ts';
import { getLog } from '#lib/runtime/log.ts';
import { consumeLimit, type LimitName } from '#lib/runtime/rate-limit.ts';
import type { ChatResult } from '../chat/types.ts';
import { fail } from '../chat/wire.ts';

type CallRules<Schema extends GenericSchema> = {
  /** Who may call: with `requireUser` others are sent to log in, with `getCurrentUser` they are told `unauthorized`. */
  who: () => Promise<CurrentUser | null>;
  schema: Schema;
  limit: LimitName;
};

/**
 * Answers a call that scripts make of a server action: session, input, limit, and then what it is for, which gets the
 * caller's id and the input as the schema made it. What nobody expects is logged and told as `unavailable`.
 */
export async function answerCall<Schema extends GenericSchema, T>(
  input: unknown,
  { who, schema, limit }: CallRules<Schema>,
  run: (viewerId: string, input: InferOutput<Schema>) => Promise<ChatResult<T>>,
): Promise<ChatResult<T>> {
  try {
    const user = await who();
    if (!user) return fail('unauthorized');
    const parsed = safeParse(schema, input);
    if (!parsed.success) return fail('invalid');
    const allowance = await consumeLimit(limit, user.userId);
    if (!allowance.ok) return fail('rate_limited', allowance.retryAfterMs);
    return await run(user.userId, parsed.output);
  } catch (error) {
    // Redirects and the like go on their way.
    unstable_rethrow(error);
    getLog().error({ err: error, limit }, 'action failed');
    return fail('unavailable');
  }
}
