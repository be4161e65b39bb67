import type { ConversationEntry } from '#lib/chat/types.ts';
import { isShallowEqual } from '../views/is-shallow-equal.ts';

/**
 * What moves each field of an entry: a field that is missing here does not compile.
 *
 * `log`: the entry's revision alone, or nothing at all. `beside`: other things too, such as a cursor.
 * `setting`: the viewer's wish, which has no revision to tell the older account by.
 */
const MOVED_BY = {
  conversationId: 'log',
  createdAt: 'log',
  lastSeq: 'log',
  lastMessage: 'beside',
  revision: 'beside',
  partner: 'beside',
  unread: 'beside',
  cursors: 'beside',
  marks: 'beside',
  blocked: 'setting',
  muted: 'setting',
} as const satisfies Record<keyof ConversationEntry, 'log' | 'beside' | 'setting'>;

type Field = keyof typeof MOVED_BY;
type Setting = { [F in Field]: (typeof MOVED_BY)[F] extends 'setting' ? F : never }[Field];

const fields = Object.keys(MOVED_BY) as Field[];
const compared = fields.filter((field) => MOVED_BY[field] !== 'log');
const settings = fields.filter((field): field is Setting => MOVED_BY[field] === 'setting');

/** True when two accounts of an entry say the same; at the same revision the log's part does. */
export function isSameEntry(a: ConversationEntry, b: ConversationEntry): boolean {
  return compared.every((field) => isSameValue(a[field], b[field]));
}

/** True when two accounts agree on what the viewer has set. */
export function hasSameSettings(a: ConversationEntry, b: ConversationEntry): boolean {
  return settings.every((field) => a[field] === b[field]);
}

/** What the viewer has set, of an entry. */
export function pickSettings(entry: ConversationEntry): Pick<ConversationEntry, Setting> {
  return Object.fromEntries(settings.map((field) => [field, entry[field]])) as Pick<
    ConversationEntry,
    Setting
  >;
}

function isSameValue(a: unknown, b: unknown): boolean {
  return a === b || (a instanceof Object && b instanceof Object && isShallowEqual(a, b));
}
