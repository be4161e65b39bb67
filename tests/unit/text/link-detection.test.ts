import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { splitLinks } from '#lib/text/links.ts';

// Unicode's own lines for UTS #58, each link between ⸠ and ⸡ (its licence stands beside the file).
const file = readFileSync(new URL('./unicode/LinkDetectionTest.txt', import.meta.url), 'utf8');
const lines = file.split('\n').filter((line) => line !== '' && !line.startsWith('#'));

/** What is read otherwise on purpose: the line, and how it is read here. */
const DEVIATIONS: Record<string, string> = {
  // An account before the host is part of the address, and stays in sight.
  'http://john.smith@example.com': '⸠http://john.smith@example.com⸡',
  'http://john.smith@example.com/foo/bar': '⸠http://john.smith@example.com/foo/bar⸡',
  'http://john..smith@example.com': '⸠http://john..smith@example.com⸡',
  'http://john..smith@example.com/foo/bar': '⸠http://john..smith@example.com/foo/bar⸡',
  // The ideographic stop ends a sentence: 再见。我爱你 is no host.
  'Lorem ipsum ⸠普遍适用测试。我爱你⸡ dolor sit amet': 'Lorem ipsum 普遍适用测试。我爱你 dolor sit amet',
};

describe('links of UTS #58', () => {
  test.each(lines)('%s', (line) => {
    const parts = splitLinks(line.replaceAll(/[⸠⸡]/g, ''));
    const marked = parts.map((part) => (part.kind === 'link' ? `⸠${part.text}⸡` : part.text)).join('');
    expect(marked).toBe(DEVIATIONS[line] ?? line);
  });

  test('every deviation is a line of the file', () => {
    expect(Object.keys(DEVIATIONS).filter((line) => !lines.includes(line))).toEqual([]);
  });
});
