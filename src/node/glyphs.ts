import type { VFileMessage } from 'vfile-message';
import type { Note } from '../notes/note.ts';
import { type Faces, missingGlyphs } from './fonts.ts';
import { noteProblem } from './problems.ts';

/**
 * Finds characters that would show as empty boxes.
 *
 * @param html The final page.
 * @param missingEmoji Emoji without a picture.
 * @returns One fatal message a character, at the first place in the note where it stands.
 */
export function checkGlyphs(note: Note, faces: Faces, html: string, missingEmoji: readonly string[]): VFileMessage[] {
  return [...missingGlyphs(faces, html), ...missingEmoji].map((character) => {
    const lines = note.source.split('\n');
    const line = lines.findIndex((text) => text.includes(character));
    const points = [...character].map(
      (part) => `U+${part.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')}`,
    );
    const place =
      line < 0 ? { line: 1, column: 1 } : { line: line + 1, column: (lines[line] ?? '').indexOf(character) + 1 };
    const reason = `no font has a glyph for \`${character}\` (${points.join(' ')})`;
    return noteProblem(reason, place, 'glyph-missing', 'Replace the character or show it as a picture.');
  });
}
