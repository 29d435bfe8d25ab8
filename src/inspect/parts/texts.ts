import { colourOf } from './colour.ts';
import type { Area, Mark, Paragraph, Part } from './part.ts';
import { contentArea, type Rows, rowHeightOf, rowsOf } from './place.ts';
import { runsOf } from './runs.ts';

/** A paragraph and where it stands. */
interface Placed {
  readonly paragraph: Omit<Paragraph, 'gap'>;
  readonly rows: Rows;
}

const blocks = 'ul, ol, table, pre, figure, blockquote, .formula.display, div';

/** The signs of callouts, by their class. */
const signs: Readonly<Record<string, string>> = { note: 'ⓘ', tip: '✓', warning: '⚠' };

/** A heading, a paragraph, a caption: one paragraph in a box of its own. */
export function textPart(element: Element): Part[] {
  const placed = placedOf(element, [...element.childNodes]);
  if (!placed) return [];
  const area = contentArea(element);
  const kind = element.matches('.callout-title') ? [...(element.parentElement?.classList ?? [])] : [];
  const sign = kind.map((name) => signs[name]).find((known) => known !== undefined);
  if (!sign) return boxOf([placed], area, true);
  const { left } = element.getBoundingClientRect();
  const mark = { sign, colour: placed.paragraph.runs[0]?.colour ?? '#000000' };
  const paragraph = { ...placed.paragraph, indent: area.x - left, mark };
  return boxOf([{ ...placed, paragraph }], { ...area, x: left, width: area.width + area.x - left }, true);
}

/** A list with all that is in it, one paragraph an item. */
export function listPart(list: Element): Part[] {
  return boxOf(itemsOf(list, 0, list.getBoundingClientRect().left), contentArea(list), true);
}

/** Code or an output: a paragraph a line, and the numbers beside it. */
export function codePart(pre: Element): Part[] {
  const area = contentArea(pre);
  const rowHeight = rowHeightOf(pre);
  const lines = [...pre.querySelectorAll('.line')];
  const paragraphs = (lines.length > 0 ? lines.map((line) => runsOf([line])) : splitLines(pre)).map((runs) => ({
    runs,
    align: 'left' as const,
    rowHeight,
    gap: 0,
    level: 0,
    // Rows behind the first stand in, as behind their hooks.
    indent: runs.some(({ breaks }) => breaks) ? 1.6 * (runs[0]?.pixels ?? 0) : 0,
  }));
  const wraps = lines.length === 0 && Math.round(area.height / rowHeight) > paragraphs.length;
  if (!pre.closest('.numbered')) return [{ kind: 'text', area, paragraphs, wraps }];
  const [first] = lines;
  const numbers = first && getComputedStyle(first, '::before');
  const size = Number.parseFloat(getComputedStyle(pre).fontSize);
  const colour = (numbers && colourOf(numbers.color)) ?? '#000000';
  const text = first ? contentArea(first) : area;
  return [
    {
      kind: 'text',
      area: { ...area, x: text.x - 2.4 * size, width: 1.7 * size },
      paragraphs: lines.map((line, n) => ({
        runs: [{ text: line.getAttribute('data-line') ?? '', colour, pixels: size, code: true }],
        align: 'right',
        rowHeight,
        // A line that goes on in further rows has one number.
        gap: n === 0 ? 0 : (rowCount(lines[n - 1]) - 1) * rowHeight,
        level: 0,
        indent: 0,
      })),
      wraps: false,
    },
    { kind: 'text', area: { ...area, x: text.x, width: area.width + area.x - text.x }, paragraphs, wraps },
  ];
}

function rowCount(line: Element | undefined): number {
  return 1 + (line?.querySelectorAll('.turn.over').length ?? 0);
}

function splitLines(pre: Element): Paragraph['runs'][] {
  const lines: Paragraph['runs'][number][][] = [[]];
  for (const run of runsOf([pre])) {
    for (const [n, text] of run.text.split('\n').entries()) {
      if (n > 0) lines.push([]);
      if (text !== '') lines.at(-1)?.push({ ...run, text });
    }
  }
  return lines;
}

function itemsOf(list: Element, level: number, left: number): Placed[] {
  const start = Number(getComputedStyle(list).getPropertyValue('--start') || 1);
  return [...list.children].flatMap((item, n): Placed[] => {
    const groups = groupsOf(item);
    const indent = contentArea(item).x - left;
    let marked = false;
    const rows = groups.flatMap((group): Placed[] => {
      if ('list' in group) return itemsOf(group.list, level + 1, left);
      const placed = placedOf(group.block ?? item, group.nodes);
      if (!placed) return [];
      const mark = marked ? undefined : markOf(item, list, start + n, level);
      marked = true;
      return [{ ...placed, paragraph: { ...placed.paragraph, level, indent, ...(mark ? { mark } : {}) } }];
    });
    return rows;
  });
}

type Group = { readonly list: Element } | { readonly nodes: readonly Node[]; readonly block?: Element };

/** What an item holds: runs of inline nodes, paragraphs, and lists. */
function groupsOf(item: Element): Group[] {
  const groups: ({ list: Element } | { nodes: Node[]; block?: Element })[] = [];
  for (const child of item.childNodes) {
    const last = groups.at(-1);
    if (child instanceof Element && child.matches('ul, ol')) groups.push({ list: child });
    else if (child instanceof Element && child.matches('p, h1, h2, h3, h4, h5, h6'))
      groups.push({ nodes: [...child.childNodes], block: child });
    else if (child instanceof Element && child.matches(blocks)) continue;
    else if (last && 'nodes' in last && !last.block) last.nodes.push(child);
    else groups.push({ nodes: [child] });
  }
  return groups;
}

function markOf(item: Element, list: Element, number: number, level: number): Mark | undefined {
  const box = item.querySelector(':scope > input, :scope > p > input');
  if (box instanceof HTMLInputElement)
    return { sign: box.checked ? '☑' : '☐', colour: colourOf(getComputedStyle(box).borderTopColor) ?? '#000000' };
  const style = getComputedStyle(item, '::before');
  if (style.content === 'none' || style.visibility === 'hidden') return undefined;
  if (list.localName === 'ol' && !list.matches('.agenda'))
    return { sign: number, colour: colourOf(style.color) ?? '#000000' };
  const ground = colourOf(style.backgroundColor);
  return {
    sign: ground ? (level === 0 ? '•' : '–') : '✓',
    colour: ground ?? colourOf(style.borderRightColor) ?? '#000000',
  };
}

function placedOf(element: Element, nodes: readonly Node[]): Placed | undefined {
  const rowHeight = rowHeightOf(element);
  const runs = runsOf(nodes);
  const rows = rowsOf(nodes, rowHeight);
  if (runs.length === 0 || !rows) return undefined;
  return { paragraph: { runs, align: alignOf(element), rowHeight, level: 0, indent: 0 }, rows };
}

export function alignOf(element: Element): Paragraph['align'] {
  const { textAlign } = getComputedStyle(element);
  return textAlign === 'right' || textAlign === 'end' ? 'right' : textAlign === 'center' ? 'center' : 'left';
}

/** A box around paragraphs. One whose paragraphs all take one row is wider: other fonts are. */
function boxOf(placed: readonly Placed[], content: Area, wraps: boolean): Part[] {
  const [first] = placed;
  const last = placed.at(-1);
  if (!first || !last) return [];
  const single = placed.every(({ rows, paragraph }) => rows.count === 1 && paragraph.align === 'left');
  const right = Math.max(...placed.map(({ rows }) => rows.right));
  // Rows that were balanced end before the box does: a box as wide as they are breaks them again where they were.
  const widest = right - content.x;
  const width = single ? Math.max(content.width, widest * 1.2) : Math.min(content.width * 1.01, widest * 1.05);
  return [
    {
      kind: 'text',
      area: { x: content.x, y: first.rows.top, width, height: last.rows.bottom - first.rows.top },
      paragraphs: placed.map(({ paragraph, rows }, n) => ({
        ...paragraph,
        gap: n === 0 ? 0 : Math.max(0, rows.top - (placed[n - 1]?.rows.bottom ?? 0)),
      })),
      wraps,
    },
  ];
}
