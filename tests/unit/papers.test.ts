import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
const papers = globSync(['*.md', 'docs/**/*.md', '.github/**/*.md'], { cwd: root });
const decisions = globSync('docs/decisions/[0-9]*.md', { cwd: root }).toSorted();

test('every decision has the one form: number, date, status, context, decision, consequences', () => {
  const form =
    /^# (\d+)\. \S.*\n\nDate: 20\d\d-\d\d-\d\d\. Status: (?:accepted|superseded by \[)[\s\S]*?\n\n## Context\n\n\S[\s\S]*\n\n## Decision\n\n\S[\s\S]*\n\n## Consequences\n\n\S/;
  const numbers = decisions.map((file) => Number(form.exec(read(file))?.[1]));
  expect(numbers).toEqual(decisions.map((file) => Number.parseInt(path.basename(file), 10)));
  expect(numbers).toEqual(numbers.map((_, index) => index + 1));
});

test('every link between the papers leads to a file', () => {
  const links = papers.flatMap((file) =>
    [...read(file).matchAll(/\]\(((?:[^()\s]|\([^()\s]*\))+)\)|src="([^"]+)"/g)].map(
      ([, link = '', image = '']) => ({ file, target: (link || image).replace(/#.*$/, '') }),
    ),
  );
  const local = links.filter(({ target }) => target && !/^https?:/.test(target));
  const isThere = ({ file, target }: (typeof local)[number]) =>
    existsSync(path.join(root, path.dirname(file), target));
  expect(local.length).toBeGreaterThan(60);
  expect(local.filter((link) => !isThere(link))).toEqual([]);
});

test('every npm script that a paper names exists', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
  const named = papers.flatMap((file) =>
    [...read(file).matchAll(/npm run (?:--silent )?([\w:]+)/g)].map(([, name = '']) => ({ file, name })),
  );
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter(({ name }) => !(name in scripts))).toEqual([]);
});

test('every document that the code points to exists', () => {
  const sources = globSync(['{app,components,lib,db,scripts,bench,tests,e2e}/**/*.{ts,tsx}', '*.ts'], {
    cwd: root,
  });
  const named = sources.flatMap((file) =>
    [...read(file).matchAll(/(?<![\w/])docs\/[\w./-]+\.md\b/g)].map(([target]) => ({ file, target })),
  );
  expect(named.length).toBeGreaterThan(5);
  expect(named.filter(({ target }) => !existsSync(path.join(root, target)))).toEqual([]);
});

const architecture = read('docs/architecture.md');

test('every path that the architecture names exists, and every heading that it leads to', () => {
  const paths = [
    ...architecture.matchAll(/`((?:app|components|lib|db|tests|e2e|bench|scripts)\/[^`…<\s]+)`/g),
  ].map(([, target = '']) => target);
  expect(paths.length).toBeGreaterThan(100);
  expect(paths.filter((target) => !existsSync(path.join(root, target)))).toEqual([]);
  const headings = [...architecture.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\w -]/g, '')
      .replaceAll(' ', '-'),
  );
  const anchors = [...architecture.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor = '']) => anchor);
  expect(anchors.filter((anchor) => !headings.includes(anchor))).toEqual([]);
});

test('every file and every constant that the architecture names without its path exists', () => {
  const sources = globSync(
    ['{app,components,lib,db,scripts,bench,tests,e2e}/**/*.{ts,tsx,css}', '*.ts', '.env.example'],
    {
      cwd: root,
    },
  );
  const files = new Set(sources.map((file) => path.basename(file)));
  const named = [...architecture.matchAll(/`([\w.-]+\.(?:tsx?|css))`/g)].map(([, name = '']) => name);
  expect(named.length).toBeGreaterThan(300);
  expect(named.filter((name) => !files.has(name))).toEqual([]);
  const words = new Set(sources.flatMap((file) => read(file).match(/\b[A-Z][A-Z\d]*_[A-Z\d_]+\b/g) ?? []));
  const constants = [...architecture.matchAll(/`([A-Z][A-Z\d]*_[A-Z\d_]+)`/g)].map(([, name = '']) => name);
  expect(constants.length).toBeGreaterThan(30);
  expect(constants.filter((name) => !words.has(name))).toEqual([]);
});

test('the map of the architecture has every folder of the product', () => {
  const map = /^```\n([\s\S]*?)^```/m.exec(architecture)?.[1] ?? '';
  const folders = globSync(['lib/*/', 'lib/*/*/', 'components/*/', 'components/*/*/', 'db/*/', 'bench/*/'], {
    cwd: root,
  }).map((folder) => folder.replace(/\/$/, ''));
  expect(folders.length).toBeGreaterThan(50);
  expect(folders.filter((folder) => !map.includes(`${path.basename(folder)}/`))).toEqual([]);
});
