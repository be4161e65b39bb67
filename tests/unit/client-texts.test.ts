import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');

/** The project's own files that a file imports and runs. */
function listImports(file: string): string[] {
  const pattern =
    /^\s*(?:import|export)\s+(?!type\s)[^'";]*?(?:from\s+)?'([#.][^']+)'|\bimport\('([#.][^']+)'\)/gm;
  return [...read(file).matchAll(pattern)].flatMap(([, fixed, dynamic]) => {
    const name = (fixed ?? dynamic) as string;
    const target = name.startsWith('#') ? name.slice(1) : path.join(path.dirname(file), name);
    return /\.tsx?$/.test(target) ? [target] : [];
  });
}

/** The parts of the catalogue that the components of a file speak, and those of all it imports. */
function listSpoken(file: string, seen = new Set<string>()): Set<string> {
  const spoken = new Set<string>();
  if (seen.has(file)) return spoken;
  seen.add(file);
  for (const [, namespace] of read(file).matchAll(/\buseTranslations(?:<[^>]*>)?\('(\w+)/g)) {
    spoken.add(namespace as string);
  }
  for (const target of listImports(file)) {
    for (const namespace of listSpoken(target, seen)) spoken.add(namespace);
  }
  return spoken;
}

/** What the nearest layout at or above a file gives. */
function listGiven(file: string): string[] {
  for (let folder = path.dirname(file); folder.startsWith('app'); folder = path.dirname(folder)) {
    const layout = path.join(folder, 'layout.tsx');
    const given = existsSync(path.join(root, layout)) && /<Texts of=\{\[([^\]]*)\]\}/.exec(read(layout))?.[1];
    if (given) return given.split(',').map((name) => name.trim().replaceAll("'", ''));
  }
  return [];
}

const routes = readdirSync(path.join(root, 'app'), { recursive: true, encoding: 'utf8' })
  .filter((name) => /(^|\/)(page|layout|error|not-found)\.tsx$/.test(name))
  .map((name) => `app/${name}`);

test('each page is given the texts that its client components speak', () => {
  const missing = routes.flatMap((route) => {
    const given = listGiven(route);
    return [...listSpoken(route)].filter((name) => !given.includes(name)).map((name) => `${route}: ${name}`);
  });
  expect(missing).toEqual([]);
  expect([...listSpoken('app/(member)/(chat)/chat/page.tsx')]).toContain('chat');
});

test('no layout sends texts that nothing below it speaks', () => {
  const layouts = routes.filter((route) => read(route).includes('<Texts of='));
  expect(layouts.length).toBeGreaterThan(3);
  for (const layout of layouts) {
    const below = routes.filter((route) => route.startsWith(`${path.dirname(layout)}/`));
    const spoken = new Set(below.flatMap((route) => [...listSpoken(route)]));
    // What a failed page says is common to all.
    const extra = listGiven(layout).filter((name) => name !== 'common' && !spoken.has(name));
    expect([layout, extra]).toEqual([layout, []]);
  }
});
