import { UsageError } from '../errors.ts';

/** One of several machines that share the work: `number` from 1 to `of`. */
export interface Shard {
  readonly number: number;
  readonly of: number;
}

/**
 * Reads `2/5`.
 *
 * @throws {UsageError} When it is no share of a whole.
 */
export function parseShard(text: string): Shard {
  const [, number, of] = /^([1-9]\d{0,5})\/([1-9]\d{0,5})$/.exec(text) ?? [];
  const shard = { number: Number(number), of: Number(of) };
  if (number === undefined || shard.number > shard.of)
    throw new UsageError(`--shard \`${text}\` is no share of a whole; expected 1/3, 2/3 or 3/3`);
  return shard;
}

/**
 * The items of a share: neighbours, so that a deck is opened on few machines. All shares together hold each item once,
 * whatever machine cuts them.
 *
 * @param weight How long an item takes, in any unit.
 */
export function shareOf<Item>(items: readonly Item[], { number, of }: Shard, weight: (item: Item) => number): Item[] {
  const total = items.reduce((sum, item) => sum + weight(item), 0);
  let before = 0;
  return items.filter((item) => {
    // Where the middle of an item falls decides; rounding cannot put it into two shares.
    const middle = before + weight(item) / 2;
    before += weight(item);
    return Math.min(of, Math.floor((middle / total) * of) + 1) === number;
  });
}
