import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { deadlockRing, knotOf } from '../../src/replay/deadlock.ts';
import type { ResourceState, State, TaskState } from '../../src/replay/state.ts';
import type { EventOf } from '../../src/trace/events.ts';
import { gather, open } from './programs.ts';

type Target = EventOf<'suspend'>['on'][number];
const moment = { i: 0, t: 0, tick: 1, step: 1 };

/** A state in which each task (by number, from 1) waits for `waits`, and locks (from 1) are held by `owners`. */
function stuck(waits: readonly Target[], owners: readonly number[] = []): State {
  const tasks = waits.map((on, n): [number, TaskState] => [
    n + 1,
    {
      id: n + 1,
      name: '',
      coroutine: '',
      parent: null,
      group: null,
      status: 'waiting',
      site: 0,
      wait: { ...moment, k: 'suspend', task: n + 1, site: 0, stack: [], api: '', leaf: '', on: [on] },
      woken: null,
      cancelling: false,
      end: null,
    },
  ]);
  const resources = owners.map((owner, n): [number, ResourceState] => [n + 1, heldLock(n + 1, owner)]);
  const deadlock: EventOf<'deadlock'> = { ...moment, k: 'deadlock', task: null, cycle: [] };
  return { ...open(gather()).stateAt(-1), tasks: new Map(tasks), resources: new Map(resources), deadlock };
}

function heldLock(id: number, owner: number): ResourceState {
  const place = { id, kind: 'Lock', label: '', internal: false, initial: 0, value: 1, capacity: null, lock: null };
  return { ...place, owners: [owner], granted: [], waiters: [], joiners: [], unfinished: 0, closed: false };
}

describe('deadlockRing()', () => {
  test('two tasks that hold what the other wants wait in a ring', () => {
    expect(deadlockRing(stuck([{ resource: 2 }, { resource: 1 }], [1, 2]))).toEqual([
      { from: 1, to: 2 },
      { from: 2, to: 1 },
    ]);
  });

  test('who only waits for the ring is not in it', () => {
    const ring = deadlockRing(stuck([{ resource: 2 }, { resource: 1 }, { task: 1 }, { task: 3 }], [1, 2]));
    expect(ring.map(({ from }) => from)).toEqual([1, 2]);
  });

  test('tasks that wait for each other by name are a ring of any length', () => {
    expect(deadlockRing(stuck([{ task: 2 }, { task: 3 }, { task: 1 }]))).toHaveLength(3);
  });

  test('the ring that is drawn is the one that was recorded', () => {
    const replay = open(readFileSync(new URL('../cases/deadlock/3-trace.jsonl', import.meta.url), 'utf8'));
    const state = replay.stateAt(replay.trace.events.findIndex(({ k }) => k === 'deadlock'));
    expect(state.deadlock?.cycle).toHaveLength(2);
    expect(deadlockRing(state).map(({ from }) => from)).toEqual(state.deadlock?.cycle.map(({ task }) => task));
  });

  test('a wait for what nobody holds is no ring, and without a deadlock there is none', () => {
    expect(deadlockRing(stuck([{ future: 1 }, { future: 2 }]))).toEqual([]);
    expect(deadlockRing({ ...stuck([{ task: 2 }, { task: 1 }]), deadlock: null })).toEqual([]);
  });
});

describe('knotOf()', () => {
  test('tells a ring, one that waits for itself, and waits that no task could end', () => {
    expect(knotOf(stuck([{ resource: 2 }, { resource: 1 }], [1, 2]))).toBe('ring');
    expect(knotOf(stuck([{ resource: 1 }, { task: 1 }], [1]))).toBe('self');
    expect(knotOf(stuck([{ future: 1 }, { resource: 1 }]))).toBe('nobody');
  });

  test('a ring is told before one who waits for itself', () => {
    expect(knotOf(stuck([{ resource: 1 }, { task: 3 }, { task: 2 }], [1]))).toBe('ring');
  });
});
