import { columns } from '../../text/width.ts';
import type { CodeLine, Token } from '../data.ts';

/** One row of the code panel: a line of code, or the rest of one that was wrapped. */
export interface Row {
  /** Number of the line, from 1. */
  readonly line: number;
  readonly first: boolean;
  readonly tokens: readonly Token[];
  /** How many lines are folded into it, `line` first; then it has no code of its own. */
  readonly hides?: number;
}

/** Whether a row shows a line, or hides it. */
export function holds({ line, hides = 1 }: Row, wanted: number): boolean {
  return line <= wanted && wanted < line + hides;
}

/** The text of a line of code. */
export function lineText(line: CodeLine): string {
  return line.map((token) => token.text).join('');
}

/**
 * Cuts a line behind spaces, opening brackets and commas into rows of at most `width` columns; the rest is indented by
 * four; `())` is never alone in one. A word longer than a row is cut where the row ends.
 *
 * @param rest Columns of the rows behind the first, by default as many.
 */
export function wrap(line: CodeLine, number: number, width: number, rest = width): Row[] {
  const whole = lineText(line);
  if (columns(whole) <= width) return [{ line: number, first: true, tokens: trimmed(line) }];
  const indent = /^\s*/.exec(whole)?.[0].length ?? 0;
  const hanging = Math.min(indent + 4, Math.floor(rest / 2));

  // 1. Where rows end, as offsets into the line.
  const ends: number[] = [];
  let used = 0;
  let at = 0;
  const room = () => (ends.length > 0 ? rest : width);
  const remark = line.findIndex(({ kind }) => kind === 'comment');
  const remarkAt = remark > 0 ? lineText(line.slice(0, remark)).length : whole.length;
  const remarkText = whole.slice(remarkAt).trimEnd();
  for (const piece of whole.match(/\s+|[^\s([{,]+(?:[([{]+[)\]}]+)*[([{,]*|[([{,]+/g) ?? []) {
    const size = columns(piece);
    if (used + size > room() && used > (ends.length > 0 ? hanging : indent) && piece.trim() !== '') {
      // A comment goes down as a whole where it then has room.
      const down = at > remarkAt && ends.length === 0 && hanging + columns(remarkText) <= rest;
      ends.push(down ? remarkAt : at);
      used = hanging + (down ? columns(remarkText.slice(0, at - remarkAt)) : 0);
    }
    for (const character of piece) {
      if (used + columns(character) > room() && piece.trim() !== '') {
        ends.push(at);
        used = hanging;
      }
      used += columns(character);
      at += character.length;
    }
  }
  ends.push(whole.length);

  // 2. The tokens between them.
  let from = 0;
  return ends.map((end, n) => {
    const tokens = tokensBetween(line, from, end);
    from = end;
    const first = n === 0;
    return {
      line: number,
      first,
      tokens: trimmed(first ? tokens : [{ text: ' '.repeat(hanging), kind: 'plain' }, ...tokens]),
    };
  });
}

/** The tokens of a row, shortened with `…` to at most `width` columns; eight at least are kept. */
export function cut(tokens: readonly Token[], width: number): readonly Token[] {
  if (columns(lineText(tokens)) <= width) return tokens;
  const most = Math.max(8, width) - 1;
  const kept: Token[] = [];
  let used = 0;
  for (const token of tokens) {
    let part = '';
    for (const character of token.text) {
      used += columns(character);
      if (used > most) return trimmed([...kept, { ...token, text: `${part}…` }]);
      part += character;
    }
    kept.push(token);
  }
  return kept;
}

function tokensBetween(line: CodeLine, from: number, to: number): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  for (const token of line) {
    const text = token.text.slice(Math.max(0, from - at), Math.max(0, to - at));
    if (text !== '') tokens.push({ ...token, text });
    at += token.text.length;
  }
  return tokens;
}

function trimmed(tokens: readonly Token[]): readonly Token[] {
  const joined: Token[] = [];
  for (const token of tokens) {
    const last = joined.at(-1);
    if (last?.kind === token.kind) joined[joined.length - 1] = { ...last, text: last.text + token.text };
    else joined.push(token);
  }
  while (joined.length > 0 && joined.at(-1)?.text.trim() === '') joined.pop();
  return joined;
}
