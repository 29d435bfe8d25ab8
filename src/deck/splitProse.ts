import type { Element, ElementContent } from 'hast';
import { isBlock } from './prose.ts';

/** Whether a piece of prose has room on the slide that is being filled. */
type Fits = (element: Element) => boolean;

/** Two elements that together say what one said. */
type Halves = readonly [Element, Element];

/**
 * Cuts prose in two where a reader would: between items, rows, blocks, sentences; inside of an item or a cell only
 * where that would not fit on a slide of its own.
 *
 * @returns The first part as long as it fits, and the rest; undefined when not even a word does.
 */
export function splitProse(element: Element, fits: Fits): Halves | undefined {
  if (element.tagName === 'table') return splitTable(element, fits);
  // Of thousands of items only those are looked at that may have room.
  const { children } = element;
  if (children.length <= mostOnSlide) return splitAt(element, piecesOf(element), fits);
  const parts = splitProse({ ...element, children: children.slice(0, mostOnSlide) }, fits);
  const rest = children.slice(mostOnSlide);
  return parts && [parts[0], { ...parts[1], children: [...parts[1].children, ...rest] }];
}

/** More nodes than a slide has room for, white space between blocks counted. */
const mostOnSlide = 400;

function splitAt(element: Element, pieces: readonly ElementContent[][], fits: Fits): Halves | undefined {
  const whole = (some: readonly ElementContent[][]): Element => ({ ...element, children: some.flat() });
  const count = mostThat(pieces.length - 1, (n) => fits(whole(pieces.slice(0, n))));
  const [next, ...others] = pieces.slice(count);
  const [only, ...more] = next ?? [];
  if (only?.type === 'element' && more.length === 0 && isBlock(only) && !fits(whole([[only]]))) {
    const inner = splitProse(only, (part) => fits(whole([...pieces.slice(0, count), [part]])));
    if (inner)
      return [
        whole([...pieces.slice(0, count), [inner[0]]]),
        goingOn(element, whole([[continued(inner[1])], ...others]), count),
      ];
  }
  return count > 0 ? [whole(pieces.slice(0, count)), goingOn(element, whole(pieces.slice(count)), count)] : undefined;
}

/** The largest count up to `most` that holds; what holds for more holds for less. Few are tried first. */
function mostThat(most: number, holds: (count: number) => boolean): number {
  let low = 0;
  let high = 1;
  while (high < most && holds(high)) {
    low = high;
    high *= 2;
  }
  high = Math.min(high, most);
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (holds(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** A numbered list goes on with the next number. */
function goingOn(before: Element, rest: Element, items: number): Element {
  if (before.tagName !== 'ol') return rest;
  return { ...rest, properties: { ...rest.properties, start: Number(before.properties.start ?? 1) + items } };
}

/** The rest of an item stands without a mark. */
function continued(element: Element): Element {
  if (element.tagName !== 'li') return element;
  return { ...element, properties: { ...element.properties, className: ['continued'] } };
}

/** What an element may be cut between: its blocks, else its sentences, else its words. */
function piecesOf(element: Element): ElementContent[][] {
  const shown = element.children.filter((child) => child.type !== 'text' || child.value.trim() !== '');
  if (shown.some(isBlock)) {
    const pieces: ElementContent[][] = [];
    let inline: ElementContent[] | undefined;
    for (const child of shown) {
      if (isBlock(child)) {
        pieces.push([child]);
        inline = undefined;
      } else if (inline) inline.push(child);
      else {
        inline = [child];
        pieces.push(inline);
      }
    }
    return pieces;
  }
  const sentences = cutText(element.children, /(?<=[.!?。]\s)/, /[.!?。]\s$/);
  return sentences.length > 1 ? sentences : cutText(element.children, /(?<=\s)/, /\s$/);
}

/** Inline nodes in groups: text is cut at `at`, and a piece that ends as `end` says, or a line break, ends a group. */
function cutText(nodes: readonly ElementContent[], at: RegExp, end: RegExp): ElementContent[][] {
  const groups: ElementContent[][] = [[]];
  for (const node of nodes) {
    if (node.type !== 'text') {
      groups.at(-1)?.push(node);
      if (node.type === 'element' && node.tagName === 'br') groups.push([]);
      continue;
    }
    for (const piece of node.value.split(at)) {
      groups.at(-1)?.push({ type: 'text', value: piece });
      if (end.test(piece)) groups.push([]);
    }
  }
  return groups.filter((group) => group.length > 0);
}

/** Between rows, the head again above the second part; a row that is higher than a slide is cut through its cells. */
function splitTable(table: Element, fits: Fits): Halves | undefined {
  const head = table.children.filter((child) => child.type === 'element' && child.tagName === 'thead');
  const rows = bodyRows(table);
  const whole = (some: readonly Element[]): Element => ({ ...table, children: [...head, element('tbody', some)] });
  const count = mostThat(Math.min(rows.length - 1, mostOnSlide), (n) => fits(whole(rows.slice(0, n))));
  const next = rows[count];
  if (next && !fits(whole([next]))) {
    const row = (cells: readonly Element[]) => element('tr', cells);
    const cells = next.children.filter((child) => child.type === 'element');
    const parts = splitRow(cells, (part) => fits(whole([...rows.slice(0, count), row(part)])));
    if (parts)
      return [whole([...rows.slice(0, count), row(parts[0])]), whole([row(parts[1]), ...rows.slice(count + 1)])];
  }
  return count > 0 ? [whole(rows.slice(0, count)), whole(rows.slice(count))] : undefined;
}

/** The rows below a table's head, which stand in a `tbody` or, in HTML, without one. */
function bodyRows({ children }: Element): Element[] {
  return children.flatMap((part) => {
    if (part.type !== 'element' || part.tagName === 'thead') return [];
    if (part.tagName === 'tr') return [part];
    return part.children.filter((row): row is Element => row.type === 'element' && row.tagName === 'tr');
  });
}

/** Long cells go on in the second row; a first cell that names the row stands in both. */
function splitRow(
  cells: readonly Element[],
  fits: (cells: readonly Element[]) => boolean,
): readonly [readonly Element[], readonly Element[]] | undefined {
  const pieces = cells.map(piecesOf);
  const longest = Math.max(...pieces.map(({ length }) => length));
  const part = (from: number, to: number) =>
    cells.map((cell, n) => ({ ...cell, children: (pieces[n] ?? []).slice(from, to).flat() }));
  const count = mostThat(longest - 1, (n) => fits(part(0, n)));
  if (count === 0) return undefined;
  const [name, ...others] = part(count, longest);
  const first = cells[0];
  if (!name || !first) return undefined;
  return [part(0, count), [(pieces[0] ?? []).length <= count ? first : name, ...others]];
}

function element(tagName: string, children: readonly ElementContent[]): Element {
  return { type: 'element', tagName, properties: {}, children: [...children] };
}
