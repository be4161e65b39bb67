import { mayReadMetrics } from '#lib/operations/may-read-metrics.ts';
import { getMetrics } from '#lib/operations/metrics.ts';
import { getEnv } from '#lib/runtime/env.ts';

export const dynamic = 'force-dynamic';

/** Prometheus metrics of this process, for this machine or whoever sends METRICS_TOKEN; 404 for everybody else. */
export async function GET(request: Request): Promise<Response> {
  if (!mayReadMetrics(request.headers, getEnv())) return new Response(null, { status: 404 });
  const metrics = getMetrics();
  return new Response(await metrics.metrics(), {
    headers: { 'Content-Type': metrics.contentType, 'Cache-Control': 'no-store' },
  });
}
