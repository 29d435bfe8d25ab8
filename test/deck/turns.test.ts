import { expect, test } from 'vitest';
import { hastText } from '../../src/deck/hastText.ts';
import { inRows, turnsOf } from '../../src/deck/turns.ts';

const measure = (text: string) => text.length / 2;
const rows = (text: string, room: number) => {
  const turns = turnsOf(text, room, measure);
  return [0, ...turns].map((start, n) => text.slice(start, turns[n]));
};

test('turnsOf() breaks behind a comma, a blank or a bracket near the end of a row, else anywhere', () => {
  expect(rows('call(first, second)', 20)).toEqual(['call(first, second)']);
  expect(rows('call(first, second)', 7)).toEqual(['call(first, ', 'second)']);
  expect(rows('x'.repeat(30), 8)).toEqual(['x'.repeat(16), 'x'.repeat(12), 'xx']);
});

test('turnsOf() leaves later rows room for their mark', () => {
  for (const [n, row] of rows('await gather(one(1), two(2), three(3), four(4))'.repeat(3), 9).entries())
    expect(measure(row)).toBeLessThanOrEqual(n === 0 ? 9 : 9 - 1.6);
});

test('inRows() cuts tokens where rows end and changes no text', () => {
  const line = [
    { text: 'await ', kind: 'keyword' },
    { text: 'gather(first)', kind: 'plain' },
  ];
  const drawn = inRows(line, [3, 13], ({ text }) => ({ type: 'text', value: text }));
  expect(drawn.map((row) => (typeof row === 'string' ? row : hastText(row)))).toEqual(['awa', 'it gather(', 'first)']);
  expect(
    drawn.map((row) => (typeof row === 'string' || row.type !== 'element' ? '' : row.properties.className)),
  ).toEqual([['turn'], ['turn', 'over'], ['turn', 'over']]);
});
