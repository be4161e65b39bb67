import { checkReadiness } from '#lib/operations/readiness.ts';

export const dynamic = 'force-dynamic';

/** Whether this node can serve people now: 200, or 503 with the part that does not answer. */
export async function GET(): Promise<Response> {
  const parts = await checkReadiness();
  const isReady = Object.values(parts).every((state) => state === 'ok');
  return Response.json(
    { status: isReady ? 'ok' : 'unavailable', ...parts },
    { status: isReady ? 200 : 503, headers: { 'Cache-Control': 'no-store' } },
  );
}
