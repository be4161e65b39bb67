import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { StartError } from '#db/start-error.ts';

/**
 * Takes the address before anything slow begins and returns the port, which PORT=0 leaves to the system.
 *
 * @throws StartError when the address cannot be taken.
 */
export async function listen(server: Server, host: string, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    const refuse = (error: NodeJS.ErrnoException) => reject(explain(error, host, port));
    server.once('error', refuse).listen({ host, port }, () => {
      server.off('error', refuse);
      resolve();
    });
  });
  return (server.address() as AddressInfo).port;
}

function explain(error: NodeJS.ErrnoException, host: string, port: number): Error {
  switch (error.code) {
    case 'EADDRINUSE':
      return new StartError(
        `Port ${port} is in use, perhaps by a Dandul that already runs: stop that program, or choose another port, such as PORT=${port + 1} npm start.`,
      );
    case 'EACCES':
      return new StartError(
        `Port ${port} needs more rights than this user has: choose one from 1024 up, such as PORT=3000 npm start.`,
      );
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new StartError(
        `HOST: ${host} is no address of this machine; use 127.0.0.1, or 0.0.0.0 to be reached from others.`,
      );
    default:
      return error;
  }
}
