import { join } from 'node:path';
import { type BuildOptions, writeSite } from './build.ts';
import type { Effects } from './effects.ts';
import { writeExports } from './export/export.ts';
import { prepare } from './prepare.ts';

/** Builds the site and the PDFs, then says what to open. True when something was wrong. */
export async function start(
  options: BuildOptions & { readonly browser?: string | undefined },
  effects: Effects,
): Promise<boolean> {
  const prepared = await prepare({ ...options, storyboards: true }, effects);
  const site = await writeSite(prepared, options.out, effects);
  if (site.decks.length === 0) return true;
  const target = { ...options, kinds: ['pdf', 'handout'] as const };
  const paper = await writeExports({ ...prepared, decks: site.decks }, target, effects);
  effects.print('Open in a browser (a double click is enough):');
  effects.print(`  ${join(options.out, 'index.html')}`);
  for (const { deck } of site.decks) effects.print(`  ${join(options.out, deck.name, 'index.html')}  ${deck.title}`);
  effects.print('To hand out:');
  for (const file of paper.files) effects.print(`  ${join(options.out, file)}`);
  return site.failed || paper.failed;
}
