import type { RecordedCollection } from './changes.ts';
import type { Status, TaskState } from './state.ts';

/** A stretch of a task's life: from the event that began it up to the event that ended it (`Infinity`: it lasts). */
export interface Span {
  readonly from: number;
  readonly to: number;
  readonly status: Exclude<Status, 'new' | 'done'>;
}

/** The stretches of a task's life, in order, from the changes of its state. */
export function spansOf({
  events,
  values,
}: ReturnType<RecordedCollection<number, TaskState>['changesOf']>): readonly Span[] {
  const spans: Span[] = [];
  let from = 0;
  let status: Status = 'new';
  const end = (to: number) => {
    if (status !== 'new' && status !== 'done') spans.push({ from, to, status });
  };
  for (const [n, event] of events.entries()) {
    const next: Status = values[n]?.status ?? status;
    // Of what one event does, only its outcome counts.
    if (next === status || events[n + 1] === event) continue;
    end(event);
    [from, status] = [event, next];
  }
  end(Number.POSITIVE_INFINITY);
  return spans;
}
