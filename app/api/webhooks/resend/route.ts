import { getResend } from '#lib/email/transports/resend-client.ts';
import { handleResendEvent } from '#lib/email/webhooks/handle-resend-event.ts';
import { getEnv } from '#lib/runtime/env.ts';
import { getLog } from '#lib/runtime/log.ts';

/** Real events are a few kilobytes. */
const MAX_LENGTH = 64 * 1024;

const answer = (status: number, text: string) =>
  new Response(`${text}\n`, { status, headers: { 'Content-Type': 'text/plain; charset=utf-8' } });

/**
 * Resend's webhooks. Only calls signed with RESEND_WEBHOOK_SECRET within the last five minutes are
 * acted on, each once; without that secret the route is not there.
 */
export async function POST(request: Request): Promise<Response> {
  const { RESEND_WEBHOOK_SECRET: webhookSecret } = getEnv();
  if (!webhookSecret) return answer(404, 'Not found.');
  if (Number(request.headers.get('content-length') ?? 0) > MAX_LENGTH) return answer(413, 'Too large.');
  const payload = await request.text();
  if (payload.length > MAX_LENGTH) return answer(413, 'Too large.');
  const id = request.headers.get('svix-id') ?? '';
  const headers = {
    id,
    timestamp: request.headers.get('svix-timestamp') ?? '',
    signature: request.headers.get('svix-signature') ?? '',
  };
  let event: unknown;
  try {
    event = (await getResend()).webhooks.verify({ payload, headers, webhookSecret });
  } catch {
    return answer(401, 'The signature does not match.');
  }
  try {
    await handleResendEvent(id, event);
  } catch (error) {
    getLog().error({ err: error }, 'webhook not taken yet');
    return answer(503, 'Please try again.');
  }
  return answer(200, 'OK.');
}
