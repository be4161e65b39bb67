import { unsubscribe } from '#lib/email/preferences/unsubscribe.ts';

/** Opening changes nothing: the page asks for a press of its button. */
function toPage(token: string | null): Response {
  const query = token ? `?token=${encodeURIComponent(token)}` : '';
  return new Response(null, { status: 303, headers: { Location: `/unsubscribe${query}` } });
}

export function GET(request: Request): Response {
  return toPage(new URL(request.url).searchParams.get('token'));
}

/**
 * Turns mails off: the page's button, and one-click from a mail client (RFC 8058), which is logged
 * out and comes from anywhere. Only the signed token says whose mails they are.
 */
export async function POST(request: Request): Promise<Response> {
  const token = new URL(request.url).searchParams.get('token');
  const form = await request.formData().catch(() => undefined);
  const isOneClick = form?.get('List-Unsubscribe') === 'One-Click';
  const isDone = await unsubscribe(token);
  if (!isOneClick) return toPage(token);
  return new Response(isDone ? 'Unsubscribed.\n' : 'This link does not work. Nothing has changed.\n', {
    status: isDone ? 200 : 400,
    headers: { 'Content-Type': 'text/plain; charset=utf-8' },
  });
}
