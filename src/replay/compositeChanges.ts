import type { EventOf } from '../trace/events.ts';
import type { CompositeState } from './state.ts';

/** An event that changes a composite that is open. */
export type CompositeChange = EventOf<'wadd' | 'wdeadline' | 'wmember' | 'wclose'>;

/** A composite that has just been opened. */
export function newComposite(event: EventOf<'wopen'>): CompositeState {
  return {
    id: event.w,
    op: event.op,
    owner: event.task,
    members: event.members,
    inner: event.inner ?? [],
    jobs: event.jobs ?? [],
    ended: [],
    mode: event.mode ?? null,
    deadline: event.deadline ?? null,
    returnExceptions: event.returnExceptions ?? false,
    outcome: null,
  };
}

/** The composite after one more event. */
export function changeComposite(composite: CompositeState, event: CompositeChange): CompositeState {
  switch (event.k) {
    case 'wadd':
      return { ...composite, members: [...composite.members, event.member] };
    case 'wdeadline':
      return { ...composite, deadline: event.deadline };
    case 'wmember':
      return { ...composite, ended: [...composite.ended, event.member] };
    case 'wclose':
      return { ...composite, outcome: event.outcome };
  }
}
