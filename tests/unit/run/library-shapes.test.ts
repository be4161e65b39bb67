import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { findFormArgument, isKnownAction, keepKnownActions } from '#lib/operations/known-actions.ts';
import { checkLines } from '#lib/realtime/patches/line.ts';
import { checkAdapter } from '#lib/realtime/patches/local-first-adapter.ts';

const none = () => {};

class EngineSocket {
  get readyState() {
    return 'open';
  }
  flush() {}
}
class WebSocket {
  _socket = null;
  terminate() {}
}
const engineIo = { Socket: EngineSocket };
const ws = { WebSocket };

test('the installed Engine.IO and ws have what patches of connections work with', () => {
  expect(() => checkLines()).not.toThrow();
});

test('an Engine.IO or ws that has changed stops the start, and is named with what it lacks', () => {
  expect(() => checkLines({ engineIo, ws })).not.toThrow();
  expect(() => checkLines({ engineIo: { Socket: class {} }, ws })).toThrow(
    /line\.ts was made for engine\.io [\d.]+; .* has no readyState, flush\(\)$/,
  );
  expect(() => checkLines({ engineIo, ws: { WebSocket: class {} } })).toThrow(
    /line\.ts was made for ws [\d.]+; .* has no _socket, terminate\(\)$/,
  );
});

test('an adapter for Redis that has changed is refused, and is named with what it lacks', () => {
  const adapter = { uid: 'a', publish: none, encode: () => '', onRawMessage: none };
  expect(() => checkAdapter(adapter)).not.toThrow();
  expect(() => checkAdapter({ ...adapter, encode: undefined })).toThrow(
    /local-first-adapter\.ts was made for @socket\.io\/redis-adapter [\d.]+; .* has no encode\(\)$/,
  );
});

const folder = mkdtempSync(path.join(os.tmpdir(), 'dandul-actions-'));
mkdirSync(path.join(folder, 'server'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Reads a build with these actions by id. */
function readBuild(actions: Record<string, string | undefined>): void {
  const node = Object.fromEntries(
    Object.entries(actions).map(([id, exportedName]) => [id, { exportedName }]),
  );
  writeFileSync(path.join(folder, 'server', 'server-reference-manifest.json'), JSON.stringify({ node }));
  keepKnownActions(folder);
}

/** An id of Next 16 for an action with such a byte of arguments. */
const makeId = (argumentsByte: string, end: number) => argumentsByte + String(end).padStart(40, '0');
const forms = {
  [makeId('40', 1)]: 'chooseEmailPreference',
  [makeId('40', 2)]: 'chooseLanguage',
  [makeId('40', 3)]: 'chooseTheme',
  [makeId('40', 4)]: 'logOut',
};

test('a build that lists its actions otherwise stops the start', () => {
  expect(() => readBuild({})).toThrow(/does not list the actions as Next 16 does/);
  expect(() => readBuild({ ...forms, [makeId('40', 5)]: undefined })).toThrow(/does not list the actions/);
  expect(() => readBuild({ ...forms, short: 'logIn' })).toThrow(/does not list the actions/);
  expect(() => readBuild({ [makeId('40', 4)]: 'logOut' })).toThrow(
    /has no chooseEmailPreference, chooseLanguage, chooseTheme, which takes a form$/,
  );
});

test('of a build, the actions are known, and which argument of theirs is a form', () => {
  readBuild({ ...forms, [makeId('60', 5)]: 'logIn', [makeId('40', 6)]: 'findPeople' });
  expect(isKnownAction(makeId('60', 5))).toBe(true);
  expect(isKnownAction(makeId('60', 9))).toBe(false);
  expect(findFormArgument(makeId('60', 5))).toBe(1);
  expect(findFormArgument(makeId('40', 4))).toBe(0);
  expect(findFormArgument(makeId('40', 6))).toBeUndefined();
});
