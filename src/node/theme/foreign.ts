import type { VFileMessage } from 'vfile-message';
import { noteProblem } from '../problems.ts';
import type { CssProblem, Piece } from './css.ts';

/** At-rules that stay inside of the file. */
const harmlessRules = ['@media', '@supports', '@keyframes', '@container', '@layer'];
const fetching = ['src(', 'image(', 'image-set(', '-webkit-image-set(', 'cross-fade(', '-webkit-cross-fade('];

/** What would fetch something: a deck asks for nothing, and is the same everywhere. */
export function foreign(pieces: readonly Piece[]): VFileMessage[] {
  return pieces.flatMap((piece, n) => {
    const text = piece.text.toLowerCase();
    if (piece.kind === 'at' && text === '@font-face')
      return [
        fatal(
          { ...piece, reason: 'a theme brings no fonts: slides are measured with Loopreel’s' },
          'theme-address',
          'Remove `@font-face`.',
        ),
      ];
    if (piece.kind === 'at' && !harmlessRules.includes(text))
      return [
        fatal(
          { ...piece, reason: `\`${piece.text}\` would bring in something from outside` },
          'theme-address',
          'Copy what it names into the theme.',
        ),
      ];
    if (piece.kind !== 'function') return [];
    const inside = pieces.slice(n + 1).find(({ kind }) => kind !== 'space');
    const data = inside?.kind === 'string' && /^.data:(?:image|font)\//i.test(inside.text);
    if (fetching.includes(text) || (text === 'url(' && !data && inside?.text !== '#'))
      return [
        fatal(
          { ...piece, reason: `\`${piece.text}…)\` would fetch something from outside` },
          'theme-address',
          'Write the picture into the theme: `url("data:image/svg+xml,…")`.',
        ),
      ];
    return [];
  });
}

/** What stops a theme. */
export function fatal({ line, column, reason }: CssProblem, rule: string, fix: string): VFileMessage {
  return noteProblem(reason, { line, column }, rule, fix);
}
