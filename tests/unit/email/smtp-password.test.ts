import type { AddressInfo } from 'node:net';
import { generate } from 'selfsigned';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterAll, expect, test } from 'vitest';
import { createSmtpTransport } from '#lib/email/transports/smtp.ts';
import { envSingleton, parseEnv } from '#lib/runtime/env.ts';

const closers: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const close of closers) await close();
});

/** A server on every address of this machine, and the passwords that it heard in clear or encrypted. */
async function startServer(options: SMTPServerOptions) {
  const heard: { password: string | null; isEncrypted: boolean }[] = [];
  const server = new SMTPServer({
    disableReverseLookup: true,
    allowInsecureAuth: true,
    onAuth: ({ password = '' }, session, done) => {
      heard.push({ password, isEncrypted: session.secure });
      done(null, { user: 'us' });
    },
    onData: (stream, _session, done) => stream.on('end', done).resume(),
    ...options,
  });
  server.on('error', () => {});
  await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
  closers.push(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return { heard, port: (server.server.address() as AddressInfo).port };
}

/** Sends one mail through this SMTP_URL. */
async function send(smtpUrl: string) {
  envSingleton.set(parseEnv({ SMTP_URL: smtpUrl }));
  const transport = createSmtpTransport();
  try {
    await transport.send({
      id: '01940000-0000-7000-8000-000000000001',
      address: 'me@example.com',
      payload: { subject: 's', html: '<p>h</p>', text: 't', headers: {} },
      idempotencyKey: 'mail-1',
      createdAt: new Date(),
    });
  } finally {
    transport.close();
  }
}

// 0.0.0.0 leads to this machine and, unlike 127.0.0.1, does not say so.
test.each(['', '?ignoreTLS=true', '?requireTLS=false', '?opportunisticTLS=true&secure=false'])(
  'a password is not sent over an open connection, whatever SMTP_URL adds (%s)',
  async (query) => {
    const { heard, port } = await startServer({ disabledCommands: ['STARTTLS'] });
    await expect(send(`smtp://us:secret@0.0.0.0:${port}/${query}`)).rejects.toMatchObject({
      code: 'MAIL_TRANSPORT',
      permanent: false,
      answer: expect.stringMatching(/TLS/i),
    });
    expect(heard).toEqual([]);
  },
);

test('it is sent to this machine itself, and over an encrypted connection', async () => {
  const open = await startServer({ disabledCommands: ['STARTTLS'] });
  await send(`smtp://us:secret@127.0.0.1:${open.port}`);
  expect(open.heard).toEqual([{ password: 'secret', isEncrypted: false }]);

  const pems = await generate([{ name: 'commonName', value: 'mail.example.com' }]);
  const closed = await startServer({ key: pems.private, cert: pems.cert });
  await send(`smtp://us:secret@0.0.0.0:${closed.port}/?tls.rejectUnauthorized=false`);
  expect(closed.heard).toEqual([{ password: 'secret', isEncrypted: true }]);
});
