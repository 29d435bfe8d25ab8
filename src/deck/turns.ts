import type { ElementContent } from 'hast';
import { h } from 'hastscript';
import type { Measure } from './show.ts';

/** Room that the mark before a continued row takes, in em. */
const turnEm = 1.6;

/** Rows do not end before this share of their room for the sake of a better place. */
const ragged = 0.6;

/**
 * Where a line of code that is too long goes on in another row: behind a blank, a comma or an opening bracket if there
 * is one in the row's last part.
 *
 * @param room Width of a row in em; rows behind the first have `turnEm` less.
 * @returns Offsets into `text` at which rows begin, without the first; empty when it fits.
 */
export function turnsOf(text: string, room: number, measure: Measure): number[] {
  const width = (piece: string) => measure(piece.replaceAll('\t', '    '), 'mono');
  if (width(text) <= room + 1e-6 || room < 2 * turnEm) return [];
  const turns: number[] = [];
  let start = 0;
  let used = 0;
  let good: { readonly at: number; readonly used: number } | undefined;
  const space = () => (turns.length > 0 ? room - turnEm : room);
  let at = 0;
  for (const character of text) {
    const wide = width(character);
    if (used + wide > space() + 1e-6 && at > start) {
      const cut = good && good.used >= space() * ragged ? good.at : at;
      turns.push(cut);
      used = width(text.slice(cut, at));
      start = cut;
      good = undefined;
    }
    used += wide;
    at += character.length;
    if (/[\s,([{]/.test(character)) good = { at, used };
  }
  return turns;
}

/** A line's pieces in rows, those behind the first with a mark; the line's text stays as it was. */
export function inRows(
  line: readonly { readonly text: string; readonly kind: string }[],
  turns: readonly number[],
  draw: (token: { readonly text: string; readonly kind: string }) => ElementContent | string,
): (ElementContent | string)[] {
  if (turns.length === 0) return line.map(draw);
  const rows: { text: string; kind: string }[][] = [[]];
  let at = 0;
  for (const { text, kind } of line) {
    let rest = text;
    for (
      let turn = turns[rows.length - 1];
      turn !== undefined && turn < at + rest.length;
      turn = turns[rows.length - 1]
    ) {
      const head = rest.slice(0, turn - at);
      if (head) rows.at(-1)?.push({ text: head, kind });
      rest = rest.slice(head.length);
      at = turn;
      rows.push([]);
    }
    if (rest) rows.at(-1)?.push({ text: rest, kind });
    at += rest.length;
  }
  return rows.map((row, n) => h('span', { class: n === 0 ? 'turn' : 'turn over' }, row.map(draw)));
}
