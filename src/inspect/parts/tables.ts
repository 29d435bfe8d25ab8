import { colourOf } from './colour.ts';
import type { Cell, Part } from './part.ts';
import { contentArea, rowHeightOf } from './place.ts';
import { runsOf } from './runs.ts';
import { alignOf } from './texts.ts';

/** A table with its rows and columns. */
export function tablePart(table: HTMLTableElement): Part {
  const { x, y, width, height } = table.getBoundingClientRect();
  const rows = [...table.rows].map((row) => ({
    height: row.getBoundingClientRect().height,
    cells: [...row.cells].map(cellOf),
  }));
  const widest = [...table.rows].find((row) => [...row.cells].every(({ colSpan }) => colSpan === 1));
  const columns = [...(widest?.cells ?? [])].map((cell) => cell.getBoundingClientRect().width);
  return { kind: 'table', area: { x, y, width, height }, columns, rows };
}

function cellOf(cell: HTMLTableCellElement): Cell {
  const style = getComputedStyle(cell);
  return {
    paragraph: {
      runs: runsOf([...cell.childNodes]),
      align: alignOf(cell),
      rowHeight: rowHeightOf(cell),
      gap: 0,
      level: 0,
      indent: 0,
    },
    left: contentArea(cell).x - cell.getBoundingClientRect().x,
    rule: { colour: colourOf(style.borderBottomColor) ?? '#000000', width: Number.parseFloat(style.borderBottomWidth) },
    columns: cell.colSpan,
  };
}
