import { clip, sansWidth } from '../../text/width.ts';
import { type Reason, reasonOf } from '../reasons.ts';
import { type Replay, wants } from '../replay.ts';
import { type Box, fittingSize, glyph, group, path, rect, type Shape, text } from '../shapes.ts';
import type { State, TaskState } from '../state.ts';
import { standingFor } from '../subjects.ts';
import { words } from '../words.ts';
import { blockedWords, plateAt } from './blocked.ts';
import { laneCount, shortReason, threadLanesOf, threadReason } from './laneRows.ts';

export const rowHeight = 48;

/** Tasks and threads that have a row of their own where the picture may be as high as it needs. */
export function shownRows(replay: Replay): number {
  return wants(replay, 'lanes') ? Math.max(1, Math.min(8, laneCount(replay))) : 0;
}

/** Who a row is about, and what it does. */
interface Row {
  readonly key: string;
  readonly name: string;
  readonly label: string;
  readonly reason: Reason;
  readonly task?: TaskState;
}

/**
 * The tasks as rows (running, ready, waiting, done) with the threads of executors below them.
 *
 * @returns With the place where each shown task's card stands.
 */
export function narrowRows(
  replay: Replay,
  state: State,
  box: Box,
  followed: number | null,
): { readonly shape: Shape; readonly ends: ReadonlyMap<number, Box> } {
  // 1. Where not all fit, threads that work keep a row each as long as one is left to the tasks.
  const tasks = taskRows(replay, state, followed);
  const threads = threadRows(replay, state);
  const room = Math.max(1, Math.floor(box.height / rowHeight));
  const kept = tasks.length + threads.length <= room ? threads : threads.slice(0, Math.max(0, Math.min(2, room - 2)));
  const places = room - kept.length;
  const shown = tasks.length > places ? tasks.slice(0, places - 1) : tasks;
  const rest = tasks.slice(shown.length);

  // 2. All reasons begin below each other.
  const labelWidth = ({ label }: Row) => Math.min(90, sansWidth(label, 16, 'bold'));
  const widest = Math.max(44, ...[...shown, ...kept].map(labelWidth));
  const ends = new Map<number, Box>();
  const shapes: Shape[] = [];
  let y = box.y;
  for (const row of [...shown, ...(rest.length > 0 ? ['fold' as const] : []), ...kept]) {
    if (row === 'fold') shapes.push(foldRow(rest, box, y));
    else {
      const shape = rowShape(row, box, widest, row.task !== undefined && row.task.id === followed, y);
      shapes.push(row.task ? standingFor(shape, { kind: 'task', id: row.task.id }) : shape);
      if (row.task) ends.set(row.task.id, { x: 14, y: y + rowHeight / 2 - 11, width: 22, height: 22 });
    }
    y += rowHeight;
  }

  // 3. The words beside a held thread stand below the rows: where there is no room they are in the caption anyway.
  if (state.blocked) {
    const height = Math.max(60, Math.min(box.height, y - box.y));
    shapes.push(group('blocked', 'hold', [rect('box', '', { x: 1, y: box.y, width: box.width - 2, height })]));
    const [what, where] = blockedWords(replay, state.blocked);
    const plate = { x: 48, y: box.y + height + 10, width: box.width - 96, height: 54 };
    if (plate.y + plate.height <= box.y + box.height) shapes.push(plateAt(what, where, plate, 16));
  }
  return { shape: group('rows', 'rows', shapes), ends };
}

function taskRows(replay: Replay, state: State, followed: number | null): readonly Row[] {
  const order = { running: 0, ready: 1, waiting: 2, new: 3, done: 4 };
  const place = (task: TaskState) => {
    const queued = state.ready.findIndex((entry) => entry.task === task.id);
    return task.id === followed ? -1 : order[task.status] * 1e6 + (queued >= 0 ? queued : task.id);
  };
  const tasks = [...state.tasks.values()].sort((a, b) => place(a) - place(b));
  if (tasks.length === 0) return state.blocked && replay.labels.size > 0 ? [] : [programRow(replay, state)];
  return tasks.map((task) => ({
    key: `t${task.id}`,
    name: task.status === 'done' ? 'over' : task.status,
    label: replay.labels.get(task.id) ?? '?',
    reason: reasonOf(replay, state, task),
    task,
  }));
}

function programRow(replay: Replay, state: State): Row {
  const w = words[replay.data.lang];
  const busy = state.programSite !== null;
  const reason: Reason = busy ? { glyph: 'run', text: w.running } : { glyph: 'done', text: w.finished };
  return { key: 'program', name: busy ? 'running' : 'over', label: w.program, reason };
}

function threadRows(replay: Replay, state: State): readonly Row[] {
  return threadLanesOf(replay, state).map((lane) => {
    const reason = threadReason(replay, state, lane);
    return { key: lane.key, name: reason.glyph === 'done' ? 'over' : 'waiting', label: lane.label, reason };
  });
}

function rowShape({ key, name, label, reason }: Row, box: Box, widest: number, followed: boolean, y: number): Shape {
  const middle = rowHeight / 2;
  const x = 48 + widest + 14;
  const room = box.width - x - 10;
  const short = reason.brief !== undefined && sansWidth(reason.text, 16) > room;
  const content = clip(short ? (reason.brief ?? '') : reason.text, room, (part) => sansWidth(part, 16));
  const size = fittingSize(label, widest, [16, 14, 12], 'bold');
  return group(
    key,
    `row ${name}${followed ? ' followed' : ''}`,
    [
      rect('back', '', { x: 0, y: 0, width: box.width, height: rowHeight }),
      glyph('glyph', reason.glyph, 25, middle, 0.67),
      text('label', 'label', 48, middle + 6, label, { size, weight: 'bold' }),
      text('reason', 'reason', x, middle + 6, content, { size: 16 }),
      path('rule', 'rule', `M0 ${rowHeight}H${box.width}`),
    ],
    0,
    y,
  );
}

/** The tasks that found no room, in one row. */
function foldRow(rest: readonly Row[], box: Box, y: number): Shape {
  const kinds = [...new Set(rest.map(({ reason }) => shortReason(reason.text)))];
  const content = clip(`+${rest.length}  ${kinds.join(' · ')}`, box.width - 64, (part) => sansWidth(part, 16));
  return group('fold', 'row more', [text('label', '', 48, rowHeight / 2 + 6, content, { size: 16 })], 0, y);
}
