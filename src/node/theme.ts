import type { VFileMessage } from 'vfile-message';
import type { Note } from '../notes/note.ts';
import { noteProblem } from './problems.ts';

/** Tells of a theme that there is not, at its line. */
export function checkTheme(note: Note, themes: readonly string[]): VFileMessage[] {
  const theme = note.frontMatter.theme;
  if (theme === undefined || themes.includes(theme)) return [];
  const reason = `unknown theme \`${theme}\``;
  const line = note.source.split('\n').findIndex((text) => /^theme\s*:/.test(text)) + 1;
  return [
    noteProblem(reason, { line: Math.max(1, line), column: 1 }, 'front-matter', `Use one of ${themes.join(', ')}.`),
  ];
}
