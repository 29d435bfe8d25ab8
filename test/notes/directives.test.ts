import { describe, expect, test } from 'vitest';
import { readNote } from '../../src/notes/read.ts';

const read = (text: string) => readNote(text, 'a.md');
const messages = (text: string) => read(text).messages.map(({ line, reason }) => `${line}: ${reason}`);

interface Shown {
  readonly type: string;
  readonly name?: string;
  readonly value?: string;
  readonly children?: readonly Shown[];
}

/** `columns(column(a) column(b))`: a tree's directives and texts. */
function shape(node: Shown): string {
  const inner = (node.children ?? []).map(shape).filter(Boolean).join(' ');
  if (node.value !== undefined) return node.value;
  return node.name === undefined ? inner : `${node.name}(${inner})`;
}
const shapeOf = (text: string) => shape(read(text).tree as Shown);

describe('directives', () => {
  test.each([
    [':::columns\n:::column\na\n:::\n:::column\nb\n:::\n:::\n\nc', 'columns(column(a) column(b)) c'],
    ['::::columns\n:::column\na\n:::\n:::column\nb\n:::\n::::\n\nc', 'columns(column(a) column(b)) c'],
    [':::columns\n:::column\n:::callout\na\n:::\n:::\n:::\nc', 'columns(column(callout(a))) c'],
    [':::fragment\n```\n:::columns\n```\n:::\nc', 'fragment(:::columns) c'],
  ])('stand inside of each other with any number of colons: %j', (text, expected) => {
    expect(shapeOf(text)).toBe(expected);
    expect(messages(text)).toEqual([]);
  });

  test('keep lines where colons are added', () => {
    const note = read(':::columns\n:::column\n```python\nx = 1\n```\n:::\n:::\n\n:::colum\n');
    expect(note.blocks[0]?.line).toBe(3);
    expect(note.messages[0]?.line).toBe(9);
  });

  test.each([
    [':::colums\na\n:::', '1: Unknown directive `:::colums` is shown as text. Did you mean `:::columns`?'],
    [
      ':::warning\na\n:::',
      '1: Unknown directive `:::warning` is shown as text. Did you mean `:::callout{kind=warning}`?',
    ],
    ['::columns', '1: Unknown directive `::columns` is shown as text. Did you mean `:::columns`?'],
    ['::frobnicate', '1: Unknown directive `::frobnicate` is shown as text.'],
    ['x\n\n:::callout{kind=tipp}\na\n:::', '3: `kind="tipp"` of `:::callout` cannot be read'],
    ['```python\nx = 1\n```\n\n::replay{form=3}', '5: `::replay` knows no `form`. Did you mean `from`?'],
    [':::columns{widths=\na', '1: `:::columns{widths=` is no directive and is shown as text'],
    ['a\n\n:::', '3: `:::` closes nothing'],
  ])('%j is told of with the nearest known name, at its line', (text, message) => {
    expect(messages(text)[0]).toBe(message);
    expect(messages(text)).toHaveLength(1);
  });

  test('of an unknown one all text stays', () => {
    expect(shapeOf(':::hint[Look]\ninside\n:::')).toBe(':::hint[Look] inside');
  });

  test('one that is never closed ends before the next heading', () => {
    expect(shapeOf('# A\n\n:::notes\nsay\n\n## B\n\nb')).toBe('A notes(say) B b');
    expect(messages('# A\n\n:::notes\nsay\n\n## B\n\nb')).toEqual(['3: `:::notes` is never closed']);
    expect(shapeOf(':::notes\nsay\n\n## B\n\n:::callout\nb\n:::\n\nc')).toBe('notes(say) B callout(b) c');
  });

  test('speaker notes come out of what they stand in', () => {
    expect(shapeOf(':::columns\n:::column\na\n:::notes\nsay\n:::\n:::\n:::')).toBe('columns(column(a)) notes(say)');
  });

  test.each(['::1 is the loopback address', 'a :::b: c', '10:::30', '`:::`'])('%s is prose', (text) => {
    expect(messages(text)).toEqual([]);
  });

  test('a thousand that are never closed are read in no time', () => {
    const text = ':::callout\n'.repeat(1000);
    expect(read(text).messages.length).toBeGreaterThan(0);
  });
});
