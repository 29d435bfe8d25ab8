import type { EventOf } from '../../trace/events.ts';
import type { Gap } from '../axis.ts';
import { type Replay, shownLine } from '../replay.ts';
import { type Box, group, rect, type Shape, text, widthOf } from '../shapes.ts';
import { durationText, lineText } from '../words.ts';
import type { Scale } from './timeAxis.ts';

/** A stretch in which the thread was held: full height, so that it never looks like ordinary running. */
export function band(gap: Gap, scale: Scale, box: Box): Shape {
  const x = scale.place(gap.from);
  return rect(`b${gap.index}`, 'band', { ...box, x, width: scale.place(gap.to) - x });
}

/** What holds the thread, in two lines: `루프가 막힘 2초`, `time.sleep, 7행`. */
export function blockedWords(replay: Replay, block: EventOf<'block'>): readonly [what: string, where: string] {
  const { lang } = replay.data;
  const time = durationText(block.to - block.from, lang);
  const line = shownLine(replay, block.site);
  const loop = replay.labels.size > 0;
  const what =
    lang === 'ko' ? `${loop ? '루프가' : '프로그램이'} 막힘 ${time}` : `${loop ? 'loop' : 'program'} blocked ${time}`;
  return [what, line === null ? block.api : `${block.api}, ${lineText(line, lang)}`];
}

/** The words beside their band, right of now, where nothing has happened yet; null where they would not fit. */
export function plate(replay: Replay, block: EventOf<'block'>, scale: Scale, box: Box, size: number): Shape | null {
  const [what, where] = blockedWords(replay, block);
  const width = plateWidth(what, where, size);
  const height = size * 2.8;
  const x = scale.now + 16;
  if (x + width > box.x + box.width) return null;
  return plateAt(what, where, { x, y: box.y + (box.height - height) / 2, width, height }, size);
}

/** Pixels that two lines of words take with their box. */
export function plateWidth(what: string, where: string, size: number): number {
  return Math.max(widthOf(what, { size, weight: 'bold' }), widthOf(where, { size: size * 0.87 })) + 36;
}

/** Two lines of words in a box of their own. */
export function plateAt(what: string, where: string, box: Box, size: number): Shape {
  const middle = box.x + box.width / 2;
  const baseline = box.y + box.height / 2;
  return group('plate', 'plate', [
    rect('box', '', box),
    text('what', 'what', middle, baseline - size * 0.18, what, { size, weight: 'bold', anchor: 'middle' }),
    text('where', '', middle, baseline + size * 0.95, where, { size: size * 0.87, anchor: 'middle' }),
  ]);
}
