import { type Replay, stopNumber } from '../replay.ts';
import { type Box, group, path, type Shape } from '../shapes.ts';

/** The row at the bottom: previous, next, and a track with a diamond for every key step. `box` is the track. */
export function scrubberPanel(replay: Replay, index: number, box: Box): Shape {
  const middle = box.y + box.height / 2;
  const at = (event: number) => scrubberPosition(replay, event, box);
  const now = at(index);
  const diamonds = replay.keySteps.map((step): Shape => {
    const x = at(step.index);
    const past = step.index <= index;
    return path(`k${step.index}`, past ? 'key past' : 'key', 'M0-15 15 0 0 15-15 0z', x, middle);
  });
  const left = box.x - 104;
  return group('scrubber', 'scrubber', [
    path('previous', 'button previous', 'M14-18v36L-14 0z', left + 16, middle),
    path('next', 'button next', 'M-14-18v36L14 0z', left + 66, middle),
    path('track', 'track', `M${box.x} ${middle}H${box.x + box.width}`),
    {
      key: 'past',
      tag: 'rect',
      attributes: { class: 'progress', x: box.x - 4, y: middle - 4, width: now - box.x + 4, height: 8 },
    },
    group('keys', 'keys', diamonds),
    { key: 'knob', tag: 'circle', attributes: { class: 'knob', cx: now, cy: middle, r: 21 } },
  ]);
}

/** Where on the track the stop of an event stands. */
function scrubberPosition(replay: Replay, index: number, box: Box): number {
  const last = Math.max(1, replay.stops.length - 1);
  return box.x + (stopNumber(replay.stops, index) / last) * box.width;
}
