import type { Element, ElementContent } from 'hast';
import { withFigures } from './figures.ts';
import { geometry, type Level } from './geometry.ts';
import { inlineRuns } from './prose.ts';
import type { Measure } from './show.ts';
import { countLines, type Run, widths } from './wrap.ts';

/** How many times the width that it needs a column gets at most when there is room. */
const stretch = 1.35;

/** The rows of a table in order, each a list of `th` and `td`. */
export function tableRows(table: Element): Element[][] {
  return table.children
    .filter(isElement)
    .flatMap((part) => (part.tagName === 'tr' ? [part] : part.children.filter(isElement)))
    .filter(({ tagName }) => tagName === 'tr')
    .map((row) => row.children.filter(isElement));
}

/**
 * Widths of a table's columns in pixels; they fill `width`. Columns get what their longest line needs, and a little
 * more, when there is room, else what their longest word needs and a share of the rest.
 */
export function columnWidths(table: Element, width: number, level: Level, measure: Measure): number[] {
  const size = geometry.text * geometry.tableSize * level.scale;
  const pad = 2 * geometry.cellPadEm;
  const needs: { line: number; word: number }[] = [];
  for (const row of tableRows(table)) {
    for (const [n, cell] of row.entries()) {
      const need = widths(runsOf(cell), measure);
      const before = needs[n] ?? { line: 0, word: 0 };
      needs[n] = {
        line: Math.max(before.line, (need.line * 1.01 + pad) * size),
        word: Math.max(before.word, (need.word * 1.01 + pad) * size),
      };
    }
  }
  const line = needs.reduce((sum, need) => sum + need.line, 0);
  if (line <= width) {
    // What is read together stays together: behind a last column of words there may be room, numbers stand at its end.
    const most = endsInFigures(table) ? width / line : Math.min(width / line, stretch);
    return needs.map((need, n) => need.line * most + (n === needs.length - 1 ? width - line * most : 0));
  }
  const word = needs.reduce((sum, need) => sum + need.word, 0);
  // Words that have no room break; a column of little is left the room for a letter.
  if (word >= width) {
    const least = Math.min((pad + 1.2) * size, width / needs.length);
    const spare = width - least * needs.length;
    const more = needs.map((need) => Math.max(0, need.word - least));
    const wanted = more.reduce((sum, need) => sum + need, 0);
    return more.map((need) => least + (wanted > 0 ? (need / wanted) * spare : 0));
  }
  return needs.map((need) => need.word + ((width - word) * (need.line - need.word)) / (line - word));
}

/** Whether the last column's cells stand at its right end or in its middle. */
function endsInFigures(table: Element): boolean {
  return tableRows(table).some((row) => /^(?:right|center)$/.test(String(row.at(-1)?.properties.align ?? '')));
}

/** Em that a line of a cell has at least, where there are more columns than have room: a letter a line. */
const leastRoom = 1.1;

/** Height of a table in pixels when its columns are as {@link columnWidths} says. */
export function tableHeight(table: Element, width: number, level: Level, measure: Measure): number {
  const size = geometry.text * geometry.tableSize * level.scale;
  const columns = columnWidths(table, width, level, measure);
  let sum = 0;
  for (const row of tableRows(table)) {
    const lines = row.map((cell, n) =>
      countLines(runsOf(cell), Math.max(leastRoom, (columns[n] ?? width) / size - 2 * geometry.cellPadEm), measure),
    );
    sum += Math.max(1, ...lines) * level.spacing.line * size + 2 * level.spacing.cell * size + geometry.borderWidth;
  }
  return sum;
}

/** The table with its column widths written down, so that the browser draws what was measured. */
export function withColumns(table: Element, widthsInPixels: readonly number[]): Element {
  const columns: Element = {
    type: 'element',
    tagName: 'colgroup',
    properties: {},
    children: widthsInPixels.map((width) => ({
      type: 'element',
      tagName: 'col',
      properties: { style: `width:${Math.floor(width)}px` },
      children: [],
    })),
  };
  return { ...table, children: [columns, ...table.children] };
}

function runsOf(cell: Element): readonly Run[] {
  return withFigures(cell, inlineRuns(cell.children, cell.tagName === 'th' ? 'sans-bold' : 'sans'));
}

function isElement(node: ElementContent): node is Element {
  return node.type === 'element';
}
