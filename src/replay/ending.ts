import type { EventOf } from '../trace/events.ts';
import { knotOf } from './deadlock.ts';
import type { OpenedTrace } from './replay.ts';
import { ofKind, type Scene } from './scene.ts';
import type { Happening } from './sentences.ts';
import { timeText } from './words.ts';

/** How a recording ended: stopped, raised, with a warning that is the lesson, or after so much time. */
export function ending(scene: Scene, end: EventOf<'end'>): Happening {
  const { opened, after } = scene;
  if (after.deadlock) return { kind: 'deadlock', knot: knotOf(after) };
  if (end.outcome === 'raised') return { kind: 'endRaised', error: end.error?.type ?? 'Exception' };
  if (end.outcome === 'stopped')
    return after.limit ? { kind: 'limit', what: after.limit.what } : { kind: 'endStopped' };
  const warnings = ofKind(opened.trace.events, 'print').filter(({ stream }) => stream === 'stderr');
  const lost = warnings.find(({ text }) => text.includes('was never awaited'));
  if (lost) return { kind: 'neverAwaited', coroutine: /coroutine '([^']+)'/.exec(lost.text)?.[1] ?? '' };
  const unseen = warnings.find(({ text }) => text.startsWith('Task exception was never retrieved'));
  if (unseen) return { kind: 'neverRetrieved', error: /exception=(\w+)/.exec(unseen.text)?.[1] ?? 'Exception' };
  const apart = timeOneAfterAnother(opened);
  return {
    kind: 'end',
    time: end.t === 0 ? null : timeText(end.t, opened.data.lang),
    apart: apart > end.t * 1.15 ? timeText(apart, opened.data.lang) : null,
    many: after.tasks.size > 1,
  };
}

/** What all sleeps and requests would have taken in sequence, in nanoseconds; 0 when some were cut short. */
function timeOneAfterAnother(opened: OpenedTrace): number {
  let sum = 0;
  const asked = new Map<number | null, number>();
  const pages = new Set<number>();
  for (const event of opened.trace.events) {
    if (event.k === 'timer-' || event.k === 'cancelReq' || event.k === 'block' || event.k === 'submit') return 0;
    if (event.k === 'timer+' && event.task !== null && /sleep/.test(event.api))
      sum += Math.max(0, event.when - event.t);
    if (event.k === 'io' && event.what.includes('://')) pages.add(event.c);
    if (event.k === 'suspend' && event.on.some((target) => 'io' in target && pages.has(target.io)))
      asked.set(event.task, event.t);
    if (event.k === 'wake' && event.cause === 'io') {
      sum += event.t - (asked.get(event.task) ?? event.t);
      asked.delete(event.task);
    }
  }
  return sum;
}
