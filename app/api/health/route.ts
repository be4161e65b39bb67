export const dynamic = 'force-dynamic';

/** The process is alive; it asks nothing else, so a lost database does not make a manager restart it. */
export function GET(): Response {
  return Response.json({ status: 'ok' }, { headers: { 'Cache-Control': 'no-store' } });
}
