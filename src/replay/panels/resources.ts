import { happened } from '../happened.ts';
import { resourceName } from '../reasons.ts';
import type { Replay } from '../replay.ts';
import { mostSlots } from '../seating.ts';
import { type Box, group, type Shape, widthOf } from '../shapes.ts';
import type { ResourceState, State } from '../state.ts';
import { standingFor } from '../subjects.ts';
import { words } from '../words.ts';
import { addGate, gateWidth } from './gate.ts';
import { queueView } from './queueBoxes.ts';
import type { View } from './resourceView.ts';
import { addChairs, addSlot, addWords, newRow, type Row, type RowStyle, widestChair } from './seats.ts';

/** A resource as it is drawn. */
export interface ResourcePicture {
  readonly shape: Shape;
  /** Where the tasks sit that hold it or wait for it, and where something goes in and out. */
  readonly seats: Row['seats'];
  readonly ports: Row['ports'];
  /** Upper edge of its row. */
  readonly top: number;
}

/** One Semaphore, Lock, Event, Queue …: its slots or its gate, and its line of waiters. */
export function resourcePanel(
  replay: Replay,
  state: State,
  resource: ResourceState,
  box: Box,
  style: RowStyle,
): ResourcePicture {
  const row = newRow(box, style);
  addWords(row, 'title', 'heading', resourceTitle(replay, resource), 24);
  viewOf(resource).draw(row, { replay, state, resource });
  const panel = group(`r${resource.id}`, `resource ${resource.kind}`, row.shapes);
  return {
    shape: standingFor(panel, { kind: 'resource', id: resource.id }),
    seats: row.seats,
    ports: row.ports,
    top: box.y,
  };
}

/** Width that a resource takes at its fullest, for arranging panels before anything has happened. */
export function resourceWidth(replay: Replay, resource: ResourceState, waiters: number, style: RowStyle): number {
  const widest = Math.max(style.slot, widestChair(replay, style));
  const title = widthOf(resourceTitle(replay, resource), { size: style.size });
  const line = waiters === 0 ? 0 : 60 + Math.min(waiters, 4) * (widest + 8);
  return title + 24 + viewOf(resource).width(replay, resource, widest, style) + line;
}

const slotView: View = {
  draw(row, { replay, resource }) {
    addHolders(row, replay, holdersOf(resource), 1);
    addLine(row, replay, resource.waiters);
  },
  width: (_, __, widest) => widest + 8,
};

/** A slot for each permit, in which everyone keeps its place; of many permits only the number. */
const permitsView: View = {
  draw(row, { replay, state, resource }) {
    const seating = replay.cast.seatings.get(resource.id);
    const given = happened(replay, state.index).find((event) => event.k === 'res' && event.op === 'release');
    const before = given ? seating?.at(given.i - 1) : undefined;
    for (const [n, seat] of (seating?.at(state.index) ?? []).entries()) {
      const label = seat === null ? null : { task: seat.task, label: replay.labels.get(seat.task) ?? '?' };
      const slot = addSlot(row, `s${n}`, seat === null ? 'free' : seat.granted ? 'granted' : 'owned', label);
      if (given && before?.[n]?.task === given.task) row.ports.set('release', slot);
    }
    if (!seating) addCount(row, resource.value, resource.initial);
    addLine(row, replay, resource.waiters);
  },
  width: (_, { initial }, widest) => (initial <= mostSlots ? initial : 1) * (widest + 8),
};

const gateView: View = {
  draw(row, { replay, resource }) {
    const w = words[replay.data.lang];
    const open = resource.value > 0;
    addGate(row, open, open ? w.gateOpen : w.gateShut);
    addChairs(row, replay, 'w', resource.waiters, true);
  },
  width: (replay, _, __, style) => gateWidth(style.slot) + gateWordWidth(replay, style),
};

/** A condition is held through its lock, in whose line those stand who were notified. */
const conditionView: View = {
  draw(row, { replay, state, resource }) {
    const w = words[replay.data.lang];
    const lock = resource.lock === null ? undefined : state.resources.get(resource.lock);
    const open = isNotified(replay, state, resource);
    addGate(row, open, open ? w.gateOpen : w.gateShut);
    const hasOwnLock = !lock || lock.internal;
    // The line leaves room for the lock behind it.
    const line = { ...row, end: row.end - (hasOwnLock ? lockWidth(replay, row.style) : 0) };
    addChairs(line, replay, 'w', resource.waiters, true);
    row.x = line.x;
    if (!hasOwnLock) return;
    if (resource.waiters.length > 0) row.x += row.style.slot / 4;
    addWords(row, 'lock', 'heading', w.itsLock, 14);
    addHolders(row, replay, holdersOf(lock ?? resource), 1);
    addChairs(row, replay, 'l', lock?.waiters ?? [], true);
  },
  width: (replay, _, __, style) => gateWidth(style.slot) + gateWordWidth(replay, style) + lockWidth(replay, style),
};

const barrierView: View = {
  draw(row, { replay, state, resource }) {
    const places = resource.capacity ?? 0;
    // Who comes last does not wait: it stands in its place only in the step in which it opens the barrier.
    const last = happened(replay, state.index).flatMap((event) =>
      event.k === 'res' && event.r === resource.id && event.op === 'trip' && event.task !== null ? [event.task] : [],
    );
    const { waiters, granted } = resource;
    const inside = [...holdersOf({ owners: waiters, granted }), ...holdersOf({ owners: last, granted: [] })];
    if (places <= mostSlots) addHolders(row, replay, inside, places);
    else addCount(row, resource.value, places);
  },
  width: (_, { capacity }, widest) => ((capacity ?? 0) <= mostSlots ? (capacity ?? 0) : 1) * (widest + 8),
};

/** By what the class is called; a class of the author's own has the name of what it derives from in its own. */
const views: readonly (readonly [RegExp, View])[] = [
  [/Queue/, queueView],
  [/Barrier/, barrierView],
  [/Condition/, conditionView],
  [/Event/, gateView],
  [/Semaphore/, permitsView],
  [/./, slotView],
];

function viewOf({ kind }: ResourceState): View {
  return views.find(([name]) => name.test(kind))?.[1] ?? slotView;
}

/** Slots with those who have one, and with those who are only to have one. */
function addHolders(row: Row, replay: Replay, holders: readonly Holder[], slots: number): void {
  for (let n = 0; n < slots; n++) {
    const [kind, task] = holders[n] ?? ['free', null];
    const occupant = task === null ? null : { task, label: replay.labels.get(task) ?? '?' };
    addSlot(row, `s${n}`, kind, occupant);
  }
}

type Holder = readonly [kind: 'owned' | 'granted', task: number];

function holdersOf({ owners, granted }: Pick<ResourceState, 'owners' | 'granted'>): readonly Holder[] {
  return [...owners.map((id): Holder => ['owned', id]), ...granted.map((id): Holder => ['granted', id])];
}

function addLine(row: Row, replay: Replay, tasks: readonly number[]): void {
  if (tasks.length === 0) return;
  row.x += row.style.slot / 3;
  addWords(row, 'line', 'heading', words[replay.data.lang].line, 14);
  addChairs(row, replay, 'w', tasks, true);
}

function addCount(row: Row, value: number, of: number): void {
  addWords(row, 'value', 'when', `${value} / ${of}`, 12, 'bold');
}

function gateWordWidth(replay: Replay, style: RowStyle): number {
  const { gateOpen, gateShut } = words[replay.data.lang];
  return Math.max(...[gateOpen, gateShut].map((word) => widthOf(word, { size: style.size })));
}

function lockWidth(replay: Replay, style: RowStyle): number {
  const name = widthOf(words[replay.data.lang].itsLock, { size: style.size });
  return name + Math.max(style.slot, widestChair(replay, style)) + 38;
}

/** Whether somebody is notified in the very step that is shown. */
function isNotified(replay: Replay, state: State, { id }: ResourceState): boolean {
  return happened(replay, state.index).some((event) => event.k === 'res' && event.r === id && event.op === 'notify');
}

function resourceTitle(replay: Replay, resource: ResourceState): string {
  const name = `${resourceName(replay, resource)}${resource.closed ? ` ${words[replay.data.lang].closed}` : ''}`;
  if (!/Semaphore/.test(resource.kind)) return name;
  return replay.data.lang === 'ko' ? `${name} ${resource.initial}자리` : `${name} (${resource.initial})`;
}
