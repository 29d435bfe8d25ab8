import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Replay } from '../../src/replay/replay.ts';
import type { TraceEvent } from '../../src/trace/events.ts';
import { holdsAt, plain } from './naive.ts';
import { blocking, crowds, failing, gather, open, recordings, semaphore } from './programs.ts';

const runs = { numRuns: 40, seed: 7 };

describe('stateAt()', () => {
  test('equals a replay of all events from 0, wherever it is asked', () => {
    fc.assert(
      fc.property(
        recordings,
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 }),
        (recording, places) => {
          const replay = open(recording);
          const { events } = replay.trace;
          const asked = places.map((place) => Math.floor(place * (events.length - 1)));
          holdsAt(replay, new Set([...asked, 511, 512, 513, events.length - 1]));
        },
      ),
      runs,
    );
  });

  test('equals a replay from 0 in a recording of 100,000 events', () => {
    fc.assert(
      fc.property(crowds(100_000), fc.infiniteStream(fc.nat()), (recording, places) => {
        const replay = open(recording);
        const { length } = replay.trace.events;
        expect(length).toBeGreaterThan(80_000);
        const asked = [...places.take(60)].map((place) => place % length);
        // Around every boundary between keyframes something may be lost.
        const boundaries = asked.flatMap((place) => [-1, 0, 1].map((by) => ((place >> 9) << 9) + by));
        holdsAt(replay, new Set([...asked, ...boundaries, length - 1]));
      }),
      { numRuns: 3, seed: 11 },
    );
  });

  test('reads single tasks without the others, and the same', () => {
    const replay = open(semaphore());
    for (const index of replay.stops) {
      const whole = new Map(replay.stateAt(index).tasks);
      const { tasks } = replay.stateAt(index);
      for (const id of [1, 4, 6, 99]) expect(tasks.get(id)).toBe(whole.get(id));
    }
  });

  test('does not depend on how far the trace has been read, nor in what order', () => {
    const [ahead, asked] = [open(semaphore()), open(semaphore())];
    while (ahead.history.readAhead(7));
    const { stops } = ahead;
    for (const index of [...stops, ...stops.toReversed()]) {
      expect(plain(asked.stateAt(index))).toEqual(plain(ahead.stateAt(index)));
      for (const task of [1, 2, 5]) {
        const begun = (replay: Replay) =>
          replay.history
            .spans(task, index)
            .filter(({ from }) => from <= index)
            .map((span) => ({ ...span, to: Math.min(span.to, index) }));
        expect(begun(asked)).toEqual(begun(ahead));
      }
    }
  });

  test('never changes a state that was handed out', () => {
    const replay = open(semaphore());
    const middle = replay.stateAt(60);
    const copy = structuredClone(plain(middle));
    for (const index of [0, 200, 61, 150]) replay.stateAt(index);
    expect(plain(middle)).toEqual(copy);
  });

  test('is before everything at −1 and the end behind the last event', () => {
    const replay = open(gather());
    expect(replay.stateAt(-1).tasks.size).toBe(0);
    expect(plain(replay.stateAt(1e9))).toEqual(plain(replay.stateAt(replay.trace.events.length - 1)));
  });

  test('has one task running at most, and none of the ready running or done', () => {
    fc.assert(
      fc.property(recordings, (recording) => {
        const replay = open(recording);
        for (const index of replay.stops) {
          const state = replay.stateAt(index);
          const running = [...state.tasks.values()].filter(({ status }) => status === 'running');
          expect(running.length).toBeLessThanOrEqual(1);
          for (const entry of state.ready)
            if (entry.task !== null) expect(state.tasks.get(entry.task)?.status).toBe('ready');
        }
      }),
      runs,
    );
  });
});

describe('the loop, replayed', () => {
  test('a release wakes a waiter but does not run it', () => {
    const replay = open(semaphore());
    const release = replay.trace.events.findIndex((event) => event.k === 'res' && event.op === 'release');
    const state = replay.stateAt(replay.stops.find((stop) => stop >= release) ?? 0);
    const [resource] = state.resources.values();
    expect(resource).toMatchObject({ owners: [3], granted: [4], waiters: [5, 6] });
    expect(state.running?.task).toBe(2);
    expect(state.tasks.get(4)?.status).toBe('ready');
  });

  test('a limit strikes the task that has the thread, which still has it at the end', () => {
    const [header = '', ...lines] = gather().trimEnd().split('\n');
    const events = lines.map((line): TraceEvent => JSON.parse(line));
    const at = events.findIndex((event) => event.k === 'line' && event.task === 2);
    const { t = 0, tick = 0, step = 0 } = events[at] ?? {};
    const struck = { i: at + 1, t, tick, step, k: 'limit', task: 2, what: 'outputBytes', site: 0 };
    const end = { i: at + 2, t, tick: 0, step: 0, k: 'end', task: null, outcome: 'stopped' };
    const replay = open(
      [header, ...[...events.slice(0, at + 1), struck, end].map((e) => JSON.stringify(e))].join('\n'),
    );
    const state = replay.stateAt(at + 2);
    expect(state.running?.task).toBe(2);
    expect(state.tasks.get(2)?.status).toBe('running');
    expect(open(gather()).stateAt(1e9).running).toBe(null);
  });

  test('a timer is not in the queue before its deadline', () => {
    const replay = open(gather());
    const wait = replay.trace.events.findLast((event) => event.k === 'suspend' && event.t === 0);
    const state = replay.stateAt(wait?.i ?? 0);
    expect([...state.timers.values()].map(({ when, task }) => [when, task])).toEqual([
      [2e9, 2],
      [1e9, 3],
    ]);
    expect(state.ready).toEqual([]);
  });

  test('what is queued during a tick waits for the next', () => {
    const replay = open(gather());
    const spawned = replay.trace.events.findLast((event) => event.k === 'spawn');
    const state = replay.stateAt((spawned?.i ?? 0) + 1);
    expect(state.ready.map(({ task }) => task)).toEqual([2, 3]);
    expect(state.thisTick).toBe(0);
  });

  test('a cancel is delivered a step after it is asked for', () => {
    const replay = open(failing());
    const asked = replay.trace.events.findIndex((event) => event.k === 'cancelReq');
    expect(replay.stateAt(asked).tasks.get(3)).toMatchObject({ cancelling: true, status: 'waiting' });
    const last = replay.stateAt(1e9);
    expect(last.tasks.get(3)?.end?.outcome).toBe('cancelled');
    expect(last.tasks.get(2)?.end?.outcome).toBe('error');
  });

  test('a blocking call shows as long as nothing else happens, and delays timers that are due', () => {
    const replay = open(blocking());
    const block = replay.trace.events.findIndex((event) => event.k === 'block');
    const state = replay.stateAt(block);
    expect(state.blocked?.api).toBe('time.sleep');
    expect([...state.timers.values()].every(({ when }) => when < state.nanoseconds)).toBe(true);
    const next = replay.stops.find((stop) => stop > block) ?? 0;
    expect(replay.stateAt(next).blocked).toBeNull();
  });
});
