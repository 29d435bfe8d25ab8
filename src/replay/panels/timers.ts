import { callbackName } from '../callbacks.ts';
import { groupBy } from '../groupBy.ts';
import type { Replay } from '../replay.ts';
import { type Box, group, type Shape, text, widthOf } from '../shapes.ts';
import type { State } from '../state.ts';
import { standingFor } from '../subjects.ts';
import { timeText, words } from '../words.ts';
import { chair, chairWidth, type RowStyle, widestChair } from './seats.ts';

/** The timers that are running, the first to ring first. */
export function timersPanel(replay: Replay, state: State, box: Box, style: RowStyle): Shape {
  const { lang } = replay.data;
  const w = words[lang];
  const middle = box.y + box.height / 2;
  const baseline = middle + style.size * 0.36;
  const shapes: Shape[] = [text('title', 'heading', box.x, baseline, w.timers, { size: style.size })];
  const timers = [...state.timers.values()]
    .filter((timer) => timer.task !== null || !timer.internal)
    .sort((a, b) => a.when - b.when || a.handle - b.handle);
  let x = box.x + widthOf(w.timers, { size: style.size }) + 22;
  if (timers.length === 0) shapes.push(text('none', 'none', x, baseline, w.none, { size: style.size }));
  const byTime = groupBy(timers, ({ when }) => when);
  const end = box.x + box.width;
  let drawn = 0;
  for (const [when, group_] of byTime) {
    const labels = group_.map(({ task, label }) =>
      task === null ? callbackName(label ?? '', lang) : (replay.labels.get(task) ?? '?'),
    );
    const overdue = when < state.nanoseconds;
    const time = `${timeText(when, lang)}${overdue ? ` ${w.overdue}` : ''}`;
    const timeWidth = widthOf(time, { size: style.size });
    const widths = labels.map((label) => chairWidth(label, style) + 6);
    const width = timeWidth + 10 + widths.reduce((sum, one) => sum + one, 0);
    const rest = timers.length - drawn;
    if (x + Math.min(width, timeWidth + 10 + 60) > end - (rest > labels.length ? 50 : 0)) {
      shapes.push(text('more', 'none', x, baseline, `+${rest}`, { size: style.size }));
      break;
    }
    shapes.push(text(`w${when}`, overdue ? 'when overdue' : 'when', x, baseline, time, { size: style.size }));
    x += timeWidth + 10;
    for (const [n, label] of labels.entries()) {
      const one = chairWidth(label, style);
      const left = labels.length - n;
      if (x + one > end - (left > 1 ? 50 : 0)) {
        shapes.push(text(`more${when}`, 'none', x, baseline, `+${left}`, { size: style.size }));
        x += 50;
        break;
      }
      const waiting = chair(`t${group_[n]?.handle}`, label, x, middle, style);
      const task = group_[n]?.task ?? null;
      shapes.push(task === null ? waiting : standingFor(waiting, { kind: 'task', id: task }));
      x += one + 6;
    }
    drawn += labels.length;
    x += 16;
  }
  return group('timers', 'timers', shapes);
}

/** Width for the timers: two of them with their tasks, at the least. */
export function timersWidth(replay: Replay, style: RowStyle): number {
  const title = widthOf(words[replay.data.lang].timers, { size: style.size }) + 22;
  const widest = widestChair(replay, style);
  return Math.max(330, title + 2 * (widthOf('10.0초', { size: style.size }) + widest + 32));
}
