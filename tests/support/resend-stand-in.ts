import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { judgeRequest } from './resend-rules.ts';

export type ResendRequest = {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  raw: string;
  body: {
    to: string;
    subject: string;
    html: string;
    text: string;
    from: string;
    headers: Record<string, string>;
    reply_to?: string;
    tags?: { name: string; value: string }[];
  };
  at: number;
};
type Answer = { status: number; headers?: Record<string, string>; body?: object } | 'hang';

/**
 * A server that speaks Resend's protocol: it refuses what the documentation refuses, records each other
 * request and answers as told, else with success.
 */
export async function startResendStandIn() {
  const requests: ResendRequest[] = [];
  const seenKeys = new Map<string, string>();
  /** The next answers for a recipient; success when none is left. */
  const answers = new Map<string, Answer[]>();
  /** Mails that Resend has received, by its id for them: what it tells of them, and the mails as they were sent. */
  const received = new Map<string, object>();
  const receivedRaw = new Map<string, Buffer>();
  /** What is answered for a mail as it was sent in place of that. */
  const rawStatus = new Map<string, number>();
  let domains: { status: number; body: object } = { status: 200, body: { data: [] } };
  const server = createServer(async (request, response) => {
    let raw = '';
    for await (const chunk of request) raw += chunk;
    if (request.method === 'GET' && request.url?.startsWith('/domains')) {
      response.writeHead(domains.status, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify(domains.body));
      return;
    }
    const rawId = /^\/raw\/([^/?]+)/.exec(request.url ?? '')?.[1] ?? '';
    const status = rawStatus.get(rawId);
    if (status) return void response.writeHead(status).end('told so');
    const rawMail = receivedRaw.get(rawId);
    if (rawMail) return void response.end(rawMail);
    if (request.method === 'GET') {
      const id = /^\/emails\/receiving\/([^/?]+)/.exec(request.url ?? '')?.[1] ?? '';
      const told = received.get(id);
      const mail = told && { raw: { download_url: `http://${request.headers.host}/raw/${id}` }, ...told };
      response.writeHead(mail ? 200 : 404, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify(mail ?? { name: 'not_found', message: 'no such mail', statusCode: 404 }));
      return;
    }
    const { method = '', url: path = '', headers } = request;
    const refusal = judgeRequest({ method, path, headers, raw }, seenKeys);
    if (refusal) {
      response.writeHead(refusal.status, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify({ ...refusal, statusCode: refusal.status }));
      return;
    }
    const body = JSON.parse(raw) as ResendRequest['body'];
    requests.push({ method, path, headers, raw, body, at: Date.now() });
    const answer = answers.get(body.to)?.shift() ?? { status: 200, body: { id: 'resend-id' } };
    if (answer === 'hang') return;
    response.writeHead(answer.status, { 'Content-Type': 'application/json', ...answer.headers });
    response.end(
      JSON.stringify(
        answer.body ?? { name: 'application_error', message: 'told so', statusCode: answer.status },
      ),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    receivedRaw,
    rawStatus,
    /** What the list of domains answers. */
    set domains(value: { status: number; body: object }) {
      domains = value;
    },
    answer: (to: string, ...list: Answer[]) => answers.set(to, list),
    requestsTo: (to: string) => requests.filter(({ body }) => body.to === to),
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
