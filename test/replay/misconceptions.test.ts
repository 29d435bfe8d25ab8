import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { pictureOf } from '../../src/replay/picture.ts';
import { reasonOf } from '../../src/replay/reasons.ts';
import type { Replay } from '../../src/replay/replay.ts';
import type { TaskState } from '../../src/replay/state.ts';
import { writeSvg } from '../../src/replay/write.ts';
import type { EventOf, TraceEvent } from '../../src/trace/events.ts';
import { open } from './programs.ts';

/** What learners believe of an event loop, and what every replay of a real run must show instead. */

const cases = join(import.meta.dirname, '../cases');
const opened = new Map<string, Replay>();
function replayOf(name: string): Replay {
  const replay = opened.get(name) ?? open(readFileSync(join(cases, name, '3-trace.jsonl'), 'utf8'));
  opened.set(name, replay);
  return replay;
}
const all = readdirSync(cases);

function events<Kind extends TraceEvent['k']>(replay: Replay, kind: Kind): EventOf<Kind>[] {
  return replay.trace.events.filter((event): event is EventOf<Kind> => event.k === kind);
}
const printed = (replay: Replay) =>
  events(replay, 'print')
    .map(({ text }) => text)
    .join('');
const taskNamed = (replay: Replay, label: string): number =>
  [...replay.labels].find(([, text]) => text === label)?.[0] ?? Number.NaN;

describe.each(all)('in the case %s', (name) => {
  const replay = replayOf(name);

  test('a timer is in no ready queue before its deadline', () => {
    for (const index of replay.stops) {
      const { ready, timers, nanoseconds } = replay.stateAt(index);
      const handles = new Set(ready.map(({ handle }) => handle));
      for (const [handle, { when }] of timers) if (when > nanoseconds) expect(handles.has(handle)).toBe(false);
    }
  });

  test('what is scheduled during an iteration waits for the next', () => {
    for (const event of events(replay, 'enq')) {
      if (event.step === 0) continue;
      const { ready, thisTick } = replay.stateAt(event.i);
      const place = ready.findIndex(({ handle }) => handle === event.h);
      expect(place, `event ${event.i}`).toBeGreaterThanOrEqual(thisTick);
    }
  });

  test('a cancellation arrives in a later step than it is asked for', () => {
    const delivered = events(replay, 'cancelDelivered');
    for (const request of events(replay, 'cancelReq')) {
      const arrival = delivered.find(({ i, task }) => i > request.i && task === request.task);
      if (arrival && request.task !== null) expect(arrival.step).toBeGreaterThan(request.step);
    }
  });

  test('who is woken by a release does not run yet', () => {
    for (const event of events(replay, 'res')) {
      if (event.op !== 'wake' || event.task === null) continue;
      const { running, tasks } = replay.stateAt(event.i);
      expect(running?.task, `event ${event.i}`).not.toBe(event.task);
      expect(tasks.get(event.task)?.status, `event ${event.i}`).not.toBe('running');
    }
  });

  test('never two tasks have the thread', () => {
    for (const index of replay.stops) {
      const { tasks, under } = replay.stateAt(index);
      const running = [...tasks.values()].filter(({ status }) => status === 'running');
      expect(running.length).toBeLessThanOrEqual(1 + under.length);
    }
  });
});

test('a blocking call delays the timers that are due, and the picture says so', () => {
  const replay = replayOf('blocking');
  const block = events(replay, 'block')[0];
  const stop = replay.stops.find((index) => index >= (block?.i ?? 0)) ?? 0;
  const { timers, nanoseconds } = replay.stateAt(stop);
  expect([...timers.values()].some(({ when }) => when < nanoseconds)).toBe(true);
  const svg = writeSvg(pictureOf(replay, stop, { layout: 'wide', width: 1776, height: 912 }));
  expect(svg).toContain('class="band"');
  expect(svg).toMatch(/class="when overdue"/);
});

test('waiting together takes the longest time, not the sum; awaiting a coroutine makes no task', () => {
  const replay = replayOf('one-by-one');
  expect(printed(replay)).toBe('차례로 3초\n함께 2초\n');
  const spawned = events(replay, 'spawn').flatMap(({ id, t }) => (replay.labels.has(id) ? [t / 1e9] : []));
  expect(spawned).toEqual([0, 3, 3]);
});

test('gather keeps the order of its arguments, whoever ends first', () => {
  const replay = replayOf('gather');
  const composite = [...replay.stateAt(replay.trace.events.length - 1).composites.values()][0];
  expect(composite?.ended).toEqual([...(composite?.members ?? [])].reverse());
  expect(printed(replay)).toMatch(/\['커피', '차'\]\n$/);
});

test('a failure in gather leaves its siblings running, in a TaskGroup it cancels them', () => {
  const after = (name: string, failed: string) => {
    const replay = replayOf(name);
    const end = events(replay, 'done').find(({ task }) => task === taskNamed(replay, failed));
    return { replay, state: replay.stateAt(replay.stops.find((index) => index >= (end?.i ?? 0)) ?? 0) };
  };
  const gathered = after('gather-failure', 'weed');
  const water = gathered.state.tasks.get(taskNamed(gathered.replay, 'water'));
  expect(water).toMatchObject({ status: 'waiting', cancelling: false });
  expect(printed(gathered.replay)).toContain('물 주기 끝');

  const grouped = after('task-group-failure', 'soup');
  const last = grouped.replay.stateAt(grouped.replay.trace.events.length - 1);
  const cake = last.tasks.get(taskNamed(grouped.replay, 'cake')) as TaskState;
  expect(cake.end?.outcome).toBe('cancelled');
  expect(reasonOf(grouped.replay, last, cake).glyph).toBe('cancelled');
});
