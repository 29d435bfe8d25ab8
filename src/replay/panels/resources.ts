import { callbackName } from '../callbacks.ts';
import { groupBy } from '../groupBy.ts';
import { resourceName } from '../reasons.ts';
import type { Replay } from '../replay.ts';
import { type Box, group, rect, type Shape, text, widthOf } from '../shapes.ts';
import type { ResourceState, State } from '../state.ts';
import { standingFor } from '../subjects.ts';
import { timeText, words } from '../words.ts';

/** Sizes of the row below the lanes, in pixels. */
export interface ResourceStyle {
  readonly size: number;
  /** Height of a slot; chairs are a little smaller. */
  readonly slot: number;
}

/** The timers that are running, the first to ring first. */
export function timersPanel(replay: Replay, state: State, box: Box, style: ResourceStyle): Shape {
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
    const widths = labels.map((label) => badgeWidth(label, style) + 6);
    const width = timeWidth + 10 + widths.reduce((sum, one) => sum + one, 0);
    const rest = timers.length - drawn;
    if (x + Math.min(width, timeWidth + 10 + 60) > end - (rest > labels.length ? 50 : 0)) {
      shapes.push(text('more', 'none', x, baseline, `+${rest}`, { size: style.size }));
      break;
    }
    shapes.push(text(`w${when}`, overdue ? 'when overdue' : 'when', x, baseline, time, { size: style.size }));
    x += timeWidth + 10;
    for (const [n, label] of labels.entries()) {
      const one = badgeWidth(label, style);
      const left = labels.length - n;
      if (x + one > end - (left > 1 ? 50 : 0)) {
        shapes.push(text(`more${when}`, 'none', x, baseline, `+${left}`, { size: style.size }));
        x += 50;
        break;
      }
      const waiting = chair(`t${group_[n]?.handle}`, label, 'waiting', x, middle, one, style);
      const task = group_[n]?.task ?? null;
      shapes.push(task === null ? waiting : standingFor(waiting, { kind: 'task', id: task }));
      x += one + 6;
    }
    drawn += labels.length;
    x += 16;
  }
  return group('timers', 'timers', shapes);
}

/** One Semaphore, Lock, Event or Queue: its slots with their owners, and its line of waiters. */
export function resourcePanel(
  replay: Replay,
  state: State,
  resource: ResourceState,
  box: Box,
  style: ResourceStyle,
): Shape {
  const { lang } = replay.data;
  const w = words[lang];
  const middle = box.y + box.height / 2;
  const baseline = middle + style.size * 0.36;
  const title = resourceTitle(replay, resource);
  const shapes: Shape[] = [text('title', 'heading', box.x, baseline, title, { size: style.size })];
  let x = box.x + widthOf(title, { size: style.size }) + 24;
  const label = (id: number) => replay.labels.get(id) ?? '?';
  const slots = slotsOf(resource);
  const { owned, granted } = occupants(state, resource);
  for (let n = 0; n < slots; n++) {
    const id = owned[n] ?? granted[n - owned.length];
    const kind = n < owned.length ? 'owned' : id !== undefined ? 'granted' : isFilled(resource, n) ? 'filled' : 'free';
    const width = Math.max(style.slot, id === undefined ? 0 : badgeWidth(label(id), style));
    const children = [rect('box', '', { x: 0, y: 0, width, height: style.slot })];
    if (id !== undefined)
      children.push(
        text('label', '', width / 2, style.slot / 2 + style.size * 0.36, label(id), {
          size: style.size,
          weight: 'bold',
          anchor: 'middle',
        }),
      );
    const slot = group(`s${n}`, `permit ${kind}`, children, x, middle - style.slot / 2);
    shapes.push(id === undefined ? slot : standingFor(slot, { kind: 'task', id }));
    x += width + 8;
  }
  if (slots === 0) {
    shapes.push(text('value', 'when', x, baseline, String(resource.value), { size: style.size, weight: 'bold' }));
    x += widthOf(String(resource.value), { size: style.size, weight: 'bold' }) + 12;
  }
  // Those in `join` wait for the queue's end and stand in no line.
  const lines = [
    { key: 'line', title: w.line, tasks: isBarrier(resource) ? [] : resource.waiters },
    { key: 'join', title: 'join', tasks: resource.joiners },
  ];
  for (const { key, title, tasks } of lines) {
    if (tasks.length === 0) continue;
    x += 20;
    shapes.push(text(key, 'heading', x, baseline, title, { size: style.size }));
    x += widthOf(title, { size: style.size }) + 14;
    for (const [n, id] of tasks.entries()) {
      const width = badgeWidth(label(id), style);
      const rest = tasks.length - n;
      if (x + width > box.x + box.width - (rest > 1 ? 54 : 0)) {
        shapes.push(text(`${key} more`, 'none', x, baseline, `+${rest}`, { size: style.size }));
        break;
      }
      shapes.push(standingFor(chair(`w${id}`, label(id), 'waiting', x, middle, width, style), { kind: 'task', id }));
      x += width + 8;
    }
  }
  const panel = group(`r${resource.id}`, `resource ${resource.kind}`, shapes);
  return standingFor(panel, { kind: 'resource', id: resource.id });
}

/** Width for the timers: two of them with their tasks, at the least. */
export function timersWidth(replay: Replay, style: ResourceStyle): number {
  const title = widthOf(words[replay.data.lang].timers, { size: style.size }) + 22;
  const widest = widestBadge(replay, style);
  return Math.max(330, title + 2 * (widthOf('10.0초', { size: style.size }) + widest + 32));
}

/** Width that a resource takes at its fullest, for arranging panels before anything has happened. */
export function resourceWidth(replay: Replay, resource: ResourceState, waiters: number, style: ResourceStyle): number {
  const widest = Math.max(style.slot, widestBadge(replay, style));
  const title = widthOf(resourceTitle(replay, resource), { size: style.size });
  const line = waiters === 0 ? 0 : 60 + Math.min(waiters, 4) * (widest + 8);
  return title + 24 + Math.max(1, slotsOf(resource)) * (widest + 8) + line;
}

function resourceTitle(replay: Replay, resource: ResourceState): string {
  const name = `${resourceName(replay, resource)}${resource.closed ? ` ${words[replay.data.lang].closed}` : ''}`;
  if (!/Semaphore/.test(resource.kind)) return name;
  return replay.data.lang === 'ko' ? `${name} ${resource.initial}자리` : `${name} (${resource.initial})`;
}

/** The tasks that stand in a resource's boxes: who holds it; who is inside a barrier. */
function occupants(state: State, resource: ResourceState): Record<'owned' | 'granted', readonly number[]> {
  if (/Queue|Event/.test(resource.kind)) return { owned: [], granted: [] };
  if (isBarrier(resource)) return { owned: resource.waiters, granted: resource.granted };
  // A condition is held through its lock.
  const held = (resource.lock === null ? null : state.resources.get(resource.lock)) ?? resource;
  return { owned: held.owners, granted: held.granted };
}

function isBarrier(resource: ResourceState): boolean {
  return /Barrier/.test(resource.kind);
}

/** Boxes to draw: one for each permit, party or place in a queue, one for a lock; 0 when there are too many. */
function slotsOf(resource: ResourceState): number {
  if (/Semaphore/.test(resource.kind))
    return resource.initial <= 6 ? Math.max(resource.initial, resource.owners.length + resource.granted.length) : 0;
  if (isBarrier(resource)) return (resource.capacity ?? 0) <= 6 ? (resource.capacity ?? 0) : 0;
  if (/Queue/.test(resource.kind)) {
    const places = resource.capacity !== null && resource.capacity <= 6 ? resource.capacity : 1;
    return Math.min(6, Math.max(places, resource.value));
  }
  return 1;
}

function isFilled(resource: ResourceState, n: number): boolean {
  if (/Queue/.test(resource.kind)) return n < resource.value;
  return resource.kind === 'Event' && resource.value > 0;
}

/** Width of the widest badge that any task may need; 0 without tasks. */
function widestBadge(replay: Replay, style: ResourceStyle): number {
  return replay.labels.size === 0 ? 0 : Math.max(style.slot * 0.86, replay.labelWidth * style.size + 22);
}

function badgeWidth(label: string, style: ResourceStyle): number {
  return Math.max(style.slot * 0.86, widthOf(label, { size: style.size, weight: 'bold' }) + 22);
}

function chair(
  key: string,
  label: string,
  status: string,
  x: number,
  middle: number,
  width: number,
  style: ResourceStyle,
): Shape {
  const height = style.slot * 0.8;
  const y = middle - height / 2;
  return group(
    key,
    `badge ${status}`,
    [
      rect('box', '', { x: 0, y: 0, width, height }),
      text('label', '', width / 2, height / 2 + style.size * 0.36, label, {
        size: style.size,
        weight: 'bold',
        anchor: 'middle',
      }),
    ],
    x,
    y,
  );
}
