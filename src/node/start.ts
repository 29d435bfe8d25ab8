import { join } from 'node:path';
import { type BuildOptions, build } from './build.ts';
import type { Effects } from './effects.ts';
import { exportDecks } from './export.ts';

/** Builds the site and the PDFs, then says what to open. True when something was wrong. */
export async function start(
  options: BuildOptions & { readonly browser?: string | undefined },
  effects: Effects,
): Promise<boolean> {
  const site = await build(options, effects);
  if (site.decks.length === 0) return true;
  // The notes that failed have been told; the second pass meets only warm recordings.
  const paths = site.decks.map(({ note }) => note.path);
  const quiet: Effects = { ...effects, messages: () => {} };
  const paper = await exportDecks({ ...options, paths, kinds: ['pdf', 'handout'] }, quiet);
  effects.print('Open in a browser (a double click is enough):');
  effects.print(`  ${join(options.out, 'index.html')}`);
  for (const { deck } of site.decks) effects.print(`  ${join(options.out, deck.name, 'index.html')}  ${deck.title}`);
  effects.print('To hand out:');
  for (const file of paper.files) effects.print(`  ${join(options.out, file)}`);
  return site.failed || paper.failed;
}
