import { readFileSync } from 'node:fs';
import path from 'node:path';
import { defineSingleton } from '#lib/runtime/singleton.ts';

/** What Next 16 writes about each server action of a build, by the action's id. */
type Manifest = { node: Record<string, { exportedName: string }> };

/** Actions of one argument that is a form; the others of one take a value. */
const FORM_ACTIONS = new Set(['chooseEmailPreference', 'chooseLanguage', 'chooseTheme', 'logOut']);
/** The first byte of an id has a bit for each argument that the action reads, this one for the second. */
const SECOND_ARGUMENT = 0x20;

/** Names of the build's actions, by their ids. */
const actionsSingleton = defineSingleton<Map<string, string>>('actions');

/** An id of Next 16: the byte of its arguments, then a SHA-1. */
const ACTION_ID = /^[0-9a-f]{42}$/;

/**
 * Keeps what the build says of its actions, in Next's own words for itself (16.4.6). The dev server makes them as pages
 * are opened, and keeps none.
 *
 * @throws Error when the build says it otherwise, or has not all of `FORM_ACTIONS`.
 */
export function keepKnownActions(distDir: string): void {
  const file = path.join(distDir, 'server', 'server-reference-manifest.json');
  const { node } = JSON.parse(readFileSync(file, 'utf8')) as Manifest;
  const names = Object.entries(node).map(([id, { exportedName }]) => [id, exportedName] as const);
  if (names.length === 0 || names.some(([id, name]) => !ACTION_ID.test(id) || typeof name !== 'string')) {
    throw new Error(`${file} does not list the actions as Next 16 does`);
  }
  const actions = new Map(names);
  const missing = [...FORM_ACTIONS].filter((name) => ![...actions.values()].includes(name));
  if (missing.length > 0) throw new Error(`${file} has no ${missing.join(', ')}, which takes a form`);
  actionsSingleton.set(actions);
}

/** Whether the build has this action; true where that is not known. */
export function isKnownAction(id: string): boolean {
  return actionsSingleton.peek()?.has(id) ?? true;
}

/** The place of the argument that must be a form, as what a form showed before stands first; undefined for none. */
export function findFormArgument(id: string): number | undefined {
  const name = actionsSingleton.peek()?.get(id);
  if (name === undefined) return undefined;
  if (Number.parseInt(id.slice(0, 2), 16) & SECOND_ARGUMENT) return 1;
  return FORM_ACTIONS.has(name) ? 0 : undefined;
}
