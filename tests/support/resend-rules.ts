import type { IncomingHttpHeaders } from 'node:http';

/** The fields that Resend documents for POST /emails. */
const FIELDS = new Set(
  'from to subject bcc cc scheduled_at reply_to html text headers topic_id attachments tags template'.split(
    ' ',
  ),
);
const LABEL = /^[A-Za-z0-9_-]{1,256}$/;

type Refusal = { status: number; name: string; message: string };
const refuse = (status: number, name: string, message: string): Refusal => ({ status, name, message });

/**
 * Why Resend would refuse a request to send, by its documentation: the key, the media type,
 * missing and unknown fields, malformed tags and idempotency keys, and a key that comes again with
 * another body. Undefined if it would accept it.
 */
export function judgeRequest(
  request: { method: string; path: string; headers: IncomingHttpHeaders; raw: string },
  seenKeys: Map<string, string>,
): Refusal | undefined {
  const { method, path, headers, raw } = request;
  if (method !== 'POST' || path !== '/emails') return refuse(405, 'method_not_allowed', `${method} ${path}`);
  if (!/^Bearer re_\w+$/.test(headers.authorization ?? '')) return refuse(401, 'missing_api_key', 'no key');
  if (!/^application\/json/.test(headers['content-type'] ?? '')) {
    return refuse(400, 'validation_error', 'not JSON');
  }
  const body = JSON.parse(raw) as Record<string, unknown>;
  const unknown = Object.keys(body).filter((name) => !FIELDS.has(name));
  if (unknown.length > 0) return refuse(422, 'validation_error', `unknown: ${unknown}`);
  const missing = ['from', 'to', 'subject'].filter((name) => !body[name]);
  if (missing.length > 0 || !(body.html || body.text)) {
    return refuse(422, 'missing_required_field', `missing: ${missing}`);
  }
  const tags = (body.tags ?? []) as { name: string; value: string }[];
  if (!tags.every(({ name, value }) => LABEL.test(name) && LABEL.test(value))) {
    return refuse(422, 'validation_error', 'bad tag');
  }
  const key = headers['idempotency-key'];
  if (typeof key !== 'string') return undefined;
  if (key.length < 1 || key.length > 256) return refuse(400, 'invalid_idempotency_key', 'bad length');
  if ((seenKeys.get(key) ?? raw) !== raw) {
    return refuse(409, 'invalid_idempotent_request', 'this key was used with another body');
  }
  seenKeys.set(key, raw);
  return undefined;
}
