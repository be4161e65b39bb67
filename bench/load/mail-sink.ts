import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** An SMTP server that takes every mail and notes when, by recipient. */
export async function startMailSink() {
  /** When the first mail of a recipient was taken, in milliseconds of `performance.now()`. */
  const takenAt = new Map<string, number>();
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, session, done) {
      stream.resume();
      stream.on('end', () => {
        for (const { address } of session.envelope.rcptTo) {
          if (!takenAt.has(address)) takenAt.set(address, performance.now());
        }
        done();
      });
    },
  });
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    takenAt,
    stop: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
