import { getPool } from '../client.ts';
import { IS_LISTED } from './marks.ts';

export type MoveCursorResult = {
  lastSeq: number;
  partnerId: string;
  deliveredSeq: number;
  readSeq: number;
  hasMoved: boolean;
  /** A block stands between the two, so the partner learns nothing of it. */
  isSealed: boolean;
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
      with conversation as (
        select c.last_seq, me.delivered_seq, me.read_seq, me.sealed_at is not null or me.blocked as is_sealed,
          case when c.low_user_id = $2 then c.high_user_id else c.low_user_id end as partner_id
        from members me join conversations c on c.id = me.conversation_id
        where me.conversation_id = $1 and me.user_id = $2
      ),
      moved as (
        update members m set
          delivered_seq = greatest(m.delivered_seq, $3),
          read_seq = case when $4 then greatest(m.read_seq, $3) else m.read_seq end
        from conversation
        where m.conversation_id = $1 and m.user_id = $2 and $3 <= conversation.last_seq
          and (m.delivered_seq < $3 or ($4 and m.read_seq < $3))
        returning m.delivered_seq, m.read_seq
      ),
      noted as (
        insert into receipts (conversation_id, user_id, kind, from_seq, seq, at)
        select $1, $2, move.kind, move.from_seq, $3, clock_timestamp()
        from moved cross join conversation
        cross join lateral (values ('delivered', conversation.delivered_seq, true), ('read', conversation.read_seq, $4))
          as move (kind, from_seq, applies)
        where move.applies and move.from_seq < $3 and not conversation.is_sealed
        on conflict do nothing
      )
      select conversation.last_seq as "lastSeq", conversation.partner_id as "partnerId",
        coalesce(moved.delivered_seq, conversation.delivered_seq) as "deliveredSeq",
        coalesce(moved.read_seq, conversation.read_seq) as "readSeq",
        moved.read_seq is not null as "hasMoved", conversation.is_sealed as "isSealed"
      from conversation left join moved on true`,
    values: [input.conversationId, input.memberId, input.seq, input.kind === 'read'],
  });
  return rows[0];
}

/** Mutes the conversation for one of its members or ends that; what came before is not mailed afterwards. */
export async function updateMuted(input: {
  memberId: string;
  conversationId: string;
  muted: boolean;
}): Promise<void> {
  await getPool().query(
    `update members m set muted = $3, mailed_seq = greatest(m.mailed_seq, case when m.muted then c.last_seq else 0 end)
     from conversations c
     where c.id = m.conversation_id and m.conversation_id = $1 and m.user_id = $2`,
    [input.conversationId, input.memberId, input.muted],
  );
}

export type BlockResult = {
  partnerId: string;
  /** A block stands between the two, set by either. */
  isSealed: boolean;
  /** The member's cursors as the partner is shown them. */
  deliveredSeq: number;
  readSeq: number;
};

/**
 * Blocks or unblocks the partner; undefined when the conversation is not this member's. While a block stands either
 * way, each is shown the other's cursors as they were at its beginning.
 */
export async function updateBlocked(input: {
  memberId: string;
  conversationId: string;
  blocked: boolean;
}): Promise<BlockResult | undefined> {
  const { rows } = await getPool().query<BlockResult>({
    name: 'member-block',
    // The conversation is locked first, as a send does, so that two who block each other at once see one another.
    text: `
      with conversation as materialized (
        select c.id from conversations c join members me on me.conversation_id = c.id
        where c.id = $1 and me.user_id = $2
        for no key update of c
      ),
      sides as materialized (
        select m.user_id, m.blocked from conversation join members m on m.conversation_id = conversation.id
        order by m.user_id for no key update of m
      ),
      seal as (
        select bool_or(case when user_id = $2 then $3 else blocked end) as stands from sides
      ),
      changed as (
        update members m set
          blocked = case when m.user_id = $2 then $3 else m.blocked end,
          sealed_at = case when seal.stands then coalesce(m.sealed_at, clock_timestamp()) end,
          sealed_delivered_seq = case when seal.stands then coalesce(m.sealed_delivered_seq, m.delivered_seq) end,
          sealed_read_seq = case when seal.stands then coalesce(m.sealed_read_seq, m.read_seq) end
        from seal
        where m.conversation_id = $1 and seal.stands is not null
        returning m.user_id, seal.stands, coalesce(m.sealed_delivered_seq, m.delivered_seq) as delivered,
          coalesce(m.sealed_read_seq, m.read_seq) as read
      )
      select partner.user_id as "partnerId", me.stands as "isSealed", me.delivered as "deliveredSeq", me.read as "readSeq"
      from changed me join changed partner on partner.user_id <> me.user_id
      where me.user_id = $2`,
    values: [input.conversationId, input.memberId, input.blocked],
  });
  return rows[0];
}

/** The partners whom a member has blocked, by name; what they have blocked themselves is not looked at. */
export async function selectBlockedPartners(
  memberId: string,
): Promise<{ conversationId: string; userId: string; username: string }[]> {
  const { rows } = await getPool().query(
    `select me.conversation_id as "conversationId", u.id as "userId", u.username
     from members me
     join members p on p.conversation_id = me.conversation_id and p.user_id <> me.user_id
     join users u on u.id = p.user_id
     where me.user_id = $1 and me.blocked
     order by u.username_key`,
    [memberId],
  );
  return rows;
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
  marksRevision: number;
  clearedSeq: number;
  isListed: boolean;
};

const headSelect = `
  select me.user_id as "memberId", c.id as "conversationId", c.revision,
    me.delivered_seq as "deliveredSeq", me.read_seq as "readSeq", p.user_id as "partnerId",
    coalesce(p.sealed_delivered_seq, p.delivered_seq) as "partnerDeliveredSeq",
    coalesce(p.sealed_read_seq, p.read_seq) as "partnerReadSeq",
    me.marks_revision as "marksRevision", me.cleared_seq as "clearedSeq", ${IS_LISTED} as "isListed"`;

/** Where all conversations of these people stand, one row for each side asked for. */
export async function selectHeads(memberIds: readonly string[]): Promise<HeadRow[]> {
  const { rows } = await getPool().query<HeadRow>({
    name: 'member-heads',
    text: `${headSelect}
      from members me
      join conversations c on c.id = me.conversation_id
      join members p on p.conversation_id = c.id and p.user_id <> me.user_id
      where me.user_id = any($1::uuid[]) and (c.last_message_at is not null or me.opened or me.marks_revision > 0)`,
    values: [memberIds],
  });
  return rows;
}

/**
 * The same of those conversations alone that had a message, another change or a moved cursor in the last minute, and of
 * those in which the person marked something themselves, which nobody else is told.
 * Begins with what was written, so that people and conversations where nothing happens cost nothing.
 */
export async function selectChangedHeads(memberIds: readonly string[]): Promise<HeadRow[]> {
  const { rows } = await getPool().query<HeadRow>({
    name: 'member-changed-heads',
    text: `
      with changed as materialized (
        select conversation_id, null::uuid as user_id from messages where created_at > now() - interval '60 seconds'
        union
        select conversation_id, null from changes where at > now() - interval '60 seconds'
        union
        select conversation_id, null from receipts where at > now() - interval '60 seconds'
        union
        select conversation_id, user_id from marks where at > now() - interval '60 seconds'
      )
      ${headSelect}
      from changed
      join conversations c on c.id = changed.conversation_id
      join members me on me.conversation_id = c.id and me.user_id = coalesce(changed.user_id, me.user_id)
      join unnest($1::uuid[]) as here(user_id) on here.user_id = me.user_id
      join members p on p.conversation_id = c.id and p.user_id <> me.user_id`,
    values: [memberIds],
  });
  return rows;
}
