import { describe, expect, test } from 'vitest';
import { readNote } from '../../src/notes/read.ts';

const block = '```python\nx = 1  # !mark begin\ny = 2  # !mark end\n```\n\n';
const read = (text: string) => readNote(text, 'a.md');
const messages = (text: string) => read(text).messages.map(({ line, reason }) => `${line}: ${reason}`);

describe('::replay', () => {
  test('is of the block before it, as often as it stands there', () => {
    const { cuts, messages } = read(`${block}::replay{to=begin}\n\n::replay{from=12 to=14 views=code,lanes}\n`);
    expect(cuts).toEqual([
      { show: 'b1-1', block: 'b1', to: 'begin' },
      { show: 'b1-2', block: 'b1', from: 12, to: 14, views: ['code', 'lanes'] },
    ]);
    expect(messages).toEqual([]);
  });

  test.each([
    ['::replay', '1: `::replay` has no Python block before it'],
    [`${block}::replay{mark=begn}`, '6: block b1 has no mark `begn`. Did you mean `begin`?'],
    [`${block}::replay{from=9 to=3}`, '6: `::replay` ends at step 3, before it begins at 9'],
    [`${block}::replay{views=lane}`, '6: `views="lane"` of `::replay` cannot be read'],
  ])('%j is told of at its line', (text, message) => {
    expect(messages(text)).toEqual([message]);
  });
});

describe('morph', () => {
  test('lines that stay keep their names from version to version', () => {
    const { tree } = read('```python\na = 1\nb = 2\n```\n\n```python morph\na = 1\nnew = 3\nb = 2\n```\n');
    const [before, after] = tree.children.flatMap((node) => (node.type === 'code' ? [node.data?.morph?.lines] : []));
    expect(after).toHaveLength(3);
    expect([after?.[0], after?.[2]]).toEqual(before);
    expect(before).not.toContain(after?.[1]);
  });

  test('without a code right before it is told of', () => {
    expect(messages('text\n\n```python morph\nx = 1\n```\n')).toEqual([
      '3: this fence is marked `morph` and has no code right before it',
    ]);
  });
});
