import type { Scale } from './timeAxis.ts';

/** What a stretch of a lane tells. */
export type Tone = 'running' | 'ready' | 'waiting' | 'cancelled' | 'failed' | 'outside';

/** A stretch of a lane, in positions on the axis. */
export interface Stretch {
  readonly tone: Tone;
  readonly key: string;
  readonly from: number;
  readonly to: number;
}

/** Narrower stretches cannot be seen, in pixels. */
const narrowest = 0.5;
/** What a stretch has to add to one of its tone that it overlaps, to be worth a shape of its own. */
const leastNews = 2;

/**
 * The stretches of one lane that can be seen, in pixels: ten thousand turns at one instant of the true time scale are
 * one, and so are those that crowd on a few pixels.
 */
export function visibleStretches(
  stretches: readonly Stretch[],
  scale: Scale,
): readonly { readonly tone: Tone; readonly key: string; readonly x: number; readonly width: number }[] {
  const ends = new Map<Tone, number>();
  return stretches.flatMap(({ tone, key, from, to }) => {
    const x = scale.place(from);
    const right = scale.place(to);
    const end = ends.get(tone) ?? Number.NEGATIVE_INFINITY;
    if (right - x < narrowest || (x <= end && right < end + leastNews)) return [];
    ends.set(tone, right);
    return [{ tone, key, x, width: right - x }];
  });
}
