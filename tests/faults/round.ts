import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '#db/seed/random.ts';
import { type Cast, conversationsOf } from './cast.ts';
import type { Canary } from './changes.ts';
import type { Marked } from './check-marks.ts';
import type { FaultClient } from './client.ts';
import type { Stage, World } from './world.ts';

/** A text on its way: unique in the whole run, so that it can be told apart wherever it turns up. */
export type Sent = {
  text: string;
  conversationId: string;
  senderId: string;
  recipientId: string;
  /** The tab that sent it, whose texts keep their order; null for bare connections, which promise none. */
  tab: FaultClient | null;
  /** Acknowledged to a bare connection. */
  isAcked?: boolean;
  /** No mail is due for it: the recipient's address or choice changed while it waited. */
  isUnmailed?: boolean;
};

export type Forgotten = { mark: string; mailsBefore: number };

/** One fault among talking people. */
export class Round<Ground extends Stage = World> {
  readonly world: Ground;
  readonly cast: Cast;
  readonly random: Random;
  readonly sent: Sent[] = [];
  /** Messages that change, which nothing promises to stay. */
  readonly canaries: Canary[] = [];
  /** What people keep to themselves. */
  readonly marked: Marked[] = [];
  /** Marks of texts that were deleted and forgotten, each with how many mails had been seen by then. */
  readonly forgotten: Forgotten[] = [];
  /** What a kind saw that must never happen. */
  readonly findings: string[] = [];
  /** Korean letters drawn at random that each text is made longer by. */
  padding = 0;
  /** When the fault was over; recovery counts from here. */
  healedAt = Date.now();
  /** What is put in order again once the round has been checked. */
  readonly repairs: (() => unknown)[] = [];
  private readonly name: string;

  constructor(name: string, world: Ground, cast: Cast, random: Random) {
    this.name = name;
    this.world = world;
    this.cast = cast;
    this.random = random;
  }

  /** The next text of the round, written down as sent. */
  note(conversationId: string, senderId: string, tab: FaultClient | null): Sent {
    const conversation = this.cast.conversations.find(({ id }) => id === conversationId);
    const recipient = conversation?.members.find(({ userId }) => userId !== senderId);
    if (!recipient) throw new Error('a sender outside the conversation');
    const letters = Array.from({ length: this.padding }, () => this.random.between(0xac00, 0xd7a3));
    const text = `${this.name}·${this.sent.length + 1}${String.fromCharCode(...letters)}`;
    const sent: Sent = { text, conversationId, senderId, recipientId: recipient.userId, tab };
    this.sent.push(sent);
    return sent;
  }

  /** Every tab writes `each` texts, in all its conversations, with short pauses of at most `pauseMs`. */
  async talk(each: number, pauseMs = 40): Promise<void> {
    await Promise.all(
      this.cast.tabs.map(async (tab) => {
        for (let count = 0; count < each; count++) {
          await sleep(this.random.between(0, pauseMs));
          this.say(tab);
        }
      }),
    );
  }

  /** One tab writes one text, in any of its conversations unless one is named. */
  say(tab: FaultClient, conversation = this.random.pick(conversationsOf(this.cast, tab))): Sent {
    const { id } = conversation;
    const sent = this.note(id, tab.person.userId, tab);
    tab.send(id, sent.text);
    return sent;
  }

  pause(low: number, high: number): Promise<void> {
    return sleep(this.random.between(low, high));
  }

  heal(): void {
    this.healedAt = Date.now();
  }
}
