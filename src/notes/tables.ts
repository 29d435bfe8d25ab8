import type { Root, Table } from 'mdast';
import { visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import { report } from './report.ts';

/**
 * Widens tables to their longest row: GFM drops the cells that stand beyond the header, and with them a part of the
 * note, most often for a `|` inside of code.
 */
export function wholeTables() {
  return (tree: Root, file: VFile): void => {
    visit(tree, 'table', (table) => {
      const header = table.children[0];
      const most = Math.max(...table.children.map((row) => row.children.length));
      if (!header || header.children.length >= most) return;
      const long = table.children.find((row) => row.children.length === most);
      report(file, `a row has ${most} cells where the table's header has ${header.children.length}`, {
        place: long,
        rule: 'table-cells',
        fix: 'Write a `|` that is no border as `\\|`.',
      });
      widen(table, most);
    });
  };
}

function widen(table: Table, columns: number): void {
  const header = table.children[0];
  while (header && header.children.length < columns) header.children.push({ type: 'tableCell', children: [] });
  table.align = Array.from({ length: columns }, (_, n) => table.align?.[n] ?? null);
}
