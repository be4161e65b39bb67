import { getPool } from '../client.ts';

export type MoveCursorResult = {
  lastSeq: number;
  peerId: string;
  deliveredSeq: number;
  readSeq: number;
  hasMoved: boolean;
};

/**
 * Moves one of a member's cursors forward; reading includes having been delivered.
 *
 * Undefined when the conversation is not theirs. A seq above the newest moves nothing: the caller
 * sees it by comparing with `lastSeq`.
 */
export async function moveCursor(input: {
  memberId: string;
  conversationId: string;
  kind: 'delivered' | 'read';
  seq: number;
}): Promise<MoveCursorResult | undefined> {
  const { rows } = await getPool().query<MoveCursorResult>({
    name: 'member-cursor',
    text: `
      with room as (
        select c.last_seq, me.delivered_seq, me.read_seq,
          case when c.low_user_id = $2 then c.high_user_id else c.low_user_id end as peer_id
        from members me join conversations c on c.id = me.conversation_id
        where me.conversation_id = $1 and me.user_id = $2
      ),
      moved as (
        update members m set
          delivered_seq = greatest(m.delivered_seq, $3),
          read_seq = case when $4 then greatest(m.read_seq, $3) else m.read_seq end
        from room
        where m.conversation_id = $1 and m.user_id = $2 and $3 <= room.last_seq
          and (m.delivered_seq < $3 or ($4 and m.read_seq < $3))
        returning m.delivered_seq, m.read_seq
      ),
      noted as (
        insert into receipts (conversation_id, user_id, kind, from_seq, seq, at)
        select $1, $2, move.kind, move.from_seq, $3, clock_timestamp()
        from moved cross join room
        cross join lateral (values ('delivered', room.delivered_seq, true), ('read', room.read_seq, $4))
          as move (kind, from_seq, applies)
        where move.applies and move.from_seq < $3
        on conflict do nothing
      )
      select room.last_seq as "lastSeq", room.peer_id as "peerId",
        coalesce(moved.delivered_seq, room.delivered_seq) as "deliveredSeq",
        coalesce(moved.read_seq, room.read_seq) as "readSeq",
        moved.read_seq is not null as "hasMoved"
      from room left join moved on true`,
    values: [input.conversationId, input.memberId, input.seq, input.kind === 'read'],
  });
  return rows[0];
}

/** Mutes the conversation or ends that; what came before is not mailed afterwards. True when it is this member's. */
export async function updateMuted(input: {
  memberId: string;
  conversationId: string;
  muted: boolean;
}): Promise<boolean> {
  const { rowCount } = await getPool().query(
    `update members m set muted = $3, mailed_seq = greatest(m.mailed_seq, case when m.muted then c.last_seq else 0 end)
     from conversations c
     where c.id = m.conversation_id and m.conversation_id = $1 and m.user_id = $2`,
    [input.conversationId, input.memberId, input.muted],
  );
  return rowCount === 1;
}

/** Blocks or unblocks the partner; true when the conversation is this member's. */
export async function updateBlocked(input: {
  memberId: string;
  conversationId: string;
  blocked: boolean;
}): Promise<boolean> {
  const { rowCount } = await getPool().query(
    'update members set blocked = $3 where conversation_id = $1 and user_id = $2',
    [input.conversationId, input.memberId, input.blocked],
  );
  return rowCount === 1;
}

/** The partner to whom a member's typing may be shown: undefined for strangers and across a block. */
export async function selectOpenPeer(input: {
  memberId: string;
  conversationId: string;
}): Promise<string | undefined> {
  const { rows } = await getPool().query<{ peerId: string }>({
    name: 'member-open-peer',
    text: `
      select p.user_id as "peerId" from members me
      join members p on p.conversation_id = me.conversation_id and p.user_id <> me.user_id
      where me.conversation_id = $1 and me.user_id = $2 and not me.blocked and not p.blocked`,
    values: [input.conversationId, input.memberId],
  });
  return rows[0]?.peerId;
}

export type HeadRow = {
  memberId: string;
  conversationId: string;
  revision: number;
  deliveredSeq: number;
  readSeq: number;
  partnerId: string;
  partnerDeliveredSeq: number;
  partnerReadSeq: number;
};

const headSelect = `
  select me.user_id as "memberId", c.id as "conversationId", c.revision,
    me.delivered_seq as "deliveredSeq", me.read_seq as "readSeq", p.user_id as "partnerId",
    p.delivered_seq as "partnerDeliveredSeq", p.read_seq as "partnerReadSeq"`;

/** Where all conversations of these people stand, one row for each side asked for. */
export async function selectHeads(memberIds: readonly string[]): Promise<HeadRow[]> {
  const { rows } = await getPool().query<HeadRow>({
    name: 'member-heads',
    text: `${headSelect}
      from members me
      join conversations c on c.id = me.conversation_id
      join members p on p.conversation_id = c.id and p.user_id <> me.user_id
      where me.user_id = any($1::uuid[]) and (c.last_seq > 0 or me.opened)`,
    values: [memberIds],
  });
  return rows;
}

/**
 * The same of those conversations alone that had a message or a moved cursor in the last minute (INTERFACE,
 * heads). Begins with what was written, so that people and rooms where nothing happens cost nothing.
 */
export async function selectChangedHeads(memberIds: readonly string[]): Promise<HeadRow[]> {
  const { rows } = await getPool().query<HeadRow>({
    name: 'member-changed-heads',
    text: `
      with changed as materialized (
        select conversation_id from messages where created_at > now() - interval '60 seconds'
        union
        select conversation_id from receipts where at > now() - interval '60 seconds'
      )
      ${headSelect}
      from changed
      join conversations c on c.id = changed.conversation_id
      join members me on me.conversation_id = c.id
      join unnest($1::uuid[]) as here(user_id) on here.user_id = me.user_id
      join members p on p.conversation_id = c.id and p.user_id <> me.user_id`,
    values: [memberIds],
  });
  return rows;
}
