import type { Element } from 'hast';

/** Sizes of paper in millimetres, upright, by the names of `--paper`. */
export const papers = {
  a4: { width: 210, height: 297 },
  letter: { width: 215.9, height: 279.4 },
} as const;

export type Paper = keyof typeof papers;

/** Millimetres between a sheet's edges and what stands on it; `themes/handout.css` and `storyboard.css` draw with the same. */
const margins = { top: 17, bottom: 17, side: 14 } as const;

/** What a sheet has for its content, in millimetres. */
export interface Room {
  readonly width: number;
  readonly height: number;
}

export function roomOn(paper: Paper): Room {
  const { width, height } = papers[paper];
  return { width: width - 2 * margins.side, height: height - margins.top - margins.bottom };
}

/** Number of the sheet, from 1, on which the row with an id stands. */
export type PageOf = (id: string) => number | undefined;

/** A strip of a sheet as wide as its room. */
export interface Row {
  /** In millimetres. */
  readonly height: number;
  /** Millimetres that stay empty above it, unless it begins a sheet. */
  readonly above: number;
  readonly draw: (pageOf: PageOf) => Element;
  /** Ids that stand in it and that others refer to. */
  readonly ids?: readonly string[];
  /** What follows belongs to it: it does not end a sheet. */
  readonly keepWithNext?: boolean;
  /** Begins a sheet. */
  readonly opens?: boolean;
  /** Stands above the row where a sheet begins with it. */
  readonly again?: Row;
  /** Cuts off a first part of at most `room` millimetres; undefined when there is no good place. */
  readonly split?: (room: number) => readonly [Row, Row] | undefined;
}

/** Rows in order on as few sheets as they take. */
export function fillSheets(rows: readonly Row[], { height }: Room): Row[][] {
  const sheets: Row[][] = [];
  const rest = [...rows];
  let sheet: Row[] = [];
  let used = 0;
  const place = (row: Row) => {
    used += gapAbove(row, sheet) + row.height;
    sheet.push(row);
  };
  const close = () => {
    sheets.push(sheet);
    sheet = [];
    used = 0;
  };
  for (let row = rest.shift(); row; row = rest.shift()) {
    if (row.opens && sheet.length > 0) close();
    if (sheet.length > 0 && !fits([row, ...rest], height - used - gapAbove(row, sheet))) {
      close();
      if (row.again) place(row.again);
    }
    const room = height - used - gapAbove(row, sheet);
    const parts = row.height > room + tolerance ? row.split?.(room) : undefined;
    place(parts ? parts[0] : row);
    if (!parts) continue;
    close();
    rest.unshift(parts[1]);
  }
  if (sheet.length > 0) close();
  return sheets;
}

/** Millimetres that arithmetic may be wrong by. */
const tolerance = 0.01;

function gapAbove({ above }: Row, sheet: readonly Row[]): number {
  return sheet.length === 0 ? 0 : above;
}

/** Whether the first of some rows, or a first part of it, goes into `room` with what has to stand behind it. */
function fits([row, next, ...rest]: readonly Row[], room: number): boolean {
  if (!row) return true;
  if (row.height > room + tolerance) return room > 0 && row.split?.(room) !== undefined;
  return !row.keepWithNext || !next || fits([next, ...rest], room - row.height - next.above);
}

/** Tells on which sheet each id stands. */
export function pagesOf(sheets: readonly (readonly Row[])[]): PageOf {
  const pages = new Map<string, number>();
  for (const [n, rows] of sheets.entries())
    for (const { ids = [] } of rows) for (const id of ids) if (!pages.has(id)) pages.set(id, n + 1);
  return (id) => pages.get(id);
}
