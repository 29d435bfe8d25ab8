import type { Trace } from '../trace/events.ts';
import { lastAt } from './seating.ts';

/** Something in a queue: what it is, and the events at which it comes and goes. */
interface Item {
  /** Its repr; empty where it has none worth reading. */
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

/** What lies in a queue. */
export interface Contents {
  /** Most items that it ever holds. */
  readonly peak: number;
  /** All texts that are ever in it. */
  readonly texts: ReadonlySet<string>;
  /** The items after event `index`, `most` at most, in the order in which they will be taken out. */
  at(index: number, most: number): readonly string[];
}

/** What each of the author's queues ever holds. Passes once over a trace. */
export function contentsOf(trace: Trace): ReadonlyMap<number, Contents> {
  const open = new Map<number, { readonly text: string; readonly from: number }[]>();
  const items = new Map<number, Item[]>();
  const peaks = new Map<number, number>();
  for (const event of trace.events) {
    if (event.k === 'res+' && /Queue/.test(event.kind) && !event.internal) {
      open.set(event.r, []);
      items.set(event.r, []);
    }
    const inside = event.k === 'res' ? open.get(event.r) : undefined;
    if (event.k !== 'res' || !inside) continue;
    if (event.op === 'put') inside.push({ text: event.item ?? '', from: event.i });
    const taken = { get: 1, shutdown: event.value === 0 ? inside.length : 0 }[event.op as 'get' | 'shutdown'] ?? 0;
    for (let n = 0; n < taken; n++) {
      const same = inside.findIndex(({ text }) => event.op === 'shutdown' || text === (event.item ?? ''));
      const [item] = inside.splice(Math.max(0, same), 1);
      if (item) items.get(event.r)?.push({ ...item, to: event.i });
    }
    peaks.set(event.r, Math.max(peaks.get(event.r) ?? 0, inside.length));
  }
  return new Map(
    [...items].map(([r, gone]) => {
      // What is never taken out comes last.
      const all = [...gone, ...(open.get(r) ?? []).map((item) => ({ ...item, to: Number.POSITIVE_INFINITY }))];
      return [r, contents(all, peaks.get(r) ?? 0)];
    }),
  );
}

/** @param items In the order in which they go. */
function contents(items: readonly Item[], peak: number): Contents {
  const ends = items.map(({ to }) => to);
  return {
    peak,
    texts: new Set(items.map(({ text }) => text)),
    at(index, most) {
      const found: string[] = [];
      for (let n = lastAt(ends, index) + 1; n < items.length && found.length < most; n++) {
        const item = items[n];
        if (item && item.from <= index) found.push(item.text);
      }
      return found;
    },
  };
}
