import { columns } from '../text/width.ts';
import type { EventOf, Trace } from '../trace/events.ts';
import { isLoopsOwn } from './apply.ts';
import { groupBy } from './groupBy.ts';

const longest = 8;

/**
 * Short names for the tasks of a trace, all distinct, at most 8 columns: a name that the author gave
 * (`name="worker"`), `main` for a first that is called so or too long to say, the first short argument that tells siblings of one coroutine apart
 * (`download("A")` → `A`), the coroutine's own name when it is short and has no siblings, else letters.
 *
 * @returns By task number.
 */
export function taskLabels(trace: Trace): ReadonlyMap<number, string> {
  const spawns = trace.events.filter((event): event is EventOf<'spawn'> => event.k === 'spawn' && !isLoopsOwn(event));
  const siblings = groupBy(spawns, ({ coro }) => coro);
  const labels = new Map<number, string>();
  const taken = new Set<string>();
  const give = (id: number, label: string | undefined) => {
    if (label === undefined || label === '' || taken.has(label) || columns(label) > longest || labels.has(id)) return;
    labels.set(id, label);
    taken.add(label);
  };

  for (const spawn of spawns) if (!/^Task-\d+$/.test(spawn.name)) give(spawn.id, spawn.name);
  const first = spawns[0];
  const firstName = first?.coro.split('.').at(-1) ?? '';
  const alone = first && siblings.get(first.coro)?.length === 1;
  if (first && (/^(main|<module>)$/.test(firstName) || (alone && columns(firstName) > longest))) give(first.id, 'main');
  for (const family of siblings.values()) {
    const names = family.length > 1 ? distinctArguments(family) : [];
    // A family that can be named only in part gets letters: `B` beside an `A` that was once `main` would mislead.
    if (!names.some((name) => taken.has(name))) for (const [n, spawn] of family.entries()) give(spawn.id, names[n]);
  }
  for (const [coroutine, family] of siblings)
    if (family.length === 1) for (const { id } of family) give(id, coroutine.split('.').at(-1));
  let next = 0;
  for (const { id } of spawns)
    while (!labels.has(id)) {
      give(id, letter(next));
      next++;
    }
  return labels;
}

/** The values of the first argument that is short and different in every sibling; empty when there is none. */
function distinctArguments(family: readonly EventOf<'spawn'>[]): readonly string[] {
  const count = Math.min(...family.map(({ args }) => args.length));
  for (let n = 0; n < count; n++) {
    const values = family.map(({ args }) => shortLiteral(args[n]?.[1] ?? ''));
    const known = values.filter((value) => value !== null);
    if (known.length === values.length && new Set(known).size === known.length) return known;
  }
  return [];
}

function shortLiteral(repr: string): string | null {
  const text = /^'([^'\\]*)'$|^"([^"\\]*)"$/.exec(repr);
  const value = text ? (text[1] ?? text[2] ?? '') : /^-?\d+(\.\d+)?$/.test(repr) ? repr : null;
  return value !== null && /[\p{Letter}\p{Number}]/u.test(value) && columns(value) <= longest ? value.trim() : null;
}

/** A … Z, A2 … Z2, … */
function letter(n: number): string {
  const round = Math.floor(n / 26);
  return String.fromCharCode(65 + (n % 26)) + (round === 0 ? '' : String(round + 1));
}
