import { h } from 'hastscript';
import { expect, test } from 'vitest';
import { markFigures, withFigures } from '../../src/deck/figures.ts';

const cellOf = (text: string) => {
  const cell = h('td', text);
  markFigures({ type: 'root', children: [h('table', [h('tr', [cell])])] });
  return cell;
};

test.each(['3', '3,200', '+1.5초', '≈ 12 ms', '99 %', '10:30', '−4'])('markFigures() takes %s for a number', (text) => {
  expect(cellOf(text).properties.className).toEqual(['figure']);
});

test.each(['asyncio', 'Python 3.14', '2월 11일에', 'b1', '', '—'])('markFigures() leaves %s alone', (text) => {
  expect(cellOf(text).properties.className).toBeUndefined();
});

test('withFigures() measures digits of one width', () => {
  const runs = [{ text: '11 ms', font: 'sans', size: 1, padding: 0 } as const];
  expect(withFigures(cellOf('11 ms'), runs)[0]?.text).toBe('44 ms');
  expect(withFigures(cellOf('b11'), runs)[0]?.text).toBe('11 ms');
});
