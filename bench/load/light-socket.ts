import WebSocket from 'ws';

export type Ack = { ok: boolean; error?: { code: string } } & Record<string, unknown>;

/**
 * A Socket.IO connection with as little work as the protocol allows
 * (https://socket.io/docs/v4/socket-io-protocol/): the load shares its machine with what it measures, so
 * each microsecond of a client is one less for the server.
 */
export class LightSocket {
  private readonly socket: WebSocket;
  private readonly waiting = new Map<number, (ack: Ack) => void>();
  private nextId = 0;
  onEvent: (name: string, payload: never) => void = () => {};
  onClose: () => void = () => {};
  /** The payload of the event on which it was ready. */
  greeting: unknown;

  constructor(socket: WebSocket) {
    this.socket = socket;
  }

  /** Sends an event; its acknowledgement goes to `done`. */
  request(event: string, payload: unknown, done: (ack: Ack) => void): void {
    const id = this.nextId++;
    this.waiting.set(id, done);
    this.socket.send(`42${id}${JSON.stringify([event, payload])}`);
  }

  ask(event: string, payload: unknown): Promise<Ack> {
    return new Promise((resolve) => this.request(event, payload, resolve));
  }

  close(): void {
    this.onClose = () => {};
    this.socket.close();
  }

  receive(packet: string): void {
    // Engine.IO's ping is `2` and wants `3`; `4` carries Socket.IO, where `2` is an event and `3` an answer.
    if (packet === '2') this.socket.send('3');
    else if (packet.startsWith('42')) {
      const [name, payload] = JSON.parse(packet.slice(2)) as [string, never];
      this.onEvent(name, payload);
    } else if (packet.startsWith('43')) {
      const start = packet.indexOf('[');
      const id = Number(packet.slice(2, start));
      const done = this.waiting.get(id);
      this.waiting.delete(id);
      done?.((JSON.parse(packet.slice(start)) as [Ack])[0]);
    }
  }
}

/**
 * Opens a connection; ready once the server has let it in, or, of the product, has told its heads.
 *
 * @throws when it is refused or closes before.
 */
export function openLightSocket(
  url: string,
  options: { cookie?: string; readyOn: 'connect' | 'heads' },
): Promise<LightSocket> {
  return new Promise((resolve, reject) => {
    const address = `${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`;
    const socket = new WebSocket(address, {
      perMessageDeflate: false,
      headers: options.cookie ? { cookie: options.cookie } : {},
    });
    const light = new LightSocket(socket);
    const isReady = options.readyOn === 'heads' ? '42["heads"' : '40';
    let isOpen = false;
    socket.on('message', (data: Buffer) => {
      const packet = data.toString();
      if (isOpen) return light.receive(packet);
      if (packet.startsWith('0')) socket.send('40');
      if (packet.startsWith('44')) reject(new Error(`refused: ${packet}`));
      if (!packet.startsWith(isReady)) return;
      isOpen = true;
      if (options.readyOn === 'heads') light.greeting = (JSON.parse(packet.slice(2)) as [string, unknown])[1];
      resolve(light);
    });
    socket.on('error', reject);
    socket.on('close', () => {
      reject(new Error('closed before it was ready'));
      light.onClose();
    });
  });
}
