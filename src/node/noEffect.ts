import type { VFileMessage } from 'vfile-message';
import type { FrontMatter, Note } from '../notes/note.ts';
import { noteWarning } from './problems.ts';

/** Keys that notes may hold already, for what is still to come. */
const frontMatterKeys = ['aspect', 'split'] as const satisfies readonly (keyof FrontMatter)[];

/** Warns of what a note asks for and does not get: nobody should have to find out on the projector. */
export function noEffectWarnings(note: Note): VFileMessage[] {
  const lines = note.source.split('\n');
  return frontMatterKeys
    .filter((key) => note.frontMatter[key] !== undefined)
    .map((key) => {
      const line = Math.max(1, lines.findIndex((text) => new RegExp(`^${key}\\s*:`).test(text)) + 1);
      return noteWarning(`front-matter key \`${key}\` has no effect yet`, line, 'no-effect', 'Leave it out.');
    });
}
