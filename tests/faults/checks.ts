import { MAX_PINS } from '#lib/chat/sizes.ts';
import { type Cast, conversationsOf } from './cast.ts';
import type { FaultClient } from './client.ts';
import type { Round, Sent } from './round.ts';
import { waitFor } from './wait-for.ts';
import type { Stage } from './world.ts';

export type Outcome = {
  acked: number;
  lost: number;
  doubled: number;
  misordered: number;
  misdelivered: number;
  recoveryMs: number;
  findings: string[];
};

type Row = {
  conversation_id: string;
  seq: number;
  body: string;
  sender_id: string;
  /** What else is shown of it, as `tellLook` of a tab's message says it. */
  look: string;
  /** The same where what it answers is not shown, to whom that is, and who does not see the message at all. */
  quiet_look: string;
  quiet_for: string[];
  hidden_for: string[];
  /** What a bar shows of it as `listPins` of a tab says it; null where it is not pinned. */
  pin: string | null;
  /** Its conversation's row says the same. */
  is_listed: boolean;
};

/** The log as one person sees it, who deleted some of it for themselves. */
function asSeenBy(userId: string, rows: Row[]): Row[] {
  return rows.map((row) => {
    if (row.hidden_for.includes(userId)) return { ...row, body: '', look: 't t f', pin: null };
    return row.quiet_for.includes(userId) ? { ...row, look: row.quiet_look } : row;
  });
}

/** How long a round may take to come together again; heads alone take up to 20 s. */
const LIMIT_MS = 60_000;

/** Waits until everybody shows the same as the database, then counts what went wrong. */
export async function checkRound(round: Round<Stage>, limitMs = LIMIT_MS): Promise<Outcome> {
  const { world, cast } = round;
  let rows: Row[] = [];
  let recoveryMs = 0;
  const findings = [...round.findings];
  const readLog = async () => {
    rows = await readMessages(world, cast);
    const stored = new Set(rows.map(({ body }) => body));
    if (!round.sent.every(({ text }) => stored.has(text))) return false;
    return cast.tabs.every((tab) =>
      conversationsOf(cast, tab).every(({ id }) => shows(tab, asSeenBy(tab.person.userId, rows), id)),
    );
  };
  try {
    await waitFor(readLog, 'all to show the same', limitMs);
    recoveryMs = Date.now() - round.healedAt;
  } catch {
    recoveryMs = limitMs;
    rows = await readMessages(world, cast);
  }
  const counts = countBodies(rows);
  // A person's tabs send for one another.
  const acked = round.sent.filter(
    (sent) => sent.isAcked || cast.tabs.some((tab) => tab.acked.has(sent.text)),
  );
  let lost = round.sent.filter(({ text }) => !counts.has(text)).length;
  if (lost > 0)
    findings.push(
      `${lost} not in the log, ${acked.filter(({ text }) => !counts.has(text)).length} of them acknowledged`,
    );
  let misordered = countMisordered(round.sent, rows);
  let doubled = round.sent.filter(({ text }) => (counts.get(text) ?? 0) > 1).length;
  for (const tab of cast.tabs) {
    const seen = asSeenBy(tab.person.userId, rows);
    for (const { id } of conversationsOf(cast, tab)) {
      const shown = tab.listTexts(id);
      if (!showsPins(tab.listPins(id), seen, id))
        findings.push(`a tab of ${tab.person.username} shows other pins`);
      if (showsLog(shown, seen, id)) continue;
      const own = seen.filter((row) => row.conversation_id === id);
      const shownCounts = countBodies(shown.map(({ text }) => ({ body: text })));
      const unseen = own.filter(({ body }) => isOf(round, body) && !shownCounts.has(body)).length;
      const twice = own.filter(({ body }) => isOf(round, body) && (shownCounts.get(body) ?? 0) > 1).length;
      findings.push(`a tab of ${tab.person.username} lacks ${unseen}, shows ${twice} twice`);
      lost += unseen;
      doubled += twice;
      if (unseen === 0 && twice === 0) misordered += 1;
    }
  }
  return {
    acked: acked.length,
    lost,
    doubled,
    misordered,
    misdelivered: countMisdelivered(cast),
    recoveryMs,
    findings,
  };
}

const isOf = (round: Round<Stage>, body: string) => round.sent.some(({ text }) => text === body);

async function readMessages(world: Stage, cast: Cast): Promise<Row[]> {
  const ids = cast.conversations.map(({ id }) => id);
  const { rows } = await world.pool
    .query<Row>(
      `select m.conversation_id, m.seq, m.body, m.sender_id, concat_ws(' ', looks.own, left(o.body, 160)) as look,
         concat_ws(' ', looks.own, '') as quiet_look, array(
           select user_id::text from marks k
           where k.conversation_id = m.conversation_id and k.seq = o.seq and k.hidden_at is not null) as quiet_for,
         array(
           select user_id::text from marks k
           where k.conversation_id = m.conversation_id and k.seq = m.seq and k.hidden_at is not null) as hidden_for,
         case when m.pinned_at is not null then concat_ws(' ', m.seq, m.pinned_by, left(m.body, 160)) end as pin,
         (m.pinned_at is not null) = (m.seq = any(c.pinned_seqs)) as is_listed
       from messages m
       join conversations c on c.id = m.conversation_id
       cross join lateral (select concat_ws(' ', m.vanished, m.deleted_at is not null, m.edited_at is not null, m.pinned_by, (
         select string_agg(r ->> 'emoji' || jsonb_array_length(r -> 'userIds'), '')
         from jsonb_array_elements(m.reactions) r)) as own) looks
       left join messages o on o.conversation_id = m.conversation_id and o.seq = m.reply_to_seq
       where m.conversation_id = any($1) order by m.conversation_id, m.seq`,
      [ids],
    )
    .catch(() => ({ rows: [] as Row[] }));
  return rows;
}

/** True when a tab shows the log and the pins as its person sees them. */
function shows(tab: FaultClient, rows: Row[], conversationId: string): boolean {
  return (
    showsLog(tab.listTexts(conversationId), rows, conversationId) &&
    showsPins(tab.listPins(conversationId), rows, conversationId)
  );
}

/** True when a bar shows what is pinned, the database says so twice, and there are no more than ten. */
function showsPins(shown: string[], rows: Row[], conversationId: string): boolean {
  const log = rows.filter((row) => row.conversation_id === conversationId);
  const pins = log.flatMap(({ pin }) => pin ?? []);
  const isSame = pins.length === shown.length && pins.every((pin) => shown.includes(pin));
  return isSame && pins.length <= MAX_PINS && log.every((row) => row.is_listed);
}

/** True when a tab shows the end of the log, nothing of it left out, and nothing else. */
function showsLog(
  shown: { text: string; seq: number | null; look: string }[],
  rows: Row[],
  conversationId: string,
): boolean {
  const log = rows.filter((row) => row.conversation_id === conversationId);
  const tail = log.slice(log.length - shown.length);
  if (log.length > 0 && shown.length === 0) return false;
  return (
    tail.length === shown.length &&
    tail.every(({ seq, body, look }, index) => {
      const item = shown[index];
      return item?.seq === seq && item.text === body && item.look === look;
    })
  );
}

function countBodies(rows: { body: string }[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { body } of rows) counts.set(body, (counts.get(body) ?? 0) + 1);
  return counts;
}

/** Texts of one tab that the log has in another order than they were written in. */
function countMisordered(sent: Sent[], rows: Row[]): number {
  const places = new Map(rows.map(({ body, seq }) => [body, seq]));
  const last = new Map<unknown, number>();
  let count = 0;
  for (const { text, tab, conversationId } of sent) {
    const place = places.get(text);
    if (!tab || place === undefined) continue;
    const key = `${tab.line.port} ${conversationId}`;
    if (place < (last.get(key) ?? 0)) count++;
    last.set(key, place);
  }
  return count;
}

/** Conversations that somebody heard of who is not in them. */
function countMisdelivered(cast: Cast): number {
  return [...cast.tabs, cast.stranger].reduce((sum, tab) => {
    const own = new Set(conversationsOf(cast, tab).map(({ id }) => id));
    return sum + [...tab.heardOf].filter((id) => !own.has(id)).length;
  }, 0);
}
