import type { EventOf } from '../trace/events.ts';
import { type Replay, shownLine } from './replay.ts';
import type { State } from './state.ts';

/** An exception; one of a group holds others. */
type Raised = EventOf<'raise'>['error'];

/** One row of an ExceptionGroup's tree, from the top. */
export interface Branch {
  readonly type: string;
  readonly message: string;
  /** 0 for the group itself. */
  readonly depth: number;
  /** For each level from 1 to `depth`, whether further siblings follow there. */
  readonly open: readonly boolean[];
  readonly isGroup: boolean;
  /** Where an exception inside comes from: the task and the line that raised it first. */
  readonly origin: { readonly task: number | null; readonly line: number | null } | null;
}

/** The ExceptionGroup that is being raised, that has just ended a task, or that ended the program. */
export function groupInSight(state: State): Raised | null {
  const isGroup = (error: Raised | undefined): error is Raised => (error?.exceptions?.length ?? 0) > 0;
  if (state.end) return isGroup(state.end.error) ? state.end.error : null;
  if (state.raised) return isGroup(state.raised.error) ? state.raised.error : null;
  for (const { end } of state.tasks.values()) if (end?.step === state.step && isGroup(end.error)) return end.error;
  return null;
}

/** The tree of a group as rows. */
export function branchesOf(replay: Pick<Replay, 'trace' | 'data'>, index: number, group: Raised): readonly Branch[] {
  const origins = originsOf(replay, index);
  const rows: Branch[] = [];
  const add = (error: Raised, open: readonly boolean[]) => {
    const { type, exceptions = [] } = error;
    const isGroup = exceptions.length > 0;
    // How many are inside is seen.
    const message = isGroup ? error.message.replace(/ \(\d+ sub-exceptions?\)$/, '') : error.message;
    const origin = isGroup ? null : (origins.get(keyOf(error))?.shift() ?? null);
    rows.push({ type, message, depth: open.length, open, isGroup, origin });
    for (const [n, inner] of exceptions.entries()) add(inner, [...open, n < exceptions.length - 1]);
  };
  add(group, []);
  return rows;
}

/** How many rows the largest tree of a recording has; 0 without groups. */
export function mostBranches(trace: Replay['trace']): number {
  const count = ({ exceptions = [] }: Raised): number => exceptions.reduce((sum, inner) => sum + count(inner), 1);
  let most = 0;
  for (const event of trace.events)
    if ((event.k === 'raise' || event.k === 'done' || event.k === 'end') && event.error?.exceptions)
      most = Math.max(most, count(event.error));
  return most;
}

/** Where exceptions were raised up to an event, by their text, in order; one that a task passes on is told once. */
function originsOf(
  replay: Pick<Replay, 'trace' | 'data'>,
  index: number,
): Map<string, NonNullable<Branch['origin']>[]> {
  const ended = new Map<string, NonNullable<Branch['origin']>[]>();
  const raised = new Map<string, NonNullable<Branch['origin']>[]>();
  const lines = new Map<string, number | null>();
  for (const event of replay.trace.events.slice(0, index + 1)) {
    if (event.k === 'raise') {
      const key = keyOf(event.error);
      const origin = { task: event.task, line: shownLine(replay, event.site) };
      if (!lines.has(`${event.task} ${key}`)) lines.set(`${event.task} ${key}`, origin.line);
      raised.set(key, [...(raised.get(key) ?? []), origin]);
    } else if (event.k === 'done' && event.error) {
      const key = keyOf(event.error);
      const origin = { task: event.task, line: lines.get(`${event.task} ${key}`) ?? null };
      ended.set(key, [...(ended.get(key) ?? []), origin]);
    }
  }
  // Tasks that ended with it come first: others, in whose bodies it was raised, have not ended when a group is made.
  for (const [key, origins] of raised)
    ended.set(key, [
      ...(ended.get(key) ?? []),
      ...origins.filter(({ task }) => !ended.get(key)?.some((other) => other.task === task)),
    ]);
  return ended;
}

function keyOf({ type, message }: Raised): string {
  return `${type}: ${message}`;
}
