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

/** A collection as it was after any event. */
export interface ChangeIndex<Key, Value> {
  /** Reads only what is asked for: one value takes a binary search among the changes of its key. */
  at(index: number): ReadonlyMap<Key, Value>;
  /** Every change of the latest value under a key: its event and what it became. */
  changesOf(key: Key): { readonly events: Int32Array; readonly values: readonly (Value | undefined)[] };
}

/** A collection that keeps what it ever was, in columns. */
export interface RecordedCollection<Key, Value> extends Collection<Key, Value> {
  /** Told after every 512 events. */
  keyframe(): void;
  /** The index over all that was recorded; nothing may be changed afterwards. */
  index(): ChangeIndex<Key, Value>;
}

/**
 * Makes a collection that notes each change with the event that made it. A key that was deleted and comes again
 * counts as another entity, so that an index lists what it holds in the order of a `Map`.
 *
 * @param event Gives the number of the event that is being applied.
 */
export function recordChanges<Key, Value extends object>(event: () => number): RecordedCollection<Key, Value> {
  const current = new Map<Key, Value>();
  // By entity: its key, the event that made it, and the earlier entity of the same key (−1: none).
  const keys: Key[] = [];
  const births: number[] = [];
  const earlier: number[] = [];
  const latest = new Map<Key, number>();
  // By change, in order of time.
  const whose: number[] = [];
  const moments: number[] = [];
  const results: Result<Value>[] = [];
  /** What is there after every 512 events; null where nothing has ever been deleted. */
  const keyframes: (Int32Array | null)[] = [];

  const note = (entity: number, result: Result<Value>) => {
    whose.push(entity);
    moments.push(event());
    results.push(result);
  };
  const remove = (key: Key) => {
    if (!current.delete(key)) return false;
    note(latest.get(key) ?? -1, undefined);
    return true;
  };

  return {
    get: (key) => current.get(key),
    has: (key) => current.has(key),
    keys: () => current.keys(),
    values: () => current.values(),
    set(key, value) {
      let entity = current.has(key) ? latest.get(key) : undefined;
      if (entity === undefined) {
        entity = keys.length;
        keys.push(key);
        births.push(event());
        earlier.push(latest.get(key) ?? -1);
        latest.set(key, entity);
      }
      current.set(key, value);
      note(entity, value);
    },
    update(key, change) {
      const entity = current.has(key) ? latest.get(key) : undefined;
      if (entity !== undefined) note(entity, change);
    },
    delete: remove,
    clear() {
      for (const key of [...current.keys()]) remove(key);
    },
    keyframe() {
      const there =
        current.size === keys.length ? null : Int32Array.from(current.keys(), (key) => latest.get(key) ?? -1);
      keyframes.push(there);
    },
    index() {
      const columns = groupChanges(keys.length, whose, moments, results);
      const { from, events, values } = columns;
      const valueAt = (entity: number, index: number): Value | undefined => {
        const start = from[entity] ?? 0;
        const change = countUpTo(events, index, start, from[entity + 1] ?? 0) - 1;
        if (change < start) return undefined;
        let known = change;
        while (typeof values[known] === 'function') known--;
        let value = values[known] as Value | undefined;
        for (let n = known + 1; n <= change; n++) {
          const next = values[n];
          if (value !== undefined && typeof next === 'function') value = next(value);
          if ((n - start) % keptDistance === 0) values[n] = value;
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
        const born = countUpTo(births, index, 0, births.length);
        const known = there === null ? 0 : countUpTo(births, frame * keyframeDistance - 1, 0, births.length);
        if (there) yield* there;
        for (let entity = known; entity < born; entity++) yield entity;
      };
      return {
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
          const [start, end] = entity < 0 ? [0, 0] : [from[entity] ?? 0, from[entity + 1] ?? 0];
          const list = events.subarray(start, end);
          return { events: list, values: Array.from(list, (event) => valueAt(entity, event)) };
        },
      };
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
      const change = countUpTo(moments, index, 0, moments.length) - 1;
      return change < 0 ? first : (values[change] as Value);
    },
  };
}

/** Changes side by side for each entity, in order of time: those of entity n are `from[n]` up to `from[n + 1]`. */
function groupChanges<Value>(
  count: number,
  whose: readonly number[],
  moments: readonly number[],
  results: readonly Result<Value>[],
) {
  const from = new Int32Array(count + 1);
  for (const entity of whose) from[entity + 1] = (from[entity + 1] ?? 0) + 1;
  for (let n = 0; n < count; n++) from[n + 1] = (from[n + 1] ?? 0) + (from[n] ?? 0);
  const next = from.slice();
  const events = new Int32Array(whose.length);
  const values = new Array<Result<Value>>(whose.length);
  for (let n = 0; n < whose.length; n++) {
    const entity = whose[n] ?? 0;
    const place = next[entity] ?? 0;
    next[entity] = place + 1;
    events[place] = moments[n] ?? 0;
    values[place] = results[n];
  }
  return { from, events, values };
}

/** Position behind the last of the sorted `list[low … high − 1]` that is at most `value`. */
function countUpTo(list: ArrayLike<number>, value: number, low: number, high: number): number {
  let [from, to] = [low, high];
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
