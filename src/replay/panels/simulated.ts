import type { Replay } from '../replay.ts';
import { group, rect, type Shape, text, widthOf } from '../shapes.ts';
import { words } from '../words.ts';

/**
 * Says what of the outside world was not real, in a frame; nothing where all of it was.
 *
 * @param place Right end, top and height of the frame, in pixels.
 */
export function simulatedLabel(
  replay: Replay,
  place: { readonly x: number; readonly y: number; readonly height: number },
  size: number,
): Shape[] {
  const kind = replay.cast.simulated;
  if (kind === null) return [];
  const label = words[replay.data.lang].simulated[kind];
  const width = simulatedWidth(replay, size);
  const x = place.x - width;
  return [
    group('simulated', 'simulated', [
      rect('frame', '', { x, y: place.y, width, height: place.height }),
      text('label', '', x + size / 2, place.y + place.height / 2 + size * 0.36, label, { size }),
    ]),
  ];
}

/** Pixels that the label is wide; 0 where there is none. */
export function simulatedWidth(replay: Replay, size: number): number {
  const kind = replay.cast.simulated;
  return kind === null ? 0 : widthOf(words[replay.data.lang].simulated[kind], { size }) + size;
}
