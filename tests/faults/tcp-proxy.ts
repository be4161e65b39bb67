import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export type TcpProxy = Awaited<ReturnType<typeof startTcpProxy>>;

/**
 * A TCP relay on a free port whose line can be cut, slowed down, or stopped in one direction. `target`
 * is asked for each new connection and gives a port of the loopback.
 */
export async function startTcpProxy(target: () => number) {
  const pairs = new Set<{ near: Socket; far: Socket }>();
  let isCut = false;
  let isDeaf = false;
  let delayMs = 0;
  let lastPort = 0;

  const forward = (from: Socket, to: Socket) => {
    from.on('data', (chunk) => {
      const write = () => {
        if (to.destroyed || to.write(chunk)) return;
        from.pause();
        to.once('drain', () => resume(from));
      };
      if (delayMs > 0) setTimeout(write, delayMs);
      else write();
    });
  };
  const resume = (socket: Socket) => {
    const isFar = [...pairs].some(({ far }) => far === socket);
    if (!(isFar && isDeaf)) socket.resume();
  };

  const server = createServer((near) => {
    if (isCut) return near.destroy();
    lastPort = target();
    const far = connect(lastPort, '127.0.0.1');
    const pair = { near, far };
    pairs.add(pair);
    const end = () => {
      pairs.delete(pair);
      near.destroy();
      far.destroy();
    };
    for (const socket of [near, far]) socket.setNoDelay(true).on('error', end).on('close', end);
    forward(near, far);
    forward(far, near);
    if (isDeaf) far.pause();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  const drop = () => {
    for (const { near, far } of pairs) {
      near.destroy();
      far.destroy();
    }
  };
  return {
    port: (server.address() as AddressInfo).port,
    /** Where the newest connection went. */
    getTarget: () => lastPort,
    /** Connections that are open now. */
    count: () => pairs.size,
    /** Breaks the open connections; new ones are let through. */
    drop,
    /** Breaks the open connections and, until `false`, refuses new ones. */
    setCut(cut: boolean) {
      isCut = cut;
      if (cut) drop();
    },
    /** While true nothing of what the far side sends is taken in: its buffers fill. */
    setDeaf(deaf: boolean) {
      isDeaf = deaf;
      for (const { far } of pairs) far[deaf ? 'pause' : 'resume']();
    },
    /** Milliseconds that everything takes longer, each way. */
    setDelay(ms: number) {
      delayMs = ms;
    },
    close() {
      drop();
      server.close();
    },
  };
}
