import type { VFileMessage } from 'vfile-message';
import type { Note } from '../notes/note.ts';
import { type Faces, missingGlyphs } from './fonts.ts';
import { noteProblem } from './problems.ts';

/** Characters that the message names; the first tell the script already. */
const named = 6;

/**
 * Finds characters that would show as empty boxes.
 *
 * @param html The final page.
 * @param lang The deck's language, BCP 47.
 * @param missingEmoji Emoji without a picture.
 * @returns One fatal message at the first place in the note where one stands, which names them; none when all is well.
 */
export function checkGlyphs(
  note: Note,
  faces: Faces,
  html: string,
  lang: string,
  missingEmoji: readonly string[],
): VFileMessage[] {
  const lines = note.source.split('\n');
  const missing = [...missingGlyphs(faces, html, lang), ...missingEmoji]
    .map((character) => ({ character, ...placeOf(character, lines) }))
    .sort((a, b) => a.line - b.line || a.column - b.column);
  const [first] = missing;
  if (!first) return [];
  const names = missing.slice(0, named).map(({ character }) => `\`${character}\` (${points(character)})`);
  const more = missing.length - names.length;
  const others = [...new Set(missing.map(({ line }) => line))].filter((line) => line !== first.line);
  const reason = [
    `no font has a glyph for ${names.join(', ')}${more > 0 ? ` and ${more} more characters` : ''}`,
    ...(others.length > 0
      ? [`also on line ${others.slice(0, named).join(', ')}${others.length > named ? ', …' : ''}`]
      : []),
  ].join('; ');
  return [noteProblem(reason, first, 'glyph-missing', 'Replace the character or show it as a picture.')];
}

/** Where a character stands first; one that only a program printed is said of the whole note. */
function placeOf(character: string, lines: readonly string[]): { readonly line: number; readonly column: number } {
  const line = lines.findIndex((text) => text.includes(character));
  return line < 0 ? { line: 1, column: 1 } : { line: line + 1, column: (lines[line] ?? '').indexOf(character) + 1 };
}

function points(character: string): string {
  return Array.from(character, (part) => `U+${part.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')}`).join(
    ' ',
  );
}
