import { callbackName } from '../callbacks.ts';
import { knotOf } from '../deadlock.ts';
import { type Replay, shownLine } from '../replay.ts';
import { type Box, fittingSize, glyph, group, path, rect, type Shape, text, widthOf } from '../shapes.ts';
import type { ReadyEntry, State } from '../state.ts';
import { standingFor } from '../subjects.ts';
import { lineText, words } from '../words.ts';
import { blockedWords, plateAt, plateWidth } from './blocked.ts';
import { simulatedWidth } from './simulated.ts';
import { toneOf } from './tone.ts';

/** Sizes of the thread's slot and of the queue, in pixels. */
export interface ThreadStyle {
  readonly slot: Box;
  readonly queue: Box;
  readonly labelSize: number;
  readonly cardSize: number;
  readonly chipSize: number;
  readonly chip: { readonly height: number; readonly least: number; readonly padding: number; readonly gap: number };
  /** Whether headings stand above. */
  readonly headings: boolean;
  /** False without a loop: there is no queue then. */
  readonly queued: boolean;
}

/** A place that a task's card takes: the slot, a place in the queue, or the end of its lane. */
export interface CardPlace {
  readonly box: Box;
  readonly kind: 'running' | 'ready' | 'parked';
}

/**
 * The slot with room for one card, and the queue of the ready. Cards are drawn by `cards`, above all panels.
 *
 * @param tellsBlock Whether what blocks the loop is to be said here, behind those who are ready.
 */
export function threadPanel(replay: Replay, state: State, style: ThreadStyle, tellsBlock = false): Shape {
  const w = words[replay.data.lang];
  const { slot, queue } = style;
  const shapes: Shape[] = [];
  if (style.headings) {
    shapes.push(text('h1', 'heading', slot.x, slot.y - 16, w.running, { size: style.labelSize }));
    // The label of what is simulated stands at the end of the same line.
    const room = queue.width - simulatedWidth(replay, style.labelSize * 0.87) - 20;
    const sizes = [1, 0.93, 0.87, 0.8].map((share) => style.labelSize * share);
    const size = fittingSize(w.ready, room, sizes);
    if (style.queued) shapes.push(text('h2', 'heading', queue.x, queue.y - 16, w.ready, { size }));
  }
  const taken = state.running !== null || state.programSite !== null;
  shapes.push(rect('slot', taken ? 'slot taken' : 'slot', slot));
  const middle = slot.y + slot.height / 2;
  if (!taken)
    shapes.push(
      text('idle', 'idle', slot.x + slot.width / 2, middle + style.labelSize * 0.36, w.idle, {
        size: style.labelSize,
        anchor: 'middle',
      }),
    );
  if (!style.queued) {
    // Without a queue there is room beside the slot to say what holds the thread.
    if (state.blocked) {
      const [what, where] = blockedWords(replay, state.blocked);
      const width = Math.min(queue.width, 12 * style.labelSize);
      shapes.push(plateAt(what, where, { ...queue, width }, style.labelSize));
    }
    return group('thread', 'thread', shapes);
  }
  shapes.push(rect('queue', 'queue', queue));
  const from = queue.x - (style.headings ? 8 : 5);
  const to = slot.x + slot.width + (style.headings ? 8 : 5);
  const head = Math.min(16, (from - to) / 3);
  shapes.push(path('arrow', 'arrow', `M${from} ${middle}H${to + 2}m${head}${-head}l${-head} ${head} ${head} ${head}`));
  const { chips, divider, internal, more } = queueOf(replay, state, style);
  if (divider !== null) {
    shapes.push(path('divider', 'divider', `M${divider} ${queue.y + 10}V${queue.y + queue.height - 10}`));
    if (style.headings)
      shapes.push(
        text('next', 'next', divider + 16, middle + style.labelSize * 0.34, w.nextTick, {
          size: style.labelSize * 0.87,
        }),
      );
  }
  const stop = stopWords(replay, state);
  if (stop && style.headings) {
    const bold = { size: style.labelSize, weight: 'bold' } as const;
    const width = Math.min(queue.width, Math.max(widthOf(stop[0], bold), widthOf(stop[1], bold)) + 60);
    shapes.push(plateAt(stop[0], stop[1], { ...queue, x: queue.x + queue.width - width, width }, style.labelSize));
  }
  if (tellsBlock && state.blocked && !stop && !internal && !more) {
    const [what, where] = blockedWords(replay, state.blocked);
    const last = chips.at(-1)?.box;
    const width = plateWidth(what, where, style.labelSize);
    const x = queue.x + queue.width - width;
    if (x > (last ? last.x + last.width + style.chip.gap : queue.x))
      shapes.push(plateAt(what, where, { ...queue, x, width }, style.labelSize));
  }
  if (internal && !stop) {
    const height = style.chip.height * 0.86;
    if (style.headings)
      shapes.push(
        rect('plumbing', 'plumbing', { x: internal.x, y: middle - height / 2, width: internal.width, height }),
      );
    shapes.push(
      text('count', 'count', internal.x + internal.width / 2, middle + style.labelSize * 0.32, internal.label, {
        size: style.labelSize * 0.87,
        anchor: 'middle',
      }),
    );
  }
  if (more)
    shapes.push(text('more', 'count', more.x, middle + style.labelSize * 0.34, more.label, { size: style.labelSize }));
  return group('thread', 'thread', shapes);
}

/** One card for every task that has a place: it moves from the queue into the slot and out to its lane. */
export function cards(replay: Replay, state: State, style: ThreadStyle, laneEnds: ReadonlyMap<number, Box>): Shape {
  const places = new Map<number, CardPlace>();
  for (const [id, box] of laneEnds) places.set(id, { box, kind: 'parked' });
  const { chips } = queueOf(replay, state, style);
  for (const { entry, box } of chips) if (entry.task !== null) places.set(entry.task, { box, kind: 'ready' });
  const running = state.running?.task ?? null;
  if (running !== null) places.set(running, { box: style.slot, kind: 'running' });
  const shapes = [...places]
    .sort(([a], [b]) => a - b)
    .map(([id, place]) =>
      standingFor(
        card(
          `c${id}`,
          place,
          replay.labels.get(id) ?? '?',
          running === id ? runningNote(replay, state) : '',
          style,
          state,
        ),
        { kind: 'task', id },
      ),
    );
  for (const { entry, box } of chips)
    if (entry.task === null)
      shapes.push(card(`h${entry.handle}`, { box, kind: 'ready' }, entryName(replay, entry), '', style, state));
  const program = programLabel(replay, state);
  if (program !== null) {
    const key = state.running && !state.running.internal ? `h${state.running.handle}` : 'program';
    shapes.push(card(key, { box: style.slot, kind: 'running' }, program, runningNote(replay, state), style, state));
  }
  return group('cards', 'cards', shapes);
}

function card(key: string, place: CardPlace, label: string, note: string, style: ThreadStyle, state: State): Shape {
  const { box, kind } = place;
  const { width, height } = box;
  const shapes = [rect('box', '', { x: 0, y: 0, width, height })];
  const tone = toneOf(state);
  if (kind === 'running') {
    const left = height * 0.56;
    shapes.push(glyph('glyph', tone.glyph, left - 4, height / 2, style.headings ? 1 : 0.62));
    const x = left + (style.headings ? 26 : 12);
    const gap = style.headings ? 14 : 5;
    const { size, noteSize } = cardSizes(label, note, width - x - gap, gap, style);
    shapes.push(text('label', '', x, height / 2 + size * 0.36, label, { size, weight: 'bold' }));
    const noteX = x + widthOf(label, { size, weight: 'bold' }) + gap;
    if (noteSize > 0) shapes.push(text('note', 'note', noteX, height / 2 + noteSize * 0.38, note, { size: noteSize }));
  } else if (kind === 'ready') {
    const size = style.chipSize;
    shapes.push(
      text('label', '', width / 2, height / 2 + size * 0.36, label, { size, weight: 'bold', anchor: 'middle' }),
    );
  }
  return group(key, `card ${kind}${kind === 'running' ? tone.name : ''}`, shapes, box.x, box.y);
}

/** The sizes in which a task's label and its line fit beside each other; a line that never fits is left out (0). */
function cardSizes(
  label: string,
  note: string,
  room: number,
  gap: number,
  style: ThreadStyle,
): { readonly size: number; readonly noteSize: number } {
  const sizes = [1, 0.85, 0.7, 0.6].map((share) => share * style.cardSize);
  for (const share of note === '' ? [] : [0.72, 0.6]) {
    const noteSize = share * style.cardSize;
    const left = room - gap - widthOf(note, { size: noteSize });
    const size = sizes.find((candidate) => widthOf(label, { size: candidate, weight: 'bold' }) <= left);
    if (size !== undefined) return { size, noteSize };
  }
  return { size: fittingSize(label, room, sizes, 'bold'), noteSize: 0 };
}

function runningNote(replay: Replay, state: State): string {
  const task = state.running?.task ?? null;
  const site = state.blocked?.site ?? (task === null ? state.programSite : (state.tasks.get(task)?.site ?? null));
  const line = shownLine(replay, site);
  return line === null ? '' : lineText(line, replay.data.lang);
}

/** Why nothing will ever run again: the tasks that wait for each other and their lines, or the limit that was reached. */
function stopWords(replay: Replay, state: State): readonly [what: string, where: string] | null {
  const { lang } = replay.data;
  const w = words[lang];
  if (state.deadlock) {
    const places = state.deadlock.cycle.map(({ task, site }) => {
      const line = shownLine(replay, site);
      return `${replay.labels.get(task) ?? '?'}${line === null ? '' : ` ${lineText(line, lang)}`}`;
    });
    return [w.deadlock[knotOf(state)], places.join(' · ')];
  }
  if (state.limit) {
    const line = shownLine(replay, state.limit.site);
    return [
      w.stopped,
      `${w.limits[state.limit.what] ?? state.limit.what}${line === null ? '' : `, ${lineText(line, lang)}`}`,
    ];
  }
  return null;
}

/** What stands in the slot when no task does: code outside of tasks, or a callback. */
function programLabel(replay: Replay, state: State): string | null {
  const w = words[replay.data.lang];
  if (state.running) return state.running.task === null ? entryName(replay, state.running) : null;
  return state.programSite === null ? null : w.program;
}

/** What stands on the card of an entry of the queue. */
function entryName(replay: Replay, { task, internal, label }: ReadyEntry): string {
  const { lang } = replay.data;
  if (task !== null) return replay.labels.get(task) ?? '?';
  return internal ? words[lang].internal : callbackName(label, lang);
}

interface QueuePlaces {
  readonly chips: readonly { readonly entry: ReadyEntry; readonly box: Box }[];
  readonly divider: number | null;
  readonly internal: { readonly x: number; readonly width: number; readonly label: string } | null;
  readonly more: { readonly x: number; readonly label: string } | null;
}

/** Places in the queue, head first; what runs in the next iteration stands behind a divider. */
function queueOf(replay: Replay, state: State, style: ThreadStyle): QueuePlaces {
  const { queue, chip } = style;
  const w = words[replay.data.lang];
  const shown = (entry: ReadyEntry) => entry.task !== null || !entry.internal;
  const internals = state.ready.filter((entry) => !shown(entry)).length;
  const label = `${w.internal}×${internals}`;
  const internalWidth =
    internals === 0 ? 0 : widthOf(label, { size: style.labelSize * 0.87 }) + (style.headings ? 28 : 4);
  const inset = style.headings ? 14 : 8;
  const nextWidth = style.headings ? widthOf(w.nextTick, { size: style.labelSize * 0.87 }) + 32 : 18;
  const end = queue.x + queue.width - inset - internalWidth;
  const split = state.thisTick > 0 && state.thisTick < state.ready.length ? state.thisTick : null;

  const chips: { entry: ReadyEntry; box: Box }[] = [];
  let x = queue.x + inset;
  let divider: number | null = null;
  let more: QueuePlaces['more'] = null;
  const tasks = state.ready.filter(shown).length;
  for (const [n, entry] of state.ready.entries()) {
    if (n === split) {
      divider = x + 4;
      x += 4 + nextWidth;
    }
    if (!shown(entry) || more) continue;
    const width = Math.max(
      chip.least,
      widthOf(entryName(replay, entry), { size: style.chipSize, weight: 'bold' }) + 2 * chip.padding,
    );
    const rest = tasks - chips.length;
    if (x + width + (rest > 1 ? style.chipSize * 1.5 : 0) > end) {
      more = { x, label: `+${rest}` };
      continue;
    }
    chips.push({
      entry,
      box: { x, y: queue.y + (queue.height - chip.height) / 2, width, height: chip.height },
    });
    x += width + chip.gap;
  }
  const left = style.headings ? Math.min(end, x + (divider === null && chips.length > 0 ? 4 : 0)) : end;
  return { chips, divider, internal: internals === 0 ? null : { x: left, width: internalWidth, label }, more };
}
