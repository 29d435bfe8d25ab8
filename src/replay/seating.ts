import type { Trace } from '../trace/events.ts';

/** Who has a slot of a semaphore: it, or has been given it and is only ready. */
interface Seat {
  readonly task: number;
  readonly granted: boolean;
}

/** Who sits in which slot of a semaphore: nobody moves while others come and go. */
export interface Seating {
  /** The slots after event `index`, null where nobody sits. */
  at(index: number): readonly (Seat | null)[];
}

/** Slots of more permits are not drawn. */
export const mostSlots = 6;

/** Passes once over a trace. */
export function seatingsOf(trace: Trace): ReadonlyMap<number, Seating> {
  const histories = new Map<number, { readonly from: number[]; readonly slots: (readonly (Seat | null)[])[] }>();
  for (const event of trace.events) {
    if (event.k === 'res+' && /Semaphore/.test(event.kind) && !event.internal && event.value <= mostSlots)
      histories.set(event.r, { from: [event.i], slots: [Array.from({ length: event.value }, () => null)] });
    if (event.k !== 'res' || event.task === null) continue;
    const history = histories.get(event.r);
    const change = changes[event.op];
    if (!history || !change) continue;
    history.from.push(event.i);
    history.slots.push(change(history.slots.at(-1) ?? [], event.task));
  }
  return new Map(
    [...histories].map(([r, { from, slots }]) => [r, { at: (index: number) => slots[lastAt(from, index)] ?? [] }]),
  );
}

/** What an operation does to the slots. */
const changes: Readonly<
  Partial<Record<string, (slots: readonly (Seat | null)[], task: number) => readonly (Seat | null)[]>>
> = {
  wake: (slots, task) => put(slots, firstFree(slots), { task, granted: true }),
  acquire(slots, task) {
    const given = slots.findIndex((seat) => seat?.task === task && seat.granted);
    return put(slots, given < 0 ? firstFree(slots) : given, { task, granted: false });
  },
  release: (slots, task) => vacated(slots, task, false),
  leave: (slots, task) => vacated(slots, task, true),
};

function firstFree(slots: readonly (Seat | null)[]): number {
  const free = slots.indexOf(null);
  // A release by one who holds nothing gives more permits than there were.
  return free < 0 ? slots.length : free;
}

function vacated(slots: readonly (Seat | null)[], task: number, granted: boolean): readonly (Seat | null)[] {
  const own = slots.findIndex((seat) => seat?.task === task && seat.granted === granted);
  return own < 0 ? slots : put(slots, own, null);
}

function put(slots: readonly (Seat | null)[], n: number, seat: Seat | null): readonly (Seat | null)[] {
  return [...slots.slice(0, n), seat, ...slots.slice(n + 1)];
}

/** Number of the last entry of a rising list that is not beyond `index`; −1 before the first. */
export function lastAt(from: readonly number[], index: number): number {
  let low = 0;
  let high = from.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((from[middle] ?? 0) <= index) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
