import { expect, test } from 'vitest';
import { footnotesOf, withNumbers } from '../../src/deck/footnotes.ts';
import { outline } from '../../src/deck/outline.ts';
import { readNote } from '../../src/notes/read.ts';

const note = (text: string) => readNote(text, 'a.md');

test('footnotes are numbered as they are referred to, and stand behind all else', () => {
  const { tree, messages } = note('a[^b] c[^a] d[^b]\n\n[^a]: first\n[^b]: second\n');
  const footnotes = footnotesOf(tree);
  expect([...footnotes].map(([name, { number }]) => [name, number])).toEqual([
    ['b', 1],
    ['a', 2],
  ]);
  const [paragraph] = tree.children;
  if (!paragraph) throw new Error('no paragraph');
  const { node, feet } = withNumbers(paragraph, footnotes);
  expect(JSON.stringify(node)).not.toContain('footnoteReference');
  expect([...feet.keys()]).toEqual([1, 2]);
  expect(messages).toEqual([]);
});

test('one that nothing refers to is told of at its line', () => {
  expect(note('a\n\n[^x]: lost\n').messages).toMatchObject([{ line: 3, ruleId: 'footnote-unused' }]);
});

test('a reference links to the first place where its text stands', () => {
  const { topics } = outline(note('# A\n\na[^x]\n\n# B\n\nb[^x]\n\n[^x]: said\n').tree);
  const [first, second] = topics.map(({ nodes }) => JSON.stringify(nodes));
  expect(first).toContain('"url":"#/user-content-footnote-1"');
  expect(first).toContain('"id":"footnote-1"');
  expect(second).toContain('"url":"#/user-content-footnote-1"');
  expect(second).not.toContain('"id":"footnote-1"');
});
