import type { TraceEvent } from './events.ts';

/** Makes an event of what all have, and of its own fields in order. */
export type Maker = (
  i: number,
  t: number,
  tick: number,
  step: number,
  task: number | null,
  own: readonly unknown[],
) => TraceEvent;

/**
 * How the commonest events are made, by their shape: written out, since engines make an object of a literal ten times as
 * fast as one that is given its fields one by one.
 */
const makers: Readonly<Record<string, (...given: Parameters<Maker>) => unknown>> = {
  'tick ready': (i, t, tick, step, task, own) => ({ i, t, tick, step, k: 'tick', task, ready: own[0] }),
  'advance from to': (i, t, tick, step, task, own) => {
    return { i, t, tick, step, k: 'advance', task, from: own[0], to: own[1] };
  },
  'enq h kind by label internal': (i, t, tick, step, task, own) => {
    return { i, t, tick, step, k: 'enq', task, h: own[0], kind: own[1], by: own[2], label: own[3], internal: own[4] };
  },
  'run h': (i, t, tick, step, task, own) => ({ i, t, tick, step, k: 'run', task, h: own[0] }),
  'ran h': (i, t, tick, step, task, own) => ({ i, t, tick, step, k: 'ran', task, h: own[0] }),
  'fire h': (i, t, tick, step, task, own) => ({ i, t, tick, step, k: 'fire', task, h: own[0] }),
  'timer+ h when api by internal': (i, t, tick, step, task, own) => {
    return { i, t, tick, step, k: 'timer+', task, h: own[0], when: own[1], api: own[2], by: own[3], internal: own[4] };
  },
  'suspend site stack api leaf on': (i, t, tick, step, task, own) => {
    return { i, t, tick, step, k: 'suspend', task, site: own[0], stack: own[1], api: own[2], leaf: own[3], on: own[4] };
  },
  'wake by cause': (i, t, tick, step, task, own) => {
    return { i, t, tick, step, k: 'wake', task, by: own[0], cause: own[1] };
  },
  'res r op value': (i, t, tick, step, task, own) => {
    return { i, t, tick, step, k: 'res', task, r: own[0], op: own[1], value: own[2] };
  },
  'ctx op name site': (i, t, tick, step, task, own) => {
    return { i, t, tick, step, k: 'ctx', task, op: own[0], name: own[1], site: own[2] };
  },
  'agen g name op site': (i, t, tick, step, task, own) => {
    return { i, t, tick, step, k: 'agen', task, g: own[0], name: own[1], op: own[2], site: own[3] };
  },
  'print stream text': (i, t, tick, step, task, own) => {
    return { i, t, tick, step, k: 'print', task, stream: own[0], text: own[1] };
  },
  'line site': (i, t, tick, step, task, own) => ({ i, t, tick, step, k: 'line', task, site: own[0] }),
};

/** What makes the events of a kind with these fields. */
export function makerOf(k: TraceEvent['k'], names: readonly string[]): Maker {
  const generic = (...[i, t, tick, step, task, own]: Parameters<Maker>) => {
    const event: Record<string, unknown> = { i, t, tick, step, k, task };
    for (let n = 0; n < names.length; n++) event[names[n] ?? ''] = own[n];
    return event;
  };
  return (makers[[k, ...names].join(' ')] ?? generic) as Maker;
}
