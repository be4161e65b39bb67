import type { ConversationEntry, Cursors, HistoryPage, Message, SyncPage } from '#lib/chat/types.ts';
import type { Ack } from '#lib/realtime/ack.ts';
import type { ClientEvents, Heads, ServerEvents } from '#lib/realtime/events.ts';

export const ME = 'me';
export const PARTNER = 'partner';

type Conversation = {
  id: string;
  log: Message[];
  revision: number;
  cursors: Record<string, Cursors>;
  blocked: boolean;
};
type Emit = <E extends keyof ServerEvents>(name: E, payload: Parameters<ServerEvents[E]>[0]) => void;
type Input<E extends keyof ClientEvents> = Parameters<ClientEvents[E]>[0];

/** The protocol's server in memory, seen by one person, with small limits so that tests reach them. */
export class ModelServer {
  readonly me: string;

  conversations = new Map<string, Conversation>();
  /** Where what the server tells the viewer goes. */
  emit: Emit = () => {};
  /** Answers the next sends with this instead. */
  refuseSend: ((input: Input<'message:send'>) => Ack<{ message: Message }> | null) | null = null;
  clock = Date.UTC(2026, 0, 1);
  maxBehind = 12;
  pageSize = 6;
  syncLimit = 4;

  constructor(me = ME) {
    this.me = me;
  }

  addConversation(id: string): void {
    const cursors = {
      [this.me]: { userId: this.me, deliveredSeq: 0, readSeq: 0 },
      [PARTNER]: { userId: PARTNER, deliveredSeq: 0, readSeq: 0 },
    };
    this.conversations.set(id, { id, log: [], revision: 0, cursors, blocked: false });
  }

  conversation(id: string): Conversation {
    const conversation = this.conversations.get(id);
    if (!conversation) throw new Error(`no conversation ${id}`);
    return conversation;
  }

  send(senderId: string, input: Input<'message:send'>): Ack<{ message: Message }> {
    const conversation = this.conversations.get(input.conversationId);
    if (!conversation) return { ok: false, error: { code: 'not_found' } };
    const stored = conversation.log.find((m) => m.senderId === senderId && m.clientId === input.clientId);
    if (stored) return { ok: true, message: stored };
    const refusal = senderId === this.me ? this.refuseSend?.(input) : null;
    if (refusal) return refusal;
    const seq = conversation.log.length + 1;
    const message: Message = {
      conversationId: conversation.id,
      seq,
      revision: ++conversation.revision,
      clientId: input.clientId,
      senderId,
      body: input.body,
      createdAt: this.tick(),
    };
    const partnerSeq = conversation.log.findLast((m) => m.senderId !== senderId)?.seq ?? 0;
    conversation.log.push(message);
    const cursors = conversation.cursors[senderId] as Cursors;
    this.emit('message:new', message);
    if (cursors.readSeq >= partnerSeq) {
      conversation.cursors[senderId] = { userId: senderId, deliveredSeq: seq, readSeq: seq };
      const event = { conversationId: conversation.id, ...(conversation.cursors[senderId] as Cursors) };
      this.emit('conversation:cursor', senderId === this.me ? { ...event, unread: 0 } : event);
    }
    return { ok: true, message };
  }

  /** Somebody deletes one of their own messages, for both. */
  delete(userId: string, { conversationId, seq }: Input<'message:delete'>): Ack<{ message: Message }> {
    const old = this.conversations.get(conversationId)?.log[seq - 1];
    if (!old || old.senderId !== userId) return { ok: false, error: { code: 'not_found' } };
    if (old.deletedAt) return { ok: true, message: old };
    return { ok: true, message: this.change(old, { body: '', deletedAt: this.tick() }) };
  }

  edit(id: string, seq: number): void {
    const old = this.conversation(id).log[seq - 1];
    if (old && !old.deletedAt) this.change(old, { body: `${old.body}*`, editedAt: this.tick() });
  }

  private change(old: Message, changed: Partial<Message>): Message {
    const conversation = this.conversation(old.conversationId);
    const message = { ...old, ...changed, revision: ++conversation.revision };
    conversation.log[old.seq - 1] = message;
    this.emit('message:update', message);
    return message;
  }

  private tick(): string {
    return new Date(this.clock++).toISOString();
  }

  moveCursor(userId: string, kind: 'delivered' | 'read', id: string, seq: number): Ack<{ seq: number }> {
    const conversation = this.conversations.get(id);
    if (!conversation) return { ok: false, error: { code: 'not_found' } };
    if (seq > conversation.log.length) return { ok: false, error: { code: 'invalid' } };
    const old = conversation.cursors[userId] as Cursors;
    const next = {
      userId,
      deliveredSeq: Math.max(old.deliveredSeq, seq),
      readSeq: kind === 'read' ? Math.max(old.readSeq, seq) : old.readSeq,
    };
    conversation.cursors[userId] = next;
    const hasMoved = next.deliveredSeq > old.deliveredSeq || next.readSeq > old.readSeq;
    if (hasMoved && userId === PARTNER) this.emit('conversation:cursor', { conversationId: id, ...next });
    if (hasMoved && userId === this.me && kind === 'read') {
      this.emit('conversation:cursor', { conversationId: id, ...next, unread: this.entry(id).unread });
    }
    return { ok: true, seq: kind === 'read' ? next.readSeq : next.deliveredSeq };
  }

  setBlocked(id: string, blocked: boolean): void {
    this.conversation(id).blocked = blocked;
    this.emit('conversation:new', this.entry(id));
  }

  entry(id: string): ConversationEntry {
    const { log, cursors, revision, blocked } = this.conversation(id);
    const { readSeq } = cursors[this.me] as Cursors;
    const last = log.at(-1);
    return {
      conversationId: id,
      partner: { userId: PARTNER, username: 'junho' },
      createdAt: '2026-01-01T00:00:00.000Z',
      lastSeq: log.length,
      revision,
      lastMessage: last
        ? {
            seq: last.seq,
            senderId: last.senderId,
            body: last.body,
            createdAt: last.createdAt,
            ...(last.deletedAt && { deletedAt: last.deletedAt }),
          }
        : null,
      unread: log.filter((m) => m.seq > readSeq && m.senderId !== this.me && !m.deletedAt).length,
      cursors: [{ ...(cursors[this.me] as Cursors) }, { ...(cursors[PARTNER] as Cursors) }],
      blocked,
      muted: false,
    };
  }

  history(input: Input<'conversation:history'>): Ack<HistoryPage> {
    const conversation = this.conversations.get(input.conversationId);
    if (!conversation) return { ok: false, error: { code: 'not_found' } };
    const { log, revision } = conversation;
    const size = this.pageSize;
    let start = Math.max(0, log.length - size);
    let end = log.length;
    if (input.beforeSeq !== undefined) {
      end = input.beforeSeq - 1;
      start = Math.max(0, end - size);
    } else if (input.afterSeq !== undefined) {
      start = input.afterSeq;
      end = start + size;
    } else if (input.aroundSeq !== undefined) {
      start = Math.max(0, Math.min(input.aroundSeq - 1 - size / 2, log.length - size));
      end = start + size;
    }
    const messages = log.slice(start, end);
    return {
      ok: true,
      messages,
      more: { before: start > 0, after: Math.min(end, log.length) < log.length },
      revision,
    };
  }

  sync({ conversationId, afterRevision }: Input<'conversation:sync'>): Ack<SyncPage> {
    const conversation = this.conversations.get(conversationId);
    if (!conversation) return { ok: false, error: { code: 'not_found' } };
    const entry = this.entry(conversationId);
    const head = { ok: true as const, conversation: entry, cursors: entry.cursors };
    const { revision, log } = conversation;
    if (revision < afterRevision || revision - afterRevision > this.maxBehind) {
      return { ...head, reset: true, messages: log.slice(-this.pageSize), revision };
    }
    const all = log.filter((m) => m.revision > afterRevision).sort((a, b) => a.revision - b.revision);
    const changes = all.slice(0, this.syncLimit);
    const more = all.length > changes.length;
    return { ...head, changes, more, revision: more ? (changes.at(-1)?.revision ?? 0) : revision };
  }

  heads(): Heads {
    return Object.fromEntries(
      [...this.conversations.keys()].map((id) => {
        const { revision, cursors } = this.entry(id);
        return [id, { revision, cursors }];
      }),
    );
  }

  list(): { ok: true; conversations: ConversationEntry[]; more: boolean } {
    const conversations = [...this.conversations.keys()].map((id) => this.entry(id));
    return { ok: true, conversations, more: false };
  }

  /** Answers one request of the viewer's client. */
  answer(event: keyof ClientEvents, input: never): Ack {
    switch (event) {
      case 'message:send':
        return this.send(this.me, input);
      case 'message:delete':
        return this.delete(this.me, input);
      case 'conversation:delivered':
      case 'conversation:read': {
        const { conversationId, seq } = input as { conversationId: string; seq: number };
        return this.moveCursor(
          this.me,
          event === 'conversation:read' ? 'read' : 'delivered',
          conversationId,
          seq,
        );
      }
      case 'conversation:history':
        return this.history(input);
      case 'conversation:sync':
        return this.sync(input);
      case 'conversation:list':
        return this.list();
      default:
        return { ok: false, error: { code: 'invalid' } };
    }
  }
}
