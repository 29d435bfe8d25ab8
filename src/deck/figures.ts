import type { Element, Root } from 'hast';
import { visit } from 'unist-util-visit';
import { hastText } from './hastText.ts';
import type { Run } from './wrap.ts';

/** A number with its sign and unit: `3,200`, `+1.5초`, `12 ms`, `99 %`. */
const figure = /^[^\p{Letter}\d]*\d[\d\s.,:/%×~–−+-]*(?:\p{Letter}{1,4})?\s*$/u;

/**
 * Marks the cells of tables that hold a number, so that numbers below each other stand digit below digit. Changes the
 * tree.
 */
export function markFigures(tree: Root): void {
  visit(tree, 'element', (cell) => {
    if (cell.tagName === 'td' && figure.test(hastText(cell).trim()))
      cell.properties = { ...cell.properties, className: ['figure'] };
  });
}

/** What a cell's text is measured as: digits of one width are at most as wide as Pretendard's four. */
export function withFigures(cell: Element, runs: readonly Run[]): readonly Run[] {
  if (!Array.isArray(cell.properties.className) || !cell.properties.className.includes('figure')) return runs;
  return runs.map((run) => ({ ...run, text: run.text.replace(/\d/g, '4') }));
}
