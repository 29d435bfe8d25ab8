/** The plainest replay there is: every event from 0 on, onto maps that keep nothing. */
import { expect } from 'vitest';
import { apply } from '../../src/replay/apply.ts';
import { type Draft, initialSingles } from '../../src/replay/draft.ts';
import type { Replay } from '../../src/replay/replay.ts';
import type { State } from '../../src/replay/state.ts';

/** A state with whole lists in place of what is looked up. */
export function plain(state: State | Draft): Record<string, unknown> {
  const listed = (part: unknown) =>
    part && typeof part === 'object' && 'forEach' in part && !Array.isArray(part)
      ? [...(part as State['tasks'])]
      : part;
  return Object.fromEntries(Object.entries(state).map(([name, part]) => [name, listed(part)]));
}

/** A collection that keeps nothing but what is there. */
class Plain<Key, Value> extends Map<Key, Value> {
  update(key: Key, change: (before: Value) => Value): void {
    const before = this.get(key);
    if (before !== undefined) this.set(key, change(before));
  }
}

/** Holds the states at some events equal to those of a replay from 0, in order too. */
export function holdsAt(replay: Replay, indices: ReadonlySet<number>): void {
  const draft: Draft = {
    ...initialSingles,
    tasks: new Plain(),
    ready: new Plain(),
    timers: new Plain(),
    composites: new Plain(),
    resources: new Plain(),
    jobs: new Plain(),
    transfers: new Plain(),
    variables: new Plain(),
  };
  for (const event of replay.trace.events) {
    apply(draft, event);
    if (indices.has(event.i))
      expect(plain(replay.stateAt(event.i))).toEqual({ ...plain(draft), ready: [...draft.ready.values()] });
  }
}
