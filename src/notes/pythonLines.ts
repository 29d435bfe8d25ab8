/** One line of Python text, taken apart. */
export interface PythonLine {
  /** What stands before its comment. */
  readonly code: string;
  /** Its comment without `#` and the blank behind it; undefined where it has none. */
  readonly comment: string | undefined;
  /** Where the comment's text begins in the line, counted from 0. */
  readonly commentAt: number;
  /** Index of the line that the statement of this line begins on: brackets and texts go on over lines. */
  readonly first: number;
}

/**
 * Takes Python text apart line by line, as CPython's tokenizer does (`Parser/tokenizer`): a `#` in a text is none of a
 * comment's. Text that is no Python gives lines all the same.
 */
export function pythonLines(code: string): PythonLine[] {
  const lines: PythonLine[] = [];
  let depth = 0;
  let quote = '';
  let first = 0;
  for (const [n, line] of code.split('\n').entries()) {
    if (depth === 0 && quote === '' && !lines.at(-1)?.code.endsWith('\\')) first = n;
    let at = 0;
    let hash = -1;
    while (at < line.length && hash < 0) {
      const character = line[at] ?? '';
      if (quote) {
        if (character === '\\') at += 1;
        else if (line.startsWith(quote, at)) {
          at += quote.length - 1;
          quote = '';
        }
      } else if (character === '#') hash = at;
      else if (character === '"' || character === "'") {
        quote = line.startsWith(character.repeat(3), at) ? character.repeat(3) : character;
        at += quote.length - 1;
      } else if ('([{'.includes(character)) depth += 1;
      else if (')]}'.includes(character)) depth = Math.max(0, depth - 1);
      at += 1;
    }
    if (quote.length === 1) quote = '';
    if (hash < 0) lines.push({ code: line, comment: undefined, commentAt: line.length, first });
    else {
      const [, sign = '', text = ''] = /^(#+:?[ \t]?)(.*)$/.exec(line.slice(hash)) ?? [];
      lines.push({ code: line.slice(0, hash), comment: text.trimEnd(), commentAt: hash + sign.length, first });
    }
  }
  return lines;
}
