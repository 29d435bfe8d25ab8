import { expect, test } from 'vitest';
import { footnotesOf, withNumbers } from '../../src/deck/footnotes.ts';
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
