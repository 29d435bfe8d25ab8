import type { TraceEvent } from '../trace/events.ts';
import { type Replay, stopNumber } from './replay.ts';

/** What has happened since the stop before the one that shows event `index`, in order. */
export function happened(replay: Pick<Replay, 'stops' | 'history' | 'trace'>, index: number): readonly TraceEvent[] {
  const { stops, history, trace } = replay;
  const from = history.beats[stopNumber(stops, index)]?.index ?? 0;
  return trace.events.slice(from, Math.max(from, index + 1));
}
