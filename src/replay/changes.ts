/** Events between two lists of what is there. */
export const keyframeDistance = 512;

/** Changes of one entity between two values that are kept once they were worked out. */
const keptDistance = 32;

/** What a change left under a key: a value, nothing, or how the value before becomes the next. */
type Result<Value> = Value | undefined | ((before: Value) => Value);

/** A keyed part of a state, as events change it. */
export interface Collection<Key, Value> {
  get(key: Key): Value | undefined;
  has(key: Key): boolean;
  set(key: Key, value: Value): unknown;
  /** Changes what is there. Nobody may `get` it afterwards: it is worked out when a state is asked for. */
  update(key: Key, change: (before: Value) => Value): void;
  delete(key: Key): boolean;
  clear(): void;
  keys(): Iterable<Key>;
  values(): Iterable<Value>;
}

/** A collection that keeps what it ever was, in columns, and can be asked at any time for any event so far. */
export interface RecordedCollection<Key, Value> extends Collection<Key, Value> {
  /** Told after every 512 events. */
  keyframe(): void;
  /** As it was after an event. Reads only what is asked for: a binary search among the changes of its key. */
  at(index: number): ReadonlyMap<Key, Value>;
  /** Every change so far of the latest value under a key: its event and what it became. */
  changesOf(key: Key): { readonly events: readonly number[]; readonly values: readonly (Value | undefined)[] };
}

/**
 * Makes a collection that notes each change with the event that made it. A key that was deleted and comes again
 * counts as another entity, so that what it held is listed in the order of a `Map`.
 *
 * @param event Gives the number of the event that is being applied.
 */
export function recordChanges<Key, Value extends object>(event: () => number): RecordedCollection<Key, Value> {
  const current = new Map<Key, Value>();
  // By entity: its key, the event that made it, the earlier entity of the same key (−1: none), its changes.
  const keys: Key[] = [];
  const births: number[] = [];
  const earlier: number[] = [];
  const moments: number[][] = [];
  const results: Result<Value>[][] = [];
  const latest = new Map<Key, number>();
  /** What is there after every 512 events; null where nothing has ever been deleted. */
  const keyframes: (Int32Array | null)[] = [];

  const entityOf = (key: Key) => (current.has(key) ? latest.get(key) : undefined);
  const note = (entity: number, result: Result<Value>) => {
    moments[entity]?.push(event());
    results[entity]?.push(result);
  };
  const remove = (key: Key) => {
    const entity = entityOf(key);
    if (entity !== undefined) note(entity, undefined);
    return current.delete(key);
  };

  const valueAt = (entity: number, index: number): Value | undefined => {
    const values = results[entity] ?? [];
    const change = countUpTo(moments[entity] ?? [], index) - 1;
    let known = change;
    while (typeof values[known] === 'function') known--;
    let value = values[known] as Value | undefined;
    for (let n = known + 1; n <= change; n++) {
      const next = values[n];
      if (value !== undefined && typeof next === 'function') value = next(value);
      if (n % keptDistance === 0) values[n] = value;
    }
    return value;
  };
  const entityAt = (key: Key, index: number) => {
    let entity = latest.get(key) ?? -1;
    while (entity >= 0 && (births[entity] ?? 0) > index) entity = earlier[entity] ?? -1;
    return entity;
  };
  /** The entities that may be there: those of the keyframe before, and those that came since. */
  const candidates = function* (index: number): Generator<number> {
    const frame = Math.min(Math.floor((index + 1) / keyframeDistance), keyframes.length);
    const there = keyframes[frame - 1] ?? null;
    if (there) yield* there;
    const born = countUpTo(births, index);
    for (let n = there ? countUpTo(births, frame * keyframeDistance - 1) : 0; n < born; n++) yield n;
  };

  return {
    get: (key) => current.get(key),
    has: (key) => current.has(key),
    keys: () => current.keys(),
    values: () => current.values(),
    set(key, value) {
      const entity = entityOf(key);
      current.set(key, value);
      if (entity !== undefined) return note(entity, value);
      births.push(event());
      earlier.push(latest.get(key) ?? -1);
      latest.set(key, keys.length);
      keys.push(key);
      moments.push([event()]);
      results.push([value]);
    },
    update(key, change) {
      const entity = entityOf(key);
      if (entity !== undefined) note(entity, change);
    },
    delete: remove,
    clear() {
      for (const key of [...current.keys()]) remove(key);
    },
    keyframe() {
      const whole = current.size === keys.length;
      keyframes.push(whole ? null : Int32Array.from(current.keys(), (key) => latest.get(key) ?? -1));
    },
    at: (index) =>
      lazyMap(
        (key: Key) => valueAt(entityAt(key, index), index),
        function* () {
          for (const entity of candidates(index)) {
            const value = valueAt(entity, index);
            if (value !== undefined) yield [keys[entity] as Key, value];
          }
        },
      ),
    changesOf(key) {
      const entity = latest.get(key) ?? -1;
      const events = moments[entity] ?? [];
      return { events, values: events.map((index) => valueAt(entity, index)) };
    },
  };
}

/** The values that one variable has had. */
export interface ValueIndex<Value> {
  /** Notes what it is after an event; told in order. */
  note(index: number, value: Value): void;
  at(index: number): Value;
}

/** Makes the index of a single value. */
export function recordValue<Value>(first: Value): ValueIndex<Value> {
  const moments: number[] = [];
  const values: Value[] = [];
  let last = first;
  return {
    note(index, value) {
      if (value === last) return;
      last = value;
      moments.push(index);
      values.push(value);
    },
    at: (index) => {
      const change = countUpTo(moments, index) - 1;
      return change < 0 ? first : (values[change] as Value);
    },
  };
}

/** How many of a sorted list are at most `value`. */
function countUpTo(list: readonly number[], value: number): number {
  let [from, to] = [0, list.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((list[middle] ?? 0) <= value) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** A map that finds single values at once, and is made as a whole when somebody walks over it. */
function lazyMap<Key, Value>(
  find: (key: Key) => Value | undefined,
  list: () => Iterable<readonly [Key, Value]>,
): ReadonlyMap<Key, Value> {
  let made: Map<Key, Value> | undefined;
  const found = new Map<Key, Value | undefined>();
  const get = (key: Key) => {
    if (made) return made.get(key);
    if (!found.has(key)) found.set(key, find(key));
    return found.get(key);
  };
  const whole = () => {
    made ??= new Map(list());
    return made;
  };
  return {
    get,
    has: (key) => get(key) !== undefined,
    get size() {
      return whole().size;
    },
    forEach: (action, self) => whole().forEach(action, self),
    entries: () => whole().entries(),
    keys: () => whole().keys(),
    values: () => whole().values(),
    [Symbol.iterator]: () => whole()[Symbol.iterator](),
  };
}
