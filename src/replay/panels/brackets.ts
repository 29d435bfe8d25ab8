import type { Replay } from '../replay.ts';
import { path, type Shape } from '../shapes.ts';
import type { CompositeState, State } from '../state.ts';

/** Pixels that one level of brackets takes. */
const pitch = 16;
/** Brackets inside of brackets that are drawn at most. */
const mostLevels = 2;

/** Room that the brackets of a whole replay need, so that lanes stand still while they come and go. */
export function bracketRoom(replay: Replay): number {
  return Math.min(mostLevels, replay.cast.brackets) * pitch;
}

/** The middle of each lane that is drawn, by task, and for threads by each of their jobs. */
export interface Middles {
  readonly tasks: ReadonlyMap<number, number>;
  readonly jobs: ReadonlyMap<number, number>;
}

/**
 * A bracket around the lanes of the tasks and threads that one gather, wait or TaskGroup holds together, while it is
 * open.
 *
 * @param right Edge that the innermost bracket ends at.
 */
export function brackets(state: State, middles: Middles, right: number, height: number): readonly Shape[] {
  const open = [...state.composites.values()]
    .filter(({ outcome }) => outcome === null)
    .map((composite) => ({ composite, places: placesOf(composite, state, middles) }))
    .filter(({ places }) => places.length > 1)
    .sort((a, b) => a.places.length - b.places.length);
  const levels: (readonly number[])[][] = [];
  return open.flatMap(({ composite, places }) => {
    const [top = 0, bottom = 0] = [places[0], places.at(-1)];
    const level = Array.from({ length: mostLevels }, (_, n) => n).find((n) =>
      (levels[n] ?? []).every(([from = 0, to = 0]) => to < top || bottom < from),
    );
    if (level === undefined) return [];
    levels[level] = [...(levels[level] ?? []), [top, bottom]];
    const x = right - (level + 1) * pitch + 6;
    const arms = places.map((y) => `M${x} ${y}h8`).join('');
    const half = height * 0.22;
    return [path(`w${composite.id}`, 'bracket', `M${x + 8} ${top - half}H${x}V${bottom + half}h8${arms}`)];
  });
}

/** Where the members stand that have not ended, from top to bottom. */
function placesOf(composite: CompositeState, state: State, middles: Middles): readonly number[] {
  const tasks = composite.members.filter((id) => state.tasks.get(id)?.status !== 'done');
  const jobs = composite.jobs.filter((id) => state.jobs.get(id)?.delivered === false);
  const places = [
    ...tasks.flatMap((id) => middles.tasks.get(id) ?? []),
    ...jobs.flatMap((id) => middles.jobs.get(id) ?? []),
  ];
  return [...new Set(places)].sort((a, b) => a - b);
}
