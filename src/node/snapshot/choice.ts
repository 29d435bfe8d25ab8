import { closest } from 'fastest-levenshtein';
import { UserError } from '../errors.ts';
import type { Prepared } from '../prepare.ts';
import { type Shard, shareOf } from './shard.ts';

/** The slides of a deck that are photographed in this run. */
export interface ChosenDeck {
  readonly prepared: Prepared;
  readonly ids: readonly string[];
}

/**
 * Chooses slides by name and cuts out this machine's share.
 *
 * @param names Slides as the command prints them: `gather`, `lesson/gather` or `lesson/gather.2`; none for all.
 * @throws {UserError} When there is no slide of a name.
 */
export function chooseSlides(
  decks: readonly Prepared[],
  names: readonly string[],
  shard: Shard | undefined,
): ChosenDeck[] {
  const all = decks.flatMap((prepared) => prepared.deck.slides.map((slide) => ({ prepared, slide })));
  const wanted = names.map((name) => {
    const [id = '', deck] = name
      .normalize('NFC')
      .replace(/\.\d+$/, '')
      .split('/')
      .reverse();
    const is = ({ prepared, slide }: (typeof all)[number]) =>
      slide.id === id && (deck === undefined || prepared.deck.name === deck);
    if (all.some(is)) return is;
    const nearest = all.length > 0 ? closest(id, [...new Set(all.map(({ slide }) => slide.id))]) : undefined;
    throw new UserError(`there is no slide \`${name}\`${nearest ? `; did you mean \`${nearest}\`?` : ''}`);
  });
  const named = wanted.length === 0 ? all : all.filter((one) => wanted.some((is) => is(one)));
  const shared = shard ? shareOf(named, shard, ({ slide }) => slide.stills?.length ?? 1) : named;
  return decks
    .map((prepared) => ({
      prepared,
      ids: shared.flatMap((one) => (one.prepared === prepared ? [one.slide.id] : [])),
    }))
    .filter(({ ids }) => ids.length > 0);
}
