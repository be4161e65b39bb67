import { sql } from 'drizzle-orm';
import { bigint, check, index, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { EMAIL_PREFERENCES } from '#lib/email/preferences/choices.ts';
import { locales } from '#lib/i18n/config.ts';
import { time } from './columns.ts';

/** People. `*Key` columns are folded (NFKC, case) and carry the uniqueness; ids are uuid v7. */
export const users = pgTable(
  'users',
  {
    id: uuid('id').primaryKey(),
    /**
     * A `guest` came by an invitation and has no password, `active` has an account, `suspended` is shut out by an
     * operator, of `deleted` only what their partners keep is left.
     */
    state: text('state', { enum: ['guest', 'active', 'suspended', 'deleted'] })
      .notNull()
      .default('active'),
    /** What they may do beyond their own account. */
    role: text('role', { enum: ['member', 'operator'] })
      .notNull()
      .default('member'),
    username: text('username').notNull(),
    usernameKey: text('username_key').notNull(),
    /**
     * What the name looks like (lib/text/skeleton.ts): no two new names look alike. Null for an account that
     * is older than this rule and looks like another.
     */
    usernameSkeleton: text('username_skeleton'),
    /** Pieces by which people search finds this name (lib/text/people-keys.ts). */
    searchKeys: text('search_keys').array().notNull(),
    /** The folded name, which is the first of those keys. */
    searchName: text('search_name').generatedAlwaysAs(sql`search_keys[1]`),
    email: text('email').notNull(),
    emailKey: text('email_key').notNull(),
    emailVerifiedAt: time('email_verified_at'),
    /** Null for who logs in by no password: guests, and people with passkeys alone. */
    passwordHash: text('password_hash'),
    locale: text('locale', { enum: locales }).notNull(),
    /** Which new messages reach this person by e-mail (lib/email/messages/policy.ts). */
    emailPreference: text('email_preference', { enum: EMAIL_PREFERENCES }).notNull().default('every'),
    /** Zone that the daily summary's morning is reckoned in; null until the person chose the summary. */
    timeZone: text('time_zone'),
    lastSummaryAt: time('last_summary_at'),
    /** Set when the present address refused a mail for good or its reader called one spam. */
    emailStoppedAt: time('email_stopped_at'),
    emailStopReason: text('email_stop_reason', { enum: ['bounced', 'complained'] }),
    createdAt: time('created_at').notNull().defaultNow(),
    /** When the last of this person's connections closed; null before the first. */
    lastSeenAt: time('last_seen_at'),
  },
  (t) => [
    uniqueIndex('users_username_key').on(t.usernameKey),
    uniqueIndex('users_username_skeleton').on(t.usernameSkeleton),
    uniqueIndex('users_email_key').on(t.emailKey),
    index('users_search').using('gin', t.searchKeys),
    // Code point order, so that names which begin alike are one range of the index.
    index('users_search_name').on(sql`${t.searchName} collate "C"`),
  ],
);

export type PersonState = (typeof users.$inferSelect)['state'];

/** Logins. The JWT names a row here; a revoked or idle row ends the session whatever the cookie says. */
export const sessions = pgTable(
  'sessions',
  {
    id: uuid('id').primaryKey(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    createdAt: time('created_at').notNull().defaultNow(),
    /** When the person last proved in this session who they are: by its login, or again before something delicate. */
    authenticatedAt: time('authenticated_at').notNull().defaultNow(),
    lastSeenAt: time('last_seen_at').notNull().defaultNow(),
    userAgent: text('user_agent'),
    ip: text('ip'),
    /** The browser, as the cookie it keeps names it; a login from an unknown one is told by mail. */
    deviceId: uuid('device_id'),
    revokedAt: time('revoked_at'),
    /** Why it was revoked: by its own log-out, from another device, or by a new password; null when its person was shut out. */
    endReason: text('end_reason', { enum: ['logout', 'elsewhere', 'password'] }),
  },
  (t) => [index('sessions_user').on(t.userId)],
);

/** What a person proves with, besides the password, who they are. */
export const credentials = pgTable(
  'credentials',
  {
    id: uuid('id').primaryKey(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    kind: text('kind', { enum: ['passkey', 'totp'] }).notNull(),
    /** What the person calls it. */
    name: text('name'),
    /** By what a login names it: a passkey's credential id (base64url); null for TOTP. */
    handle: text('handle'),
    /** What may be known: a passkey's public key (base64url), transports, device type and back-up state. */
    publicData: jsonb('public_data').$type<Record<string, unknown>>().notNull().default({}),
    /** What may not: a TOTP secret, sealed with a key that is not in the database. */
    sealedSecret: text('sealed_secret'),
    /** Only grows: a passkey's signature counter, or the last TOTP time step that was taken. */
    counter: bigint('counter', { mode: 'number' }).notNull().default(0),
    createdAt: time('created_at').notNull().defaultNow(),
    /** When it was proven to work, as by the first code of a new TOTP; null until then, and it counts for nothing. */
    confirmedAt: time('confirmed_at'),
    lastUsedAt: time('last_used_at'),
  },
  (t) => [
    index('credentials_user').on(t.userId),
    uniqueIndex('credentials_handle').on(t.kind, t.handle),
    check('credentials_handle_given', sql`(${t.handle} is null) = (${t.kind} = 'totp')`),
  ],
);

/** Single-use secrets sent by e-mail, stored as SHA-256. */
export const tokens = pgTable(
  'tokens',
  {
    hash: text('hash').primaryKey(),
    purpose: text('purpose', { enum: ['verify', 'reset', 'change', 'login'] }).notNull(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** The address that the token was sent to; it proves that address and no later one. */
    email: text('email').notNull(),
    createdAt: time('created_at').notNull().defaultNow(),
    expiresAt: time('expires_at').notNull(),
    usedAt: time('used_at'),
  },
  (t) => [index('tokens_user').on(t.userId)],
);
