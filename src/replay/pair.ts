import { sansWidth } from '../text/width.ts';
import type { KeyStep } from './keySteps.ts';
import { codePanel } from './panels/code.ts';
import { laneCount } from './panels/laneRows.ts';
import { lanesPanel } from './panels/lanes.ts';
import { resourcePanel } from './panels/resources.ts';
import { simulatedLabel } from './panels/simulated.ts';
import { cards, type ThreadStyle, threadPanel } from './panels/thread.ts';
import type { Picture } from './picture.ts';
import { reasonOf } from './reasons.ts';
import { type Replay, wants } from './replay.ts';
import { type Box, group, rect, type Shape, text } from './shapes.ts';
import type { State } from './state.ts';
import { words } from './words.ts';
import { wrapped } from './wrapped.ts';

/** Width of a frame of a storyboard, which is printed about 89 mm wide: 22 are 7.7 pt. */
export const pairWidth = 720;

/** Three rows of frames of this height, with the title above and the gaps between, fill a sheet. */
const fullHeight = 652;
const size = 22;
const codeRows = 4;
const codeHeight = codeRows * 29 + 8;
const stripHeight = 48;
const laneHeight = 34;
const resourceHeight = 50;
const edge = 16;
const captionStyle = { size: 27, lineHeight: 33 } as const;

/** Where things stand in the frames of one replay: the same in all. */
interface Plan {
  readonly code: number;
  readonly strips: number;
  readonly lanes: Box;
  readonly most: number;
  readonly resources: number;
  readonly height: number;
}

/** What a frame keeps to itself, so that readers fill it in. */
export interface Blanks {
  /** Stops, by their events, whose queue nobody is shown. */
  readonly queues: ReadonlySet<number>;
  /** The frame's own question in place of its sentence, which would tell the answer. */
  readonly question?: string;
  /** Whether who gets the thread is the question, too. */
  readonly slot?: boolean;
}

/**
 * One key step on paper: its sentence, the code around it, the thread and its queue just before and just after, the
 * lanes up to it. What the step changed has a thick outline.
 *
 * @param blanks What stays empty; a frame that asks shows lanes as they were before.
 */
export function pairPicture(replay: Replay, step: KeyStep, blanks: Blanks = { queues: new Set() }): Picture {
  const before = replay.stateAt(step.before);
  const after = replay.stateAt(step.index);
  const plan = planOf(replay);
  const asks = blanks.question !== undefined;
  const shapes = [...heading(replay, step, before, after, blanks)];
  if (wants(replay, 'code'))
    shapes.push(
      codePanel(
        replay,
        after,
        { x: 1, y: plan.code, width: pairWidth - 2, height: codeHeight },
        {
          sizes: [size, 20, 18],
          folded: size,
          lineHeights: [29, 29],
          rows: codeRows,
          folds: false,
          indent: 52,
          badge: { height: 27, size: 20 },
          padding: 4,
          edge: 6,
        },
      ),
    );
  shapes.push(...strips(replay, step, before, after, plan, blanks));
  if (wants(replay, 'lanes')) shapes.push(...lanes(replay, before, asks ? before : after, plan));
  shapes.push(...resources(replay, before, asks ? before : after, plan));
  return {
    attributes: {
      viewBox: `0 0 ${pairWidth} ${plan.height}`,
      class: 'loopreel wide pair',
      role: 'img',
      'aria-label': blanks.question ?? step.caption,
    },
    shapes,
  };
}

function planOf(replay: Replay): Plan {
  const captions = replay.keySteps.map(({ caption }) => captionLines(caption).length);
  const code = 62 + Math.max(...captions) * captionStyle.lineHeight;
  const strips = code + (wants(replay, 'code') ? codeHeight + 12 : 0);
  const top = strips + stripsHeight(replay) + 8;
  const below = (wants(replay, 'resources') ? Math.min(2, replay.cast.resources.length) : 0) * resourceHeight + 8;
  const room = Math.floor((fullHeight - top - size * 1.5 - 8 - below) / laneHeight);
  const most = Math.max(4, Math.min(6, room));
  const rows = wants(replay, 'lanes') ? Math.min(most, laneCount(replay)) : 0;
  const height = rows * laneHeight + (rows > 0 ? size * 1.5 + 8 : 0);
  const lanes = { x: edge, y: top, width: pairWidth - 2 * edge, height };
  return { code, strips, lanes, most, resources: top + height, height: top + height + below };
}

function captionLines(caption: string): readonly string[] {
  return wrapped(caption, pairWidth - 2 * edge, captionStyle.size);
}

/** Before and after; without a loop there is no queue whose change could be shown. */
function stripCount(replay: Replay): 0 | 1 | 2 {
  if (!wants(replay, 'thread') && !wants(replay, 'queue')) return 0;
  return replay.labels.size > 0 ? 2 : 1;
}

/** Without a loop, what holds the thread is written beside it in two lines. */
function stripsHeight(replay: Replay): number {
  const count = stripCount(replay);
  return count === 1 ? 70 : count * (stripHeight + 6);
}

function heading(
  replay: Replay,
  { index }: KeyStep,
  before: State,
  after: State,
  { question }: Blanks,
): readonly Shape[] {
  const { time, text: step } = replay.clock(after.index);
  const earlier = replay.clock(before.index).time;
  const clock = earlier === time ? time : `${earlier} → ${time}`;
  const right = pairWidth - edge;
  return [
    // The frame's number stands left of it, on the page; that of a question has a word before it.
    text('clock', 'clock', question === undefined ? 72 : 138, 38, clock, { size: 30, weight: 'bold' }),
    text('step', 'step', right, 38, step, { size, anchor: 'end' }),
    ...simulatedLabel(replay, { x: right - sansWidth(step, size) - 14, y: 14, height: 30 }, 19),
    ...captionLines(question ?? replay.caption(index)).map((line, n) =>
      text(`caption${n}`, 'caption', edge, 76 + n * captionStyle.lineHeight, line, { size: captionStyle.size }),
    ),
  ];
}

function strips(
  replay: Replay,
  step: KeyStep,
  before: State,
  after: State,
  plan: Plan,
  blanks: Blanks,
): readonly Shape[] {
  const w = words[replay.data.lang];
  const count = stripCount(replay);
  const pairs = [
    ['before', w.before, before, step.before],
    ['after', w.after, after, step.index],
  ] as const;
  return pairs.slice(2 - count).map(([key, label, told, stop], n) => {
    const y = plan.strips + n * (stripHeight + 6);
    const style = stripStyle(replay, y, stripsHeight(replay) / count - 12);
    const hidden = blanks.queues.has(stop);
    const hidesSlot = hidden && key === 'after' && blanks.slot === true;
    const state = { ...told, ...(hidden ? noQueue : {}), ...(hidesSlot ? noHolder : {}) };
    const outlines =
      key === 'before' || count === 1 || blanks.question !== undefined ? [] : changedParts(before, after, style);
    return group(key, 'strip-row', [
      ...(count === 2 ? [text('label', 'heading', edge, y + stripHeight / 2 + size * 0.36, label, { size })] : []),
      threadPanel(replay, state, style),
      cards(replay, state, style, new Map()),
      ...(hidden ? [rect('blank', 'blank', style.queue)] : []),
      ...(hidesSlot ? [rect('blankslot', 'blank', style.slot)] : []),
      ...outlines.map((box, part) => rect(`changed${part}`, 'changed', box)),
    ]);
  });
}

/** What a state says of the queue, and of who has the thread, when it says nothing. */
const noQueue = { ready: [], thisTick: 0 } as const;
const noHolder = { running: null, programSite: null, blocked: null } as const;

/** The thread and its queue at a stop, alone: the answer to a frame that asked. */
export function stripPicture(replay: Replay, { index, caption }: KeyStep): Picture {
  const state = replay.stateAt(index);
  const style = stripStyle(replay, 0, stripHeight - 6);
  return {
    attributes: {
      viewBox: `88 0 ${pairWidth - 88} ${stripHeight}`,
      class: 'loopreel wide pair',
      role: 'img',
      'aria-label': caption,
    },
    shapes: [threadPanel(replay, state, style), cards(replay, state, style, new Map())],
  };
}

/** The slot when another has the thread, the queue when others stand in it. */
function changedParts(before: State, after: State, { slot, queue }: ThreadStyle): readonly Box[] {
  const holder = ({ running, programSite, blocked }: State) => [running?.handle, programSite === null, blocked?.i];
  const line = ({ ready, thisTick }: State) => [ready.map(({ handle }) => handle), thisTick];
  const differs = (part: (state: State) => unknown) => JSON.stringify(part(before)) !== JSON.stringify(part(after));
  return [...(differs(holder) ? [slot] : []), ...(differs(line) ? [queue] : [])].map((box) => ({
    x: box.x - 3,
    y: box.y - 3,
    width: box.width + 6,
    height: box.height + 6,
  }));
}

function stripStyle(replay: Replay, y: number, height: number): ThreadStyle {
  const top = y + 3;
  return {
    slot: { x: 92, y: top, width: 196, height },
    queue: { x: 322, y: top, width: pairWidth - 322 - 10, height },
    labelSize: size,
    cardSize: 26,
    chipSize: size,
    chip: { height: 34, least: 46, padding: 12, gap: 7 },
    headings: false,
    queued: wants(replay, 'queue') && replay.labels.size > 0,
  };
}

function lanes(replay: Replay, before: State, after: State, plan: Plan): readonly Shape[] {
  const { shape, ends } = lanesPanel(replay, after, replay.axis, plan.lanes, {
    most: plan.most,
    laneHeights: [laneHeight, laneHeight],
    reasonWidth: 262,
    gutter: 0,
    size,
    slots: [10, 34],
    followed: null,
    plate: false,
  });
  const outlines = [...ends].flatMap(([id, end]) => {
    const task = after.tasks.get(id);
    const earlier = before.tasks.get(id);
    if (!task) return [];
    const now = reasonOf(replay, after, task).text;
    if (earlier && reasonOf(replay, before, earlier).text === now) return [];
    const x = end.x - 4;
    const y = end.y + end.height / 2 - 16;
    return [rect(`changed${id}`, 'changed', { x, y, width: pairWidth - 2 - x, height: 32 })];
  });
  return [shape, ...outlines];
}

function resources(replay: Replay, before: State, after: State, plan: Plan): readonly Shape[] {
  if (!wants(replay, 'resources')) return [];
  return replay.cast.resources.slice(0, 2).flatMap(({ made }, n): Shape[] => {
    const resource = after.resources.get(made.r);
    if (!resource) return [];
    const y = plan.resources + n * resourceHeight;
    const box = { x: edge, y, width: pairWidth - 2 * edge, height: resourceHeight };
    const { shape } = resourcePanel(replay, after, resource, box, { size, slot: 40 });
    const changed = JSON.stringify(before.resources.get(made.r)) !== JSON.stringify(resource);
    const outline = { x: 2, y: y + 1, width: pairWidth - 4, height: resourceHeight - 2 };
    return changed ? [shape, rect(`changed${made.r}`, 'changed', outline)] : [shape];
  });
}
