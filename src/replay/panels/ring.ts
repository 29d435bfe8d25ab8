import type { Edge } from '../deadlock.ts';
import { group, path, type Shape } from '../shapes.ts';

/** Pixels between two arrows that run beside each other. */
const pitch = 24;
/** Arrows beside each other at most; more share their tracks. */
const mostTracks = 4;

/**
 * A deadlock's ring as arrows at the right edge of the lanes, each from the lane of a task to the lane of the one that
 * it waits for.
 *
 * @returns The arrows, and the edge `left` of which there is room for words.
 */
export function ringArrows(
  ring: readonly Edge[],
  middles: ReadonlyMap<number, number>,
  right: number,
): { readonly shapes: readonly Shape[]; readonly left: number } {
  const drawn = ring.flatMap(({ from, to }) => {
    const [start, end] = [middles.get(from), middles.get(to)];
    return start === undefined || end === undefined || from === to ? [] : [{ key: `${from}-${to}`, start, end }];
  });
  if (drawn.length === 0) return { shapes: [], left: right };
  const left = right - Math.min(mostTracks, drawn.length) * pitch - 26;
  const arrows = drawn.map(({ key, start, end }, n) => {
    const x = right - 4 - (n % mostTracks) * pitch;
    // It leaves below the middle and arrives above it, so that the two never lie on each other.
    const [from, to] = [start + 9, end - 9];
    return path(key, 'ring', `M${left + 6} ${from}H${x}V${to}H${left + 10}m12-9l-12 9l12 9`);
  });
  return { shapes: [group('ring', 'ring-arrows', arrows)], left };
}
