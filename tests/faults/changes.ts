import { randomBytes } from 'node:crypto';
import { conversationsOf } from './cast.ts';
import { checkMarks, mark } from './check-marks.ts';
import type { FaultClient } from './client.ts';
import type { Round } from './round.ts';
import { waitFor } from './wait-for.ts';

/** A message whose every text has its mark, which is found again wherever anything of it is left. */
export type Canary = { mark: string; clientId: string; conversationId: string; tab: FaultClient };

const KINDS = [
  'pin',
  'pin',
  'plant',
  'edit',
  'edit',
  'delete',
  'undelete',
  'react',
  'react',
  'star',
  'star',
  'hide',
] as const;
const EMOJI = ['👍', '❤️', '🎉'];
/** Longer than an undo is possible, and than the job takes that forgets for a node which died. */
const FORGOTTEN_MS = 120_000;

const makeMark = () => `canary${randomBytes(8).toString('hex')}`;

/** One tab writes a message that is going to change, as a reply where one is named. */
export function plant(round: Round, tab: FaultClient, conversationId: string, replyToSeq?: number): Canary {
  const mark = makeMark();
  const draft = { text: `${mark} first`, ...(replyToSeq && { replyToSeq }) };
  const clientId = tab.client.actions.send(conversationId, draft) ?? '';
  const canary = { mark, clientId, conversationId, tab };
  round.canaries.push(canary);
  return canary;
}

/** The message of a canary as a tab has it, once the server has stored it. */
function find({ clientId, conversationId }: Canary, tab: FaultClient) {
  return tab.listMessages(conversationId).find((message) => message.clientId === clientId);
}

/** Every tab changes messages of its own, and reacts to any and pins any, `each` times, with short pauses. */
export async function stir(round: Round, each: number, pauseMs = 60): Promise<void> {
  await Promise.all(
    round.cast.tabs.map(async (tab) => {
      for (let count = 0; count < each; count++) {
        await round.pause(0, pauseMs);
        changeOne(round, tab);
      }
    }),
  );
}

function changeOne(round: Round, tab: FaultClient): void {
  const { random } = round;
  const { id } = random.pick(conversationsOf(round.cast, tab));
  const { actions } = tab.client;
  const messages = tab.listMessages(id);
  const own = round.canaries.filter(
    (canary) => canary.tab.person === tab.person && canary.conversationId === id,
  );
  const canary = own.length > 0 ? random.pick(own) : undefined;
  const message = canary && find(canary, tab);
  const any = messages.length > 0 ? random.pick(messages) : undefined;
  const kind = random.pick(KINDS);
  if (kind === 'react' && any) actions.react(id, any.seq, random.pick(EMOJI), random.between(0, 2) > 0);
  else if (kind === 'pin' && any) actions.pin(id, any.seq, random.between(0, 2) > 0);
  else if ((kind === 'star' || kind === 'hide') && any)
    mark(round, tab, { kind, conversationId: id, seq: any.seq });
  else if (kind === 'plant' || !message) plant(round, tab, id, any?.seq);
  else if (kind === 'edit') edit(tab, canary, `${canary.mark} edit ${random.between(0, 9_999)}`);
  else if (kind === 'delete') actions.deleteForBoth(id, message.seq);
  else actions.undelete(id, message.seq);
}

/** Changes the text of a stored canary, as its person does in the composer. */
export function edit(tab: FaultClient, canary: Canary, text: string): void {
  const { actions } = tab.client;
  const message = find(canary, tab);
  if (!message || !actions.startEdit(canary.conversationId, message.seq)) return;
  actions.send(canary.conversationId, { ...actions.getDraft(canary.conversationId), text });
}

/** Waits until every tab has told the server all that its person wants, and no change is refused for good. */
export async function waitUntilTold(round: Round): Promise<void> {
  const isTold = (tab: FaultClient) =>
    conversationsOf(round.cast, tab).every(({ id }) => tab.countWaiting(id) === 0);
  await waitFor(() => round.cast.tabs.every(isTold), 'the changes to be told');
}

/** Deletes two of three canaries for good, and waits until the database has them deleted. */
export async function deleteMost(round: Round): Promise<void> {
  await waitUntilTold(round);
  await checkMarks(round);
  const doomed = round.canaries.filter((_, index) => index % 3 > 0);
  await deleteAll(round, doomed);
}

/** Deletes these canaries, and waits until the database has them deleted. */
export async function deleteAll(round: Round, doomed: Canary[]): Promise<void> {
  await waitFor(
    () => doomed.every((canary) => find(canary, canary.tab)),
    'the messages to be known to those who wrote them',
  );
  for (const canary of doomed) {
    const { seq = 0 } = find(canary, canary.tab) ?? {};
    canary.tab.client.actions.deleteForBoth(canary.conversationId, seq);
  }
  const isDeleted = async () => {
    const { rows } = await round.world.pool
      .query<{ left: number }>(
        'select count(*)::int as left from messages where client_id = any($1) and deleted_at is null',
        [doomed.map(({ clientId }) => clientId)],
      )
      .catch(() => ({ rows: [] }));
    return rows[0]?.left === 0;
  };
  await waitFor(isDeleted, 'the messages to be deleted');
}

/**
 * Waits until no deletion can be undone, then looks for what was deleted in every table, in every tab and on its
 * device, and in what the nodes have printed. What mails say from then on is looked at in the end (check-mails.ts).
 */
export async function checkForgotten(round: Round): Promise<void> {
  const { pool, nodes } = round.world;
  await waitFor(
    async () => (await pool.query('select 1 from undos').catch(() => ({ rowCount: 1 }))).rowCount === 0,
    'deleted texts to be forgotten',
    FORGOTTEN_MS,
    250,
  );
  const { rows } = await pool.query<{ client_id: string }>(
    'select client_id from messages where client_id = any($1) and deleted_at is not null',
    [round.canaries.map(({ clientId }) => clientId)],
  );
  const deleted = new Set(rows.map(({ client_id }) => client_id));
  const marks = round.canaries.filter(({ clientId }) => deleted.has(clientId)).map(({ mark }) => mark);
  if (marks.length === 0) round.findings.push('nothing was deleted');
  const places = async () => [
    ...(await listHolders(round, marks)),
    ...round.cast.tabs
      .filter((tab) => holds(tab.dump(), marks))
      .map(({ person }) => `a tab of ${person.username}`),
    ...nodes.filter((node) => holds(node.output(), marks)).map(() => 'the log of a node'),
  ];
  // Mails that waited are written anew a moment later, and a node without Redis hears of changes by heads alone.
  // A mail that a node had in hand when it died is taken back a minute later, and written anew only then.
  await waitFor(async () => (await places()).length === 0, 'nothing deleted to be left', 150_000, 250).catch(
    async () => round.findings.push(`deleted texts are still in ${(await places()).join(', ')}`),
  );
  const { mail } = round.world;
  for (const mark of marks) round.forgotten.push({ mark, mailsBefore: mail.seen.length });
}

const holds = (text: string, marks: string[]) => marks.some((mark) => text.includes(mark));

/** The tables that hold any of these marks. */
async function listHolders({ world: { pool } }: Round, marks: string[]): Promise<string[]> {
  const { rows } = await pool.query<{ name: string }>(
    `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
     where table_schema in ('public', 'pgboss') and table_type = 'BASE TABLE'`,
  );
  const holders = [];
  for (const { name } of rows) {
    const found = await pool.query(
      `select 1 from ${name} r where r::text ~ (select string_agg(mark, '|') from unnest($1::text[]) mark) limit 1`,
      [marks],
    );
    if (found.rowCount) holders.push(name);
  }
  return holders;
}
