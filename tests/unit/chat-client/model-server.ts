import { omitUndefined } from '#lib/chat/all-fields.ts';
import { hideMessages } from '#lib/chat/hide-messages.ts';
import { changePin, toPins } from '#lib/chat/pins.ts';
import { refreshQuotes, toPreview } from '#lib/chat/preview.ts';
import { changeReactions, hasReaction } from '#lib/chat/reactions.ts';
import { MAX_PINS, MAX_REACTION_KINDS, UNDO_KEPT_SECONDS } from '#lib/chat/sizes.ts';
import type {
  ConversationEntry,
  Cursors,
  ErrorCode,
  HistoryPage,
  Marks,
  MarksChange,
  MarksHead,
  Message,
  Pin,
  SyncPage,
} from '#lib/chat/types.ts';
import type { Ack } from '#lib/realtime/ack.ts';
import type { ClientEvents, Heads, ServerEvents } from '#lib/realtime/events.ts';

export const ME = 'me';
export const PARTNER = 'partner';

type Conversation = {
  id: string;
  /** As they are stored: what a reply quotes is added where it is read. */
  log: Message[];
  revision: number;
  cursors: Record<string, Cursors>;
  blocked: boolean;
  /** The revision at which the text of a message last changed, by seq. */
  textRevisions: Map<number, number>;
  /** What an undo needs, by seq. */
  undos: Map<number, { content: Partial<Message>; textRevision: number; starredBy: string[]; until: number }>;
  /** What each keeps to themselves. */
  marks: Record<string, OwnMarks>;
};
/** `isLeft` where the conversation left its person's list until something is said. */
type OwnMarks = {
  revision: number;
  clearedSeq: number;
  starred: Set<number>;
  hidden: Set<number>;
  isLeft: boolean;
};
type Emit = <E extends keyof ServerEvents>(name: E, payload: Parameters<ServerEvents[E]>[0]) => void;
type Input<E extends keyof ClientEvents> = Parameters<ClientEvents[E]>[0];
type Stored = Ack<{ message: Message }>;
type Place = { conversationId: string; seq: number };

const makeMarks = (): OwnMarks => ({
  revision: 0,
  clearedSeq: 0,
  starred: new Set(),
  hidden: new Set(),
  isLeft: false,
});

const refuse = (code: ErrorCode) => ({ ok: false as const, error: { code } });

/** What of a log is pinned, as pages carry it. */
function readPins(log: Message[]): { pins?: Pin[] } {
  const pins = toPins(log);
  return pins.length > 0 ? { pins } : {};
}

/** The protocol's server in memory, for two people, with small limits so that tests reach them. */
export class ModelServer {
  readonly me: string;

  conversations = new Map<string, Conversation>();
  /** Where what the server tells the viewer goes. */
  emit: Emit = () => {};
  /** Where what it tells the partner goes. */
  emitToPartner: Emit = () => {};
  /** Answers the next sends with this instead. */
  refuseSend: ((input: Input<'message:send'>) => Stored | null) | null = null;
  /** The same for the viewer's changes. */
  refuseChange: ((event: keyof ClientEvents) => Stored | null) | null = null;
  /** Every text that was deleted and not brought back, also where a copy of it stands. */
  gone = new Set<string>();
  /** Every text that was forwarded, so that it was said by more than one message. */
  copied = new Set<string>();
  clock = Date.now();
  maxBehind = 12;
  maxPins = MAX_PINS;
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
    const marks = { [this.me]: makeMarks(), [PARTNER]: makeMarks() };
    const parts = { textRevisions: new Map(), undos: new Map(), marks };
    this.conversations.set(id, { id, log: [], revision: 0, cursors, blocked: false, ...parts });
  }

  conversation(id: string): Conversation {
    const conversation = this.conversations.get(id);
    if (!conversation) throw new Error(`no conversation ${id}`);
    return conversation;
  }

  /** The log as it is told to either: with what replies answer as it is now. */
  read(id: string): Message[] {
    const { log } = this.conversation(id);
    return refreshQuotes(log, log);
  }

  /** The same as one of the two sees it. */
  readFor(id: string, userId = this.me): Message[] {
    return hideMessages(this.read(id), this.marksOf(id, userId));
  }

  private marksOf(id: string, userId: string): OwnMarks {
    return this.conversation(id).marks[userId] as OwnMarks;
  }

  /** All that somebody marked. */
  listMarks(id: string, userId = this.me): Marks {
    const { revision, clearedSeq, starred, hidden } = this.marksOf(id, userId);
    const list = (seqs: Set<number>) => [...seqs].sort((a, b) => a - b);
    return { revision, clearedSeq, starred: list(starred), hidden: list(hidden) };
  }

  private tellMarks(userId: string, change: MarksChange): void {
    const tell = userId === this.me ? this.emit : this.emitToPartner;
    tell('conversation:marks', change);
  }

  private tellMark(userId: string, { conversationId, seq }: Place): number {
    const marks = this.marksOf(conversationId, userId);
    const revision = ++marks.revision;
    const [starred, hidden] = [marks.starred.has(seq), marks.hidden.has(seq)];
    this.tellMarks(userId, { conversationId, revision, seq, starred, hidden });
    return revision;
  }

  /** Somebody stars a message, or takes their star away. */
  star(
    userId: string,
    { conversationId, seq, on }: Input<'message:star'>,
  ): Ack<{ seq: number; revision: number }> {
    const message = this.conversations.get(conversationId)?.log[seq - 1];
    if (!message) return refuse('not_found');
    const marks = this.marksOf(conversationId, userId);
    const isGone = message.deletedAt || seq <= marks.clearedSeq || marks.hidden.has(seq);
    if (on && isGone) return refuse('not_found');
    const undo = this.conversation(conversationId).undos.get(seq);
    if (undo && !on) undo.starredBy = undo.starredBy.filter((who) => who !== userId);
    if (marks.starred.has(seq) === on) return { ok: true, seq, revision: marks.revision };
    if (on) marks.starred.add(seq);
    else marks.starred.delete(seq);
    return { ok: true, seq, revision: this.tellMark(userId, { conversationId, seq }) };
  }

  /** Somebody deletes a message for themselves. */
  hide(userId: string, { conversationId, seq }: Place): Ack<{ seq: number; revision: number }> {
    const message = this.conversations.get(conversationId)?.log[seq - 1];
    if (!message) return refuse('not_found');
    const marks = this.marksOf(conversationId, userId);
    if (seq <= marks.clearedSeq || marks.hidden.has(seq)) return { ok: true, seq, revision: marks.revision };
    marks.hidden.add(seq);
    marks.starred.delete(seq);
    return { ok: true, seq, revision: this.tellMark(userId, { conversationId, seq }) };
  }

  /** Somebody deletes a conversation for themselves. */
  clear(
    userId: string,
    { conversationId, upToSeq }: Input<'conversation:clear'>,
  ): Ack<{ clearedSeq: number; revision: number }> {
    const conversation = this.conversations.get(conversationId);
    if (!conversation) return refuse('not_found');
    if (upToSeq > conversation.log.length) return refuse('invalid');
    const marks = this.marksOf(conversationId, userId);
    const { revision, clearedSeq } = marks;
    if (upToSeq < clearedSeq || (upToSeq === clearedSeq && marks.isLeft))
      return { ok: true, clearedSeq, revision };
    const isKept = (seq: number) => seq > upToSeq;
    const [starred, hidden] = [marks.starred, marks.hidden].map((seqs) => new Set([...seqs].filter(isKept)));
    Object.assign(marks, { revision: revision + 1, clearedSeq: upToSeq, starred, hidden, isLeft: true });
    this.tellMarks(userId, { conversationId, revision: revision + 1, clearedSeq: upToSeq });
    return { ok: true, clearedSeq: upToSeq, revision: revision + 1 };
  }

  private marksHead(id: string, userId: string): { marks?: MarksHead } {
    const { revision, clearedSeq, isLeft } = this.marksOf(id, userId);
    const isRemoved =
      isLeft &&
      this.conversation(id)
        .log.slice(clearedSeq)
        .every(({ vanished }) => vanished);
    return revision > 0 ? { marks: { revision, clearedSeq, ...(isRemoved && { removed: true }) } } : {};
  }

  private show({ conversationId, seq }: Message): Message {
    return this.read(conversationId)[seq - 1] as Message;
  }

  private emitToBoth<E extends keyof ServerEvents>(name: E, payload: Parameters<ServerEvents[E]>[0]): void {
    this.emit(name, payload);
    this.emitToPartner(name, payload);
  }

  send(senderId: string, input: Input<'message:send'>): Stored {
    const conversation = this.conversations.get(input.conversationId);
    if (!conversation) return refuse('not_found');
    const stored = conversation.log.find((m) => m.senderId === senderId && m.clientId === input.clientId);
    if (stored) return { ok: true, message: this.show(stored) };
    const refusal = senderId === this.me ? this.refuseSend?.(input) : null;
    if (refusal) return refusal;
    const source = 'forwardOf' in input ? this.findReadable(senderId, input.forwardOf) : null;
    if (source === undefined) return refuse('not_found');
    if (source) this.copied.add(source.body);
    const seq = conversation.log.length + 1;
    const { clientId, replyToSeq } = input;
    const message: Message = {
      conversationId: conversation.id,
      seq,
      revision: ++conversation.revision,
      clientId,
      senderId,
      body: 'forwardOf' in input ? (source?.body ?? '') : input.body,
      createdAt: this.tick(),
      ...(replyToSeq !== undefined && { replyToSeq }),
      ...(source && { forwarded: true }),
    };
    const partnerSeq = conversation.log.findLast((m) => m.senderId !== senderId)?.seq ?? 0;
    conversation.log.push(message);
    const cursors = conversation.cursors[senderId] as Cursors;
    this.emitToBoth('message:new', this.show(message));
    if (cursors.readSeq >= partnerSeq) {
      conversation.cursors[senderId] = { userId: senderId, deliveredSeq: seq, readSeq: seq };
      this.tellCursor(conversation, senderId, 0);
    }
    return { ok: true, message: this.show(message) };
  }

  private findReadable(userId: string, { conversationId, seq }: Place): Message | undefined {
    const message = this.conversations.get(conversationId)?.log[seq - 1];
    if (!message || message.deletedAt) return undefined;
    const { clearedSeq, hidden } = this.marksOf(conversationId, userId);
    return seq <= clearedSeq || hidden.has(seq) ? undefined : message;
  }

  private tellCursor({ id, cursors }: Conversation, userId: string, unread: number): void {
    const event = { conversationId: id, ...(cursors[userId] as Cursors) };
    this.emit('conversation:cursor', userId === this.me ? { ...event, unread } : event);
    this.emitToPartner('conversation:cursor', userId === PARTNER ? { ...event, unread } : event);
  }

  /** Somebody changes the text of one of their own messages. */
  editMessage(userId: string, input: Input<'message:edit'>): Stored {
    const { conversationId, seq, body, baseRevision } = input;
    const old = this.find(userId, input);
    if (!old) return refuse('not_found');
    if (old.deletedAt) return refuse('conflict');
    if (old.body === body) return { ok: true, message: this.show(old) };
    const { textRevisions, revision } = this.conversation(conversationId);
    if ((textRevisions.get(seq) ?? 0) > baseRevision) return refuse('conflict');
    textRevisions.set(seq, revision + 1);
    return this.change(old, { body, editedAt: this.tick() });
  }

  /** Somebody deletes one of their own messages, for both. */
  delete(userId: string, input: Place & { scope?: 'both' }): Stored {
    const old = this.find(userId, input);
    if (!old) return refuse('not_found');
    if (old.deletedAt) return { ok: true, message: this.show(old) };
    const { cursors, undos, textRevisions } = this.conversation(input.conversationId);
    const reader = Object.values(cursors).find((cursor) => cursor.userId !== userId) as Cursors;
    const { body, editedAt, replyToSeq, reactions, pinnedAt, pinnedBy, forwarded, ...rest } = old;
    const kept = { body, editedAt, replyToSeq, reactions, pinnedAt, pinnedBy, forwarded };
    const content = omitUndefined<Partial<Message>>(kept as never);
    const textRevision = textRevisions.get(old.seq) ?? 0;
    const { marks } = this.conversation(input.conversationId);
    const starredBy = Object.keys(marks).filter((who) => marks[who]?.starred.delete(old.seq));
    const until = Date.now() + UNDO_KEPT_SECONDS * 1_000;
    undos.set(old.seq, { content, textRevision, starredBy, until });
    textRevisions.delete(old.seq);
    this.gone.add(body);
    const vanished = reader.deliveredSeq < old.seq ? ({ vanished: true } as const) : {};
    const answer = this.change({ ...rest, body: '' }, { deletedAt: this.tick(), ...vanished });
    for (const who of starredBy) this.tellMark(who, input);
    return answer;
  }

  /** Somebody takes their own deletion back. */
  undelete(userId: string, input: Input<'message:undelete'>): Stored {
    const old = this.find(userId, input);
    if (!old) return refuse('not_found');
    if (!old.deletedAt) return { ok: true, message: this.show(old) };
    const { undos, textRevisions } = this.conversation(input.conversationId);
    const undo = undos.get(old.seq);
    undos.delete(old.seq);
    if (!undo || undo.until < Date.now()) return refuse('too_late');
    textRevisions.set(old.seq, undo.textRevision);
    this.gone.delete(undo.content.body ?? '');
    const { deletedAt: _, vanished: __, ...rest } = old;
    const message = { ...rest, ...undo.content };
    const answer = this.change(this.hasRoomForPin(old) ? message : changePin(message, null));
    for (const who of undo.starredBy) {
      const { hidden, clearedSeq, starred } = this.marksOf(input.conversationId, who);
      if (hidden.has(old.seq) || old.seq <= clearedSeq) continue;
      starred.add(old.seq);
      this.tellMark(who, input);
    }
    return answer;
  }

  /** Somebody puts an emoji on a message, or takes their own away. */
  react(userId: string, { conversationId, seq, emoji, on }: Input<'message:react'>): Stored {
    const old = this.conversations.get(conversationId)?.log[seq - 1];
    if (!old || old.deletedAt) return refuse('not_found');
    const { reactions: former = [], ...rest } = old;
    if (hasReaction(former, emoji, userId) === on) return { ok: true, message: this.show(old) };
    const isNewKind = on && former.every((kind) => kind.emoji !== emoji);
    if (isNewKind && former.length >= MAX_REACTION_KINDS) return refuse('invalid');
    const reactions = changeReactions(former, { emoji, userId, on });
    return this.change(rest, reactions.length > 0 ? { reactions } : {});
  }

  /** Somebody pins a message for both, or takes a pin away. */
  pin(userId: string, { conversationId, seq, on }: Input<'message:pin'>): Stored {
    const old = this.conversations.get(conversationId)?.log[seq - 1];
    if (!old || old.deletedAt) return refuse('not_found');
    if ((old.pinnedAt !== undefined) === on) return { ok: true, message: this.show(old) };
    if (on && !this.hasRoomForPin(old)) {
      const { clearedSeq, hidden } = this.marksOf(conversationId, userId);
      // The newest come first.
      const gone = toPins(this.conversation(conversationId).log).findLast(
        (pin) => pin.seq <= clearedSeq || hidden.has(pin.seq),
      );
      if (!gone) return refuse('invalid');
      this.pin(userId, { conversationId, seq: gone.seq, on: false });
    }
    return this.change(changePin(old, on ? { pinnedAt: this.tick(), pinnedBy: userId } : null));
  }

  private hasRoomForPin({ conversationId }: Message): boolean {
    return toPins(this.conversation(conversationId).log).length < this.maxPins;
  }

  /** One of the sender's other devices, which knows the text as it is, changes it. */
  edit(id: string, seq: number): void {
    const old = this.conversation(id).log[seq - 1];
    if (!old || old.deletedAt) return;
    const body = `\u00ab${old.body.replace(/\W+/g, ' ').trim()} again\u00bb`;
    this.editMessage(old.senderId, { conversationId: id, seq, body, baseRevision: old.revision });
  }

  private find(userId: string, { conversationId, seq }: { conversationId: string; seq: number }) {
    const message = this.conversations.get(conversationId)?.log[seq - 1];
    return message?.senderId === userId ? message : undefined;
  }

  private change(rest: Message, changed: Partial<Message> = {}): Stored {
    const conversation = this.conversation(rest.conversationId);
    const message = { ...rest, ...changed, revision: ++conversation.revision };
    conversation.log[rest.seq - 1] = message;
    this.emitToBoth('message:update', this.show(message));
    return { ok: true, message: this.show(message) };
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
    const event = { conversationId: id, ...next };
    const own = { ...event, unread: this.entry(id, userId).unread };
    const [tellOwner, tellOther] =
      userId === this.me ? [this.emit, this.emitToPartner] : [this.emitToPartner, this.emit];
    if (hasMoved) tellOther('conversation:cursor', event);
    if (hasMoved && kind === 'read') tellOwner('conversation:cursor', own);
    return { ok: true, seq: kind === 'read' ? next.readSeq : next.deliveredSeq };
  }

  setBlocked(id: string, blocked: boolean): void {
    this.conversation(id).blocked = blocked;
    this.emit('conversation:new', this.entry(id));
  }

  /** A conversation from the side of one of its two people. */
  entry(id: string, userId = this.me): ConversationEntry {
    const { log, cursors, revision, blocked } = this.conversation(id);
    const { readSeq } = cursors[userId] as Cursors;
    const shown = this.readFor(id, userId);
    const last = shown.findLast((m) => !m.vanished);
    const otherId = userId === this.me ? PARTNER : this.me;
    return {
      conversationId: id,
      partner: { userId: otherId, username: otherId === PARTNER ? 'junho' : 'minji' },
      createdAt: '2026-01-01T00:00:00.000Z',
      lastSeq: log.length,
      revision,
      lastMessage: last ? toPreview(last) : null,
      unread: shown.filter((m) => m.seq > readSeq && m.senderId !== userId && !m.deletedAt).length,
      cursors: [{ ...(cursors[userId] as Cursors) }, { ...(cursors[otherId] as Cursors) }],
      blocked: blocked && userId === this.me,
      muted: false,
      ...this.marksHead(id, userId),
    };
  }

  history(input: Input<'conversation:history'>, userId = this.me): Ack<HistoryPage> {
    const conversation = this.conversations.get(input.conversationId);
    if (!conversation) return { ok: false, error: { code: 'not_found' } };
    const { revision } = conversation;
    const log = this.read(conversation.id);
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
    const marks = this.listMarks(conversation.id, userId);
    const { clearedSeq } = marks;
    // A page begins above what its reader cleared, as far as it would have reached.
    const above = Math.max(start, clearedSeq);
    const until = input.beforeSeq === undefined && above > start ? above + size : end;
    const messages = hideMessages(log.slice(above, until), this.marksOf(conversation.id, userId));
    const last = Math.max(clearedSeq, Math.min(until, log.length));
    const isBeside = input.beforeSeq !== undefined || input.afterSeq !== undefined;
    return {
      ok: true,
      messages,
      ...(!isBeside && readPins(this.readFor(conversation.id, userId))),
      more: { before: above > clearedSeq, after: last < log.length },
      revision,
      ...(marks.revision > 0 && marks.revision !== input.marksRevision && { marks }),
    };
  }

  sync({ conversationId, afterRevision }: Input<'conversation:sync'>, userId = this.me): Ack<SyncPage> {
    const conversation = this.conversations.get(conversationId);
    if (!conversation) return { ok: false, error: { code: 'not_found' } };
    const entry = this.entry(conversationId, userId);
    const head = { ok: true as const, conversation: entry, cursors: entry.cursors };
    const { revision } = conversation;
    const log = this.readFor(conversationId, userId);
    if (revision < afterRevision || revision - afterRevision > this.maxBehind) {
      const page = this.history({ conversationId }, userId);
      if (!page.ok) return page;
      const { messages, pins, marks } = page;
      return { ...head, reset: true, messages, revision, ...(pins && { pins }), ...(marks && { marks }) };
    }
    const all = log.filter((m) => m.revision > afterRevision).sort((a, b) => a.revision - b.revision);
    const changes = all.slice(0, this.syncLimit);
    const more = all.length > changes.length;
    return { ...head, changes, more, revision: more ? (changes.at(-1)?.revision ?? 0) : revision };
  }

  heads(userId = this.me): Heads {
    return Object.fromEntries(
      [...this.conversations.keys()].map((id) => {
        const { revision, cursors } = this.entry(id, userId);
        return [id, { revision, cursors, ...this.marksHead(id, userId) }];
      }),
    );
  }

  list(userId = this.me): { ok: true; conversations: ConversationEntry[]; more: boolean } {
    const conversations = [...this.conversations.keys()]
      .map((id) => this.entry(id, userId))
      .filter(({ marks }) => !marks?.removed);
    return { ok: true, conversations, more: false };
  }

  /** Answers one request of a client, the viewer's unless said otherwise. */
  answer(event: keyof ClientEvents, input: never, userId = this.me): Ack {
    const refusal = userId === this.me && event.startsWith('message:') ? this.refuseChange?.(event) : null;
    if (refusal) return refusal;
    switch (event) {
      case 'message:send':
        return this.send(userId, input);
      case 'message:edit':
        return this.editMessage(userId, input);
      case 'message:delete':
        return (input as Input<'message:delete'>).scope === 'me'
          ? this.hide(userId, input)
          : this.delete(userId, input);
      case 'message:star':
        return this.star(userId, input);
      case 'conversation:clear':
        return this.clear(userId, input);
      case 'conversation:marks': {
        const { conversationId } = input as { conversationId: string };
        if (!this.conversations.has(conversationId)) return refuse('not_found');
        return { ok: true, ...this.listMarks(conversationId, userId) };
      }
      case 'message:undelete':
        return this.undelete(userId, input);
      case 'message:react':
        return this.react(userId, input);
      case 'message:pin':
        return this.pin(userId, input);
      case 'conversation:delivered':
      case 'conversation:read': {
        const { conversationId, seq } = input as { conversationId: string; seq: number };
        const kind = event === 'conversation:read' ? 'read' : 'delivered';
        return this.moveCursor(userId, kind, conversationId, seq);
      }
      case 'conversation:history':
        return this.history(input, userId);
      case 'conversation:sync':
        return this.sync(input, userId);
      case 'conversation:list':
        return this.list(userId);
      default:
        return { ok: false, error: { code: 'invalid' } };
    }
  }
}
