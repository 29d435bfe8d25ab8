import type { EventOf, TraceEvent } from '../trace/events.ts';
import type { Beat } from './beats.ts';
import { callbackName } from './callbacks.ts';
import { shownResource } from './reasons.ts';
import type { OpenedTrace } from './replay.ts';
import { type Names, namesOf, type Resource } from './sentences.ts';
import type { State } from './state.ts';

/** All that happens between two stops. */
export interface Scene {
  readonly opened: OpenedTrace;
  readonly stop: number;
  readonly events: readonly TraceEvent[];
  readonly before: State;
  readonly after: State;
}

/** A resource as its sentences know it: a queue is full or empty by which side waits, or waits for its end. */
export function resourceKind(scene: Scene, id: number, side: 'give' | 'wait'): Resource {
  const resource = scene.after.resources.get(id);
  const kind = resource?.kind ?? '';
  const ops = ofKind(scene.events, 'res').flatMap((event) => (event.r === id ? [event.op] : []));
  if (/Semaphore/.test(kind)) return 'semaphore';
  if (/Queue/.test(kind)) {
    if (side === 'wait') {
      const call = ofKind(scene.events, 'suspend')[0]?.api ?? '';
      if (/join$/.test(call) || ops.includes('join')) return 'joined';
      return /put$/.test(call) || (call === '' && (resource?.value ?? 0) > 0) ? 'fullQueue' : 'queue';
    }
    if (ops.includes('shutdown')) return 'shut';
    return ops.includes('put') ? 'queue' : ops.includes('get') ? 'fullQueue' : 'joined';
  }
  if (/Barrier/.test(kind) && (ops.includes('abort') || ops.includes('reset'))) return 'broken';
  const known: Readonly<Record<string, Resource>> = {
    Lock: 'lock',
    Event: 'event',
    Condition: 'condition',
    Barrier: 'barrier',
  };
  return known[kind] ?? 'other';
}

export function visible(scene: Scene, resource: number): boolean {
  return shownResource(scene.after, resource) !== null;
}

/** What the callback is called in which a beat falls; null when it falls in none. */
export function callbackOf(opened: OpenedTrace, beat: Beat): string | null {
  const running = opened.stateAt(beat.event).running;
  return beat.task === null && running ? callbackName(running.label, opened.data.lang) : null;
}

export function labelOf(opened: OpenedTrace, task: number): string {
  return namesOf([opened.labels.get(task) ?? '?'], opened.data.lang).text;
}

export function names(opened: OpenedTrace, tasks: readonly number[]): Names {
  return namesOf(
    [...new Set(tasks)].map((id) => opened.labels.get(id) ?? '?'),
    opened.data.lang,
  );
}

export function ofKind<Kind extends TraceEvent['k']>(events: readonly TraceEvent[], kind: Kind): EventOf<Kind>[] {
  return events.filter((event): event is EventOf<Kind> => event.k === kind);
}
