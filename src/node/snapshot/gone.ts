import type { Prepared } from '../prepare.ts';
import { type Baselines, baselineRoot, openBaselines, orphans } from './baselines.ts';
import { removed, slideOf } from './compareDeck.ts';
import type { Finding } from './finding.ts';

/** Baselines of slides that are in no deck any more, and of decks whose notes are gone from beside them. */
export async function goneFrom(decks: readonly Prepared[], given: string | undefined): Promise<Finding[]> {
  const findings: Finding[] = [];
  const roots = new Set<string>();
  for (const { deck, note } of decks) {
    const root = baselineRoot(note.path, given);
    // Elsewhere nobody can tell which notes belong to the folder.
    if (given === undefined) roots.add(root);
    const slides = new Set(deck.slides.map(({ id }) => id));
    const baselines = await openBaselines(root, deck.name);
    for (const name of baselines.names)
      if (!slides.has(slideOf(name))) findings.push(await gone(baselines, deck.name, name, deck.lang));
  }
  for (const root of roots) {
    for (const deck of await orphans(root)) {
      const baselines = await openBaselines(root, deck);
      for (const name of baselines.names) findings.push(await gone(baselines, deck, name, 'en'));
    }
  }
  return findings;
}

async function gone({ root, read }: Baselines, deck: string, name: string, lang: string): Promise<Finding> {
  const baseline = await read(name);
  return { root, deck, name, title: slideOf(name), lang, ...removed, ...(baseline ? { baseline } : {}) };
}
