/** A place in a stylesheet, from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** A piece of CSS as far as themes need it told apart. */
export interface Piece extends Place {
  readonly kind: 'space' | 'string' | 'word' | 'function' | 'at' | 'sign';
  readonly text: string;
  /** Where it begins in the source. */
  readonly start: number;
}

/** Something that a stylesheet may not hold. */
export interface CssProblem extends Place {
  readonly reason: string;
}

const patterns: readonly (readonly [Piece['kind'], RegExp])[] = [
  ['space', /(?:\s|\/\*[\s\S]*?\*\/)+/y],
  ['string', /"(?:[^"\\\n]|\\[\s\S])*"|'(?:[^'\\\n]|\\[\s\S])*'/y],
  ['function', /-?-?[A-Za-z_\u0080-\uFFFF][\w\u0080-\uFFFF-]*\(/y],
  ['at', /@[\w-]+/y],
  ['word', /#?-?-?[A-Za-z_\u0080-\uFFFF][\w\u0080-\uFFFF-]*|#?[+-]?\.?\d[\w.%-]*/y],
  ['sign', /[\s\S]/y],
];

/**
 * Cuts a stylesheet into pieces. Source: CSS Syntax 3, section 4, without escapes outside of strings: those are for
 * names that nobody gives, and for hiding what a rule does.
 *
 * @returns The pieces, and what makes it no stylesheet.
 */
export function cutCss(source: string): {
  readonly pieces: readonly Piece[];
  readonly problems: readonly CssProblem[];
} {
  const pieces: Piece[] = [];
  const problems: CssProblem[] = [];
  const place = placesOf(source);
  for (let start = 0; start < source.length; ) {
    for (const [kind, pattern] of patterns) {
      pattern.lastIndex = start;
      const text = pattern.exec(source)?.[0];
      if (text === undefined) continue;
      const piece = { kind, text, start, ...place(start) };
      pieces.push(piece);
      const reason = kind === 'sign' ? wrongSign(text, source.slice(start, start + 2)) : undefined;
      if (reason) return { pieces, problems: [{ ...place(start), reason }] };
      start += text.length;
      break;
    }
  }
  const open: Piece[] = [];
  for (const piece of pieces) {
    const bracket = piece.kind === 'function' ? '(' : piece.kind === 'sign' ? piece.text : '';
    if ('({['.includes(bracket) && bracket) open.push(piece);
    if (!(')}]'.includes(bracket) && bracket)) continue;
    const opened = open.pop();
    const expected = opened && closing[opened.text.at(-1) ?? ''];
    if (expected !== bracket) {
      problems.push({ line: piece.line, column: piece.column, reason: `\`${bracket}\` closes nothing` });
      return { pieces, problems };
    }
  }
  const unclosed = open.at(-1);
  if (unclosed)
    problems.push({ line: unclosed.line, column: unclosed.column, reason: `\`${unclosed.text}\` is never closed` });
  return { pieces, problems };
}

const closing: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

function wrongSign(sign: string, two: string): string | undefined {
  if (sign === '\\') return 'a backslash outside of a string';
  if (sign === '"' || sign === "'") return `the string that begins with \`${sign}\` does not end on its line`;
  if (two === '/*') return 'the comment that begins here never ends';
  if (two === '<!') return '`<!` is HTML, not CSS';
  return undefined;
}

function placesOf(source: string): (at: number) => Place {
  const starts = [0];
  for (const { index } of source.matchAll(/\n/g)) starts.push(index + 1);
  return (at) => {
    let line = starts.findLastIndex((start) => start <= at);
    if (line < 0) line = 0;
    return { line: line + 1, column: at - (starts[line] ?? 0) + 1 };
  };
}

/** A statement at the top of a stylesheet: a rule with its block, or an at-rule without one. */
export interface Statement extends Place {
  /** What stands before the block, without comments, its spaces single. */
  readonly prelude: string;
  /** What stands in the block, without its braces; undefined when there is none. */
  readonly block: readonly Piece[] | undefined;
  readonly start: number;
  readonly end: number;
}

/** The statements of a stylesheet whose brackets match. */
export function statementsOf(pieces: readonly Piece[]): Statement[] {
  const found: Statement[] = [];
  for (let n = 0; n < pieces.length; ) {
    const first = pieces[n];
    if (!first || first.kind === 'space') {
      n++;
      continue;
    }
    const from = n;
    while (n < pieces.length && pieces[n]?.text !== '{' && pieces[n]?.text !== ';') n++;
    const prelude = plain(pieces.slice(from, n));
    const inside = n + 1;
    const hasBlock = pieces[n]?.text === '{';
    if (hasBlock) n = endOfBlock(pieces, inside);
    const last = pieces[Math.min(n, pieces.length - 1)] ?? first;
    found.push({
      prelude,
      block: hasBlock ? pieces.slice(inside, n) : undefined,
      line: first.line,
      column: first.column,
      start: first.start,
      end: last.start + last.text.length,
    });
    n++;
  }
  return found;
}

/** A declaration of a block. */
export interface Declaration extends Place {
  readonly name: string;
  readonly value: string;
}

/** The declarations of a block that holds no other block; a `value` of undefined tells that there is no colon. */
export function declarationsOf(
  block: readonly Piece[],
): (Omit<Declaration, 'value'> & { value: string | undefined })[] {
  const found: (Omit<Declaration, 'value'> & { value: string | undefined })[] = [];
  let from = 0;
  for (let n = 0; n <= block.length; n++) {
    if (n < block.length && block[n]?.text !== ';') continue;
    const part = block.slice(from, n);
    from = n + 1;
    const first = part.find(({ kind }) => kind !== 'space');
    if (!first) continue;
    const colon = part.findIndex(({ text }) => text === ':');
    const { line, column } = first;
    found.push({
      name: plain(colon < 0 ? part : part.slice(0, colon)),
      value: colon < 0 ? undefined : plain(part.slice(colon + 1)),
      line,
      column,
    });
  }
  return found;
}

function endOfBlock(pieces: readonly Piece[], from: number): number {
  let depth = 1;
  for (let n = from; n < pieces.length; n++) {
    if (pieces[n]?.text === '{') depth++;
    if (pieces[n]?.text === '}' && --depth === 0) return n;
  }
  return pieces.length;
}

function plain(pieces: readonly Piece[]): string {
  return pieces
    .map(({ kind, text }) => (kind === 'space' ? ' ' : text))
    .join('')
    .trim();
}
