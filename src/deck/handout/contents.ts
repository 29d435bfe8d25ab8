import { h } from 'hastscript';
import type { Row } from './sheets.ts';

/** A place that the table of contents leads to. */
export interface Place {
  readonly id: string;
  readonly title: string;
  /** 2 for a section, 3 for what is in one. */
  readonly level: number;
}

const heights = { title: 12, section: 6.6, inner: 5.4, below: 8 } as const;
/** Millimetres that the table may take: a longer one lists sections alone. */
const most = 190;

/** A title and a line for each place, with the page that it stands on. */
export function contentsRows(title: string, places: readonly Place[]): Row[] {
  const all = places.reduce<number>((sum, place) => sum + heightOf(place), heights.title);
  const listed = all > most ? places.filter(({ level }) => level === 2) : places;
  if (listed.length === 0) return [];
  const rows = listed.map(
    ({ id, title, level }, n): Row => ({
      height: heightOf({ level }),
      above: 0,
      keepWithNext: n === 0,
      draw: (pageOf) =>
        h('p', { class: ['contents-line', ...(level === 2 ? ['section'] : [])] }, [
          h('a', { href: `#${id}` }, [h('span', title), h('i'), h('b', `${pageOf(id) ?? ''}`)]),
        ]),
    }),
  );
  const head: Row = {
    height: heights.title,
    above: heights.below,
    keepWithNext: true,
    draw: () => h('p', { class: 'contents-title' }, title),
  };
  const foot: Row = { height: heights.below, above: 0, draw: () => h('div', { class: 'contents-end' }) };
  return [head, ...rows, foot];
}

function heightOf({ level }: Pick<Place, 'level'>): number {
  return level === 2 ? heights.section : heights.inner;
}
