import type { PythonLine } from './pythonLines.ts';

/** Where a statement calls `print`. */
export const printing = /(?:^|[:;]\s*|\s)print\s*\(/;

const called = /^\s*(?:await\s+|asyncio\.run\(\s*)?([\p{L}_][\p{L}\d_]*)\(.*\)\s*$/su;

/**
 * The function whose `print` shows what a statement shows: the block's own one that it calls, or one that this calls.
 *
 * @returns Indices of its first and last line; undefined where the statement calls anything else, or a function that
 * gives something back: an arrow behind that may speak of what it gives.
 */
export function printerCalled(lines: readonly PythonLine[], statement: string): readonly [number, number] | undefined {
  return printerIn(lines, statement, new Set());
}

function printerIn(
  lines: readonly PythonLine[],
  statement: string,
  seen: Set<string>,
): readonly [number, number] | undefined {
  const name = called.exec(statement)?.[1];
  if (name === undefined || seen.has(name)) return undefined;
  seen.add(name);
  const range = definitionOf(lines, name);
  if (!range) return undefined;
  const body = lines.slice(range[0] + 1, range[1] + 1).map(({ code }) => code);
  if (body.some((code) => /^\s*return\s+\S|\byield\b/.test(code))) return undefined;
  if (body.some((code) => printing.test(code))) return range;
  for (const code of body) {
    const inner = printerIn(lines, code, seen);
    if (inner) return inner;
  }
  return undefined;
}

function definitionOf(lines: readonly PythonLine[], name: string): readonly [number, number] | undefined {
  const head = new RegExp(`^\\s*(?:async\\s+)?def\\s+${name}\\s*\\(`, 'u');
  const start = lines.findIndex(({ code }) => head.test(code));
  if (start < 0) return undefined;
  const indent = indentOf(lines[start]?.code ?? '');
  const after = lines.findIndex(({ code }, n) => n > start && code.trim() !== '' && indentOf(code) <= indent);
  return [start, (after < 0 ? lines.length : after) - 1];
}

function indentOf(line: string): number {
  return /^\s*/.exec(line)?.[0].length ?? 0;
}
