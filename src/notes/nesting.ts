const fence = /^ {0,3}(`{3,}|~{3,})/;
const opening = /^( {0,3})(:{3,})([A-Za-z].*)$/;
const closing = /^( {0,3})(:{3,})[ \t]*$/;
/** Nobody nests deeper; what is deeper is text: parsing takes the square of the depth. */
const deepest = 12;

interface Open {
  readonly line: number;
  readonly colons: number;
  /** How many directives are open inside of it at once, itself counted. */
  depth: number;
  close?: number;
}

/**
 * Lets directives stand inside of each other with three colons each, as Pandoc has it: remark-directive wants an outer
 * one to have more colons than what it holds, and would take the first `:::` for the end of the outermost.
 *
 * @returns The text with colons added to outer directives, lines kept; the same text where nothing is nested.
 */
export function nestDirectives(text: string): string {
  if (!text.includes(':::')) return text;
  const lines = text.split('\n');
  const open: Open[] = [];
  const nested: Open[] = [];
  let code: string | undefined;
  for (const [n, line] of lines.entries()) {
    const mark = fence.exec(line)?.[1];
    if (code !== undefined) {
      if (mark?.startsWith(code) && line.trim() === mark) code = undefined;
      continue;
    }
    if (mark) {
      code = mark;
      continue;
    }
    const [, , colons = ''] = opening.exec(line) ?? closing.exec(line) ?? [];
    if (colons === '') continue;
    if (opening.test(line)) {
      if (open.length >= deepest) {
        lines[n] = line.replace(':', '\\:');
        continue;
      }
      const inner: Open = { line: n, colons: colons.length, depth: 1 };
      for (const [above, outer] of open.entries()) outer.depth = Math.max(outer.depth, open.length - above + 1);
      open.push(inner);
      nested.push(inner);
      continue;
    }
    // It closes the one that has as many colons, else the innermost.
    const at = open.findLastIndex((outer) => outer.colons === colons.length);
    const closed = at >= 0 ? open.splice(at)[0] : open.pop();
    if (closed) closed.close = n;
  }
  for (const { line, close, depth } of nested) {
    if (depth === 1) continue;
    for (const n of [line, close])
      if (n !== undefined) lines[n] = (lines[n] ?? '').replace(/:{3,}/, ':'.repeat(2 + depth));
  }
  return lines.join('\n');
}
