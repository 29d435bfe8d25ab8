import * as v from 'valibot';
import { readBytes, writeBytes } from './bytes.ts';
import { headerSchema, type Trace, type TraceEvent, type TraceHeader } from './events.ts';
import { makerOf } from './makers.ts';

/**
 * A trace as pages carry it, in JSON: a tenth of the size of its lines. It is made
 * anew with every page and read only by the script that comes with it, so it has no version of its own.
 */
export interface PackedTrace {
  readonly header: TraceHeader;
  /** The kinds of events with their own fields, in the order of the format. */
  readonly shapes: readonly Shape[];
  /** Every text, list and object that occurs, once; `#` in a list or an object stands for a number of the event's own. */
  readonly values: readonly unknown[];
  /** Base64 of numbers, event by event (see `bytes.ts`): shape, then its fields, each as `coding` tells. */
  readonly numbers: string;
}

type Shape = readonly [kind: TraceEvent['k'], fields: readonly (readonly [name: string, coding: Coding])[]];

/**
 * `number`: difference to the same field in the last event of the shape. `nullable`: 0 for null, else such a difference
 * shifted off 0. `value`: number of the value, then the numbers in its holes, as differences to the last of that hole.
 */
type Coding = 'number' | 'nullable' | 'value';

const hole = '#';
const common = ['i', 'k', 't', 'tick', 'step', 'task'];

type Fields = Readonly<Record<string, unknown>>;

/** Packs a trace; `unpackTrace` gives back its equal. */
export function packTrace({ header, events }: Trace): PackedTrace {
  // 1. What shapes there are, and how their fields are best told.
  const shapes = new Map<string, { number: number; kind: TraceEvent['k']; fields: Map<string, Coding> }>();
  const shapeOf = (event: TraceEvent) => {
    const names = Object.keys(event).filter((name) => !common.includes(name));
    const key = [event.k, ...names].join(' ');
    const known = shapes.get(key);
    if (known) return known;
    const made = {
      number: shapes.size,
      kind: event.k,
      fields: new Map(names.map((name) => [name, 'number' as Coding])),
    };
    shapes.set(key, made);
    return made;
  };
  const shapeOfEvent = events.map((event) => {
    const shape = shapeOf(event);
    for (const [name, coding] of shape.fields) shape.fields.set(name, widen(coding, (event as Fields)[name]));
    return shape;
  });

  // 2. The numbers, each by its difference to the last of its place.
  const numbers: number[] = [];
  const values = new Map<string, number>();
  const last = memory();
  const write = (place: string, number: number) => numbers.push(zigzag(last(place, number)));
  for (const [n, event] of events.entries()) {
    const shape = shapeOfEvent[n];
    if (!shape) continue;
    numbers.push(shape.number, last('t', event.t));
    write('tick', event.tick);
    write('step', event.step);
    numbers.push(event.task === null ? 0 : event.task + 1);
    for (const [name, coding] of shape.fields) {
      const value = (event as Fields)[name];
      const place = `${shape.number} ${name}`;
      if (coding === 'number') write(place, value as number);
      else if (coding === 'nullable') numbers.push(value === null ? 0 : zigzag(last(place, value as number)) + 1);
      else {
        const own: number[] = [];
        const text = JSON.stringify(withHoles(value, own));
        const number = values.get(text) ?? values.size;
        values.set(text, number);
        numbers.push(number);
        for (const [at, one] of own.entries()) write(`${place} ${at}`, one);
      }
    }
  }
  return {
    header,
    shapes: [...shapes.values()].map(({ kind, fields }) => [kind, [...fields]]),
    values: [...values.keys()].map((text) => JSON.parse(text)),
    numbers: writeBytes(numbers),
  };
}

/**
 * The trace that was packed. Its events came through `readTrace` before they were packed, and are not checked again.
 *
 * @throws {v.ValiError} When the header is none of this format and version.
 */
export function unpackTrace({ header: given, shapes, values, numbers }: PackedTrace): Trace {
  const header = v.parse(headerSchema, given);
  const read = readBytes(numbers);
  const plans = shapes.map(([kind, fields]) => ({
    make: makerOf(
      kind,
      fields.map(([name]) => name),
    ),
    codings: fields.map(([, coding]) => coding),
    last: fields.map(() => 0),
    holes: fields.map((): number[] => []),
  }));
  const holed = values.map((value) => typeof value === 'object' && value !== null);
  const events: TraceEvent[] = [];
  const own: unknown[] = [];
  let [t, tick, step] = [0, 0, 0];
  while (!read.done()) {
    const plan = plans[read.next()];
    if (!plan) throw new RangeError('no such shape');
    t += read.next();
    tick += unzigzag(read.next());
    step += unzigzag(read.next());
    const who = read.next();
    for (let n = 0; n < plan.codings.length; n++) {
      const coding = plan.codings[n];
      const number = read.next();
      if (coding === 'value') {
        const last = plan.holes[n] ?? [];
        own[n] = holed[number] ? filled(values[number], { last, at: 0 }, read.next) : values[number];
      } else if (coding === 'nullable' && number === 0) own[n] = null;
      else {
        const value = (plan.last[n] ?? 0) + unzigzag(coding === 'nullable' ? number - 1 : number);
        plan.last[n] = value;
        own[n] = value;
      }
    }
    events.push(plan.make(events.length, t, tick, step, who === 0 ? null : who - 1, own));
  }
  return { header, events };
}

/** The narrowest coding that fits a value too. */
function widen(coding: Coding, value: unknown): Coding {
  if (value === null && coding !== 'value') return 'nullable';
  return Number.isSafeInteger(value) ? coding : 'value';
}

/** Remembers the last number of each place, and gives the difference to it. */
function memory(): (place: string, number: number) => number {
  const last = new Map<string, number>();
  return (place, number) => {
    const difference = number - (last.get(place) ?? 0);
    last.set(place, number);
    return difference;
  };
}

/** A list or object with `#` in place of the whole numbers in it, which are added to `numbers` in order. */
function withHoles(value: unknown, numbers: number[]): unknown {
  if (value === null || typeof value !== 'object') return value;
  const inside = (part: unknown) => {
    if (Number.isSafeInteger(part)) {
      numbers.push(part as number);
      return hole;
    }
    // A text that looks like a hole is wrapped, as nothing else is.
    return typeof part === 'string' && part.startsWith(hole) ? hole + part : withHoles(part, numbers);
  };
  if (Array.isArray(value)) return value.map(inside);
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, inside(part)]));
}

function filled(value: unknown, holes: { readonly last: number[]; at: number }, next: () => number): unknown {
  if (typeof value === 'string' && value.startsWith(hole)) {
    if (value !== hole) return value.slice(1);
    const number = (holes.last[holes.at] ?? 0) + unzigzag(next());
    holes.last[holes.at++] = number;
    return number;
  }
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map((part) => filled(part, holes, next));
  const made: Record<string, unknown> = {};
  for (const name in value) made[name] = filled((value as Fields)[name], holes, next);
  return made;
}

/** Small numbers of either sign as small numbers: 0, −1, 1, −2 … */
function zigzag(number: number): number {
  return number < 0 ? -2 * number - 1 : 2 * number;
}

function unzigzag(number: number): number {
  // Nearly all are small, and these whole to the engine.
  if (number < 0x40000000) return (number >> 1) ^ -(number & 1);
  return number % 2 === 0 ? number / 2 : -(number + 1) / 2;
}
