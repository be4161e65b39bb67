import { findFormArgument, isKnownAction } from './known-actions.ts';

/** Actions take two arguments at most: what a form showed before, and the form. */
const MAX_ARGUMENTS = 4;
/** What a text may begin with that React would read as more than a text: an escaped $, a constant, a form, the same object again. */
const MEANING = /^\$(\$|undefined$|NaN$|-?Infinity$|-0$|K[0-9a-f]{1,4}$|0:)/;
/** How React writes a form among arguments. */
const FORM = /^\$K[0-9a-f]{1,4}$/;

/** `unknown` is a call of an action that this build does not have, as from a page of another build. */
export type Verdict = 'call' | 'unknown' | 'malformed';

/**
 * What a POST to a page is: a call of a server action as the browser writes one, a form with the fields that React
 * adds, or with Next's header arguments as JSON, alone or beside a form. Next fails on anything else only after it began
 * to read it, with 500 and a stack in the log; an action that takes a form is called with one.
 */
export async function judgeActionCall(request: Request): Promise<Verdict> {
  try {
    const id = await readActionId(request);
    if (id === undefined) return 'malformed';
    return isKnownAction(id) ? 'call' : 'unknown';
  } catch {
    return 'malformed';
  }
}

/** The action that is called; undefined for what is no call. */
async function readActionId(request: Request): Promise<string | undefined> {
  const type = request.headers.get('content-type') ?? '';
  const id = request.headers.get('next-action');
  const formAt = id === null ? undefined : findFormArgument(id);
  if (/^multipart\/form-data\s*;/i.test(type)) {
    const form = await request.formData();
    if (id === null) return readFormAction(form);
    const given = readArguments(form.get('0'));
    return given && (formAt === undefined || FORM.test(String(given[formAt]))) ? id : undefined;
  }
  // A form among the arguments never comes alone.
  if (id === null || formAt !== undefined || !/^text\/plain\s*(;|$)/i.test(type)) return undefined;
  return readArguments(await request.text()) && id;
}

function readArguments(given: unknown): unknown[] | undefined {
  const read = readPlain(given);
  return Array.isArray(read) && read.length <= MAX_ARGUMENTS ? read : undefined;
}

/** The action of a form that was posted before scripts ran: it is named by id, or by a reference with bound arguments. */
function readFormAction(form: FormData): string | undefined {
  const names = [...form.keys()];
  const named = names
    .map((name) => /^\$ACTION_ID_([0-9a-f]+)$/.exec(name)?.[1])
    .filter((id) => id !== undefined);
  const references = names.filter((name) => /^\$ACTION_REF_\d+$/.test(name));
  if (named.length > 0 || references.length !== 1) return named[0];
  const [reference = ''] = references;
  const action = readPlain(form.get(`$ACTION_${reference.slice('$ACTION_REF_'.length)}:0`));
  if (typeof action !== 'object' || action === null) return undefined;
  const { id } = action as { id?: unknown };
  return typeof id === 'string' ? id : undefined;
}

/** Reads JSON in which every text is a text; undefined for a file or a field that is not there. */
function readPlain(given: unknown): unknown {
  if (typeof given !== 'string') return undefined;
  return JSON.parse(given, (_, value) => {
    if (
      typeof value === 'string' &&
      value.startsWith('$') &&
      !MEANING.test(value) &&
      !/^\$@\d+$/.test(value)
    ) {
      throw new SyntaxError('not a plain text');
    }
    return value;
  });
}
