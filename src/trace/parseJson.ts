/** Levels of arrays and objects that a trace or a recording may have: ever so many more than they do. */
const mostLevels = 100;

/** Shorter texts cannot nest so deeply that it matters. */
const shortText = 1000;

/**
 * Parses JSON that a hostile block may have made: deep nesting takes forty times its text in memory, and the stack of
 * whatever walks through it.
 *
 * @throws {SyntaxError} When it is no JSON, or nests more than a hundred levels deep.
 */
export function parseJson(text: string): unknown {
  if (text.length > shortText && nestsDeeply(text)) throw new SyntaxError('nested too deeply');
  return JSON.parse(text);
}

function nestsDeeply(text: string): boolean {
  let level = 0;
  for (let at = 0; at < text.length; at++) {
    const sign = text.charCodeAt(at);
    if (sign === quote) {
      at = endOfString(text, at);
    } else if (sign === openBracket || sign === openBrace) {
      if (++level > mostLevels) return true;
    } else if (sign === closeBracket || sign === closeBrace) {
      level--;
    }
  }
  return false;
}

/** Place of the quote that ends the string that begins at `start`; that of the text's end when there is none. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const sign = text.charCodeAt(at);
    if (sign === backslash) at++;
    else if (sign === quote) return at;
  }
  return text.length;
}

const [quote, backslash, openBracket, closeBracket, openBrace, closeBrace] = [0x22, 0x5c, 0x5b, 0x5d, 0x7b, 0x7d];
