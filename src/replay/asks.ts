import type { KeyStep } from './keySteps.ts';
import { type OpenedTrace, stopNumber } from './replay.ts';
import { words } from './words.ts';

/**
 * The author's questions as key steps: each stops before a decision of the scheduler and says the question where the
 * caption stands; the stop behind it, which shows the answer, is the next key step.
 *
 * @param told The key steps without them; one that stands where a question is asked gives way.
 * @param captionAt The sentence of a stop, by number.
 */
export function withAsks(
  opened: OpenedTrace,
  told: readonly KeyStep[],
  captionAt: (stop: number) => string,
): readonly KeyStep[] {
  const { asks = [], lang } = opened.data;
  const { stops } = opened;
  const byIndex = new Map(told.map((step) => [step.index, step]));
  const asked = new Set<number>();
  for (const ask of asks) {
    const stop = stopOfAsk(opened, ask, asked);
    if (stop === undefined) continue;
    asked.add(stop);
    const index = stops[stop] ?? 0;
    const answer = stops[stop + 1] ?? 0;
    const before = stops[stop - 1] ?? -1;
    byIndex.set(index, { index, before, kind: 'ask', caption: ask.question ?? words[lang].whoNext });
    if (!byIndex.has(answer))
      byIndex.set(answer, { index: answer, before: index, kind: 'answer', caption: captionAt(stop + 1) });
  }
  return [...byIndex.values()].sort((a, b) => a.index - b.index);
}

/** Number of the stop at which a question is asked: never the last, which nothing follows. */
function stopOfAsk(
  opened: OpenedTrace,
  ask: { readonly step?: number; readonly mark?: string },
  asked: ReadonlySet<number>,
): number | undefined {
  const last = opened.stops.length - 2;
  if (last < 0) return undefined;
  if (ask.step !== undefined) return Math.max(0, Math.min(last, ask.step - 1));
  if (ask.mark !== undefined) {
    const found = opened.trace.events.find((event) => event.k === 'mark' && event.label === ask.mark);
    return found && Math.min(last, stopNumber(opened.stops, found.i));
  }
  // Every decision that is still open: the thread is free and somebody is ready. One between several asks most.
  const decisions = opened.stops.flatMap((index, stop) => {
    if (stop > last || asked.has(stop)) return [];
    const next = opened.history.beats[stop + 1];
    if (next?.task == null || (next.kind !== 'run' && next.kind !== 'line')) return [];
    const { running, ready } = opened.stateAt(index);
    const tasks = running === null ? ready.filter(({ task }) => task !== null).length : 0;
    return tasks > 0 ? [{ stop, tasks }] : [];
  });
  return (decisions.find(({ tasks }) => tasks > 1) ?? decisions[0])?.stop;
}
