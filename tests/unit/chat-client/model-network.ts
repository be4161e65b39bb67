import type { Acknowledged, Transport, TransportHandlers } from '#lib/chat-client/connection/transport.ts';
import type { Ack } from '#lib/realtime/ack.ts';
import type { ModelServer } from './model-server.ts';

const ANSWER_TIMEOUT_MS = 10_000;

/**
 * A network between one client and the model server on which nothing moves by itself: a test
 * delivers, drops or repeats what lies in `queue`, in any order.
 */
export class ModelNetwork {
  queue: (() => void)[] = [];
  isUp = false;
  /** Delivers everything at once, for tests that are not about the network. */
  isInstant = false;
  sent: { event: string; input: unknown }[] = [];
  private handlers: TransportHandlers | null = null;
  private connection = 0;
  private dropAnswers = new Set<() => void>();
  private server: ModelServer;
  readonly userId: string;

  constructor(server: ModelServer, userId = server.me) {
    this.server = server;
    this.userId = userId;
  }

  /** Takes the place of the server's way to this client. */
  listen(): void {
    this.server.emit = this.carry;
  }

  /** Takes what the server tells this client on its way. */
  carry = (name: string, payload: unknown): void => {
    const { connection } = this;
    if (!this.isUp) return;
    const copy = structuredClone(payload);
    this.put(() => {
      const on = this.handlers?.on as Record<string, (payload: unknown) => void> | undefined;
      if (connection === this.connection) on?.[name]?.(copy);
    });
  };

  connect(): void {
    if (this.isUp) return;
    this.isUp = true;
    this.connection++;
    this.handlers?.connected();
    this.carry('heads', this.server.heads(this.userId));
  }

  disconnect(): void {
    if (!this.isUp) return;
    this.isUp = false;
    this.connection++;
    for (const drop of [...this.dropAnswers]) drop();
    this.handlers?.disconnected();
  }

  /** What a server of another protocol answers to the handshake. */
  refuseProtocol(): void {
    this.handlers?.outdated();
  }

  deliver(index = 0): void {
    this.queue.splice(index, 1)[0]?.();
  }

  createTransport(): Transport {
    return {
      start: (handlers) => {
        this.handlers = handlers;
      },
      stop: () => {
        this.handlers = null;
        this.isUp = false;
        this.connection++;
        for (const drop of [...this.dropAnswers]) drop();
      },
      isConnected: () => this.isUp,
      request: (event, input) => this.request(event, input) as never,
      tell: (event, input) => void this.sent.push({ event, input }),
      wake() {},
    };
  }

  private put(task: () => void): void {
    if (this.isInstant) queueMicrotask(task);
    else this.queue.push(task);
  }

  private request(event: Acknowledged, input: unknown): Promise<Ack | null> {
    if (!this.isUp) return Promise.resolve(null);
    this.sent.push({ event, input });
    return new Promise((resolve) => {
      const finish = (ack: Ack | null) => {
        clearTimeout(timer);
        this.dropAnswers.delete(drop);
        resolve(ack);
      };
      const drop = () => finish(null);
      const timer = setTimeout(drop, ANSWER_TIMEOUT_MS);
      this.dropAnswers.add(drop);
      this.put(() => {
        const ack = structuredClone(this.server.answer(event, input as never, this.userId));
        this.put(() => finish(ack));
      });
    });
  }
}
