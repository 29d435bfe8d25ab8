import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { visit } from 'unist-util-visit';
import { grammarName, isColoured } from '../deck/grammars.ts';
import { type Highlight, plainLines } from '../deck/show.ts';
import { fenceLanguage } from '../notes/fence.ts';
import type { Note } from '../notes/note.ts';
import { contentKey, writeWhole } from './record/cache.ts';

type Lines = ReturnType<Highlight>;

/** A code that is to be coloured, with its grammar's name. */
interface Code {
  readonly text: string;
  readonly grammar: string;
}

/** Counts up when the colours of the same code change by our own doing. */
const version = 2;

/**
 * The colours of all code in some notes, as slides and replays show it. They come from the cache, a file a note; Shiki
 * and its grammars, which take longer to start than a deck to draw, are loaded for notes whose code has changed.
 *
 * @param cacheDirectory Where colours are kept; null colours anew.
 * @returns Code that is not in the notes comes back as plain tokens.
 */
export async function colours(notes: readonly Note[], cacheDirectory: string | null): Promise<Highlight> {
  const require = createRequire(import.meta.url);
  const { version: shiki } = require('shiki/package.json') as { version: string };
  const known = new Map<string, Lines>();
  const open: { readonly codes: readonly Code[]; readonly path: string | null }[] = [];
  for (const note of notes) {
    const codes = codesOf(note);
    if (codes.length === 0) continue;
    const path = cacheDirectory && join(cacheDirectory, 'colours', `${contentKey(shiki, version, codes)}.json`);
    const kept = path ? await readFile(path, 'utf8').then(parse, () => undefined) : undefined;
    if (kept && isOf(kept, codes)) for (const [n, code] of codes.entries()) known.set(keyOf(code), kept[n] ?? []);
    else open.push({ codes, path });
  }
  if (open.length > 0) {
    const { createHighlight } = await import('../deck/highlight.ts');
    const highlight = await createHighlight(open.flatMap(({ codes }) => codes.map(({ grammar }) => grammar)));
    for (const { codes, path } of open) {
      const coloured = codes.map(({ text, grammar }) => highlight(text, grammar));
      for (const [n, code] of codes.entries()) known.set(keyOf(code), coloured[n] ?? []);
      if (path) await writeWhole(path, JSON.stringify(coloured));
    }
  }
  return (text, language) => known.get(keyOf({ text, grammar: grammarName(language) })) ?? plainLines(text);
}

/** Each code of a note that a grammar is known for, once: fences, and blocks as their replays show them. */
function codesOf({ tree, blocks }: Note): Code[] {
  const codes = new Map<string, Code>();
  const add = (text: string, language: string) => {
    const code = { text, grammar: grammarName(language) };
    if (isColoured(language)) codes.set(keyOf(code), code);
  };
  visit(tree, 'code', (node) => add(node.value, node.data?.block === undefined ? fenceLanguage(node) : 'python'));
  for (const { code } of blocks) add(code.normalize('NFC'), 'python');
  return [...codes.values()];
}

function keyOf({ text, grammar }: Code): string {
  return `${grammar}\n${text}`;
}

/** Whether colours from the cache are those of some codes: whatever became of the file, slides show the note's text. */
function isOf(kept: unknown, codes: readonly Code[]): kept is Lines[] {
  const isToken = (token: unknown) =>
    typeof token === 'object' &&
    token !== null &&
    'text' in token &&
    'kind' in token &&
    /^[a-z]+$/.test(`${token.kind}`);
  return (
    Array.isArray(kept) &&
    kept.length === codes.length &&
    kept.every(
      (lines: unknown, n) =>
        Array.isArray(lines) &&
        lines.every((line: unknown) => Array.isArray(line) && line.every(isToken)) &&
        (lines as Lines).map((line) => line.map(({ text }) => text).join('')).join('\n') === codes[n]?.text,
    )
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
