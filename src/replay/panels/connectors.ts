import type { EventOf } from '../../trace/events.ts';
import { happened } from '../happened.ts';
import { shownResource } from '../reasons.ts';
import type { Replay } from '../replay.ts';
import { drawn, group, path, type Shape } from '../shapes.ts';
import type { State } from '../state.ts';
import type { ResourcePicture } from './resources.ts';

/** Where a lane's words end, and its middle. */
export interface LaneEnd {
  readonly x: number;
  readonly y: number;
}

/** Room right of the lanes' words, in which connectors go up and down. */
export const gutter = 48;

/** How a connector looks and which of the two it goes to; `port` is a place of the resource's own. */
interface Meaning {
  readonly name: 'waits' | 'takes' | 'gives' | 'wakes';
  readonly to: 'task' | 'resource';
  /** Whether it ends at the resource itself, wherever the task sits in it. */
  readonly whole?: true;
}

const meanings: Readonly<Partial<Record<EventOf<'res'>['op'], Meaning>>> = {
  wait: { name: 'waits', to: 'resource' },
  join: { name: 'waits', to: 'resource' },
  acquire: { name: 'takes', to: 'resource' },
  trip: { name: 'takes', to: 'resource' },
  put: { name: 'takes', to: 'resource', whole: true },
  get: { name: 'takes', to: 'task', whole: true },
  release: { name: 'gives', to: 'resource', whole: true },
  set: { name: 'gives', to: 'resource', whole: true },
  notify: { name: 'gives', to: 'resource', whole: true },
  wake: { name: 'wakes', to: 'task' },
};

/** Offsets of the tracks on which they run, so that a release and whom it wakes never lie on each other. */
const tracks: Readonly<Record<'task' | 'resource', { readonly x: number; readonly y: number }>> = {
  resource: { x: 8, y: -9 },
  task: { x: 22, y: 3 },
};

/**
 * The way from the end of a task's lane to what it has begun to wait for, taken or given back in this very step, and
 * back to whom that has woken. It is gone with the next step.
 *
 * @param right Right edge of the lanes, inside of which the gutter lies.
 */
export function connectors(
  replay: Replay,
  state: State,
  lanes: ReadonlyMap<number, LaneEnd>,
  resources: ReadonlyMap<number, ResourcePicture>,
  right: number,
): Shape[] {
  const ways = new Map<number, Shape>();
  for (const { task, resource, op } of exchanges(replay, state)) {
    const meaning = meanings[op];
    const picture = resources.get(shownResource(state, resource)?.id ?? -1);
    const lane = lanes.get(task);
    if (!meaning || !picture || !lane) continue;
    const own = meaning.whole ? undefined : picture.seats.get(task);
    const seat = own ?? picture.ports.get(op) ?? picture.ports.get('whole');
    if (!seat) continue;
    const track = tracks[meaning.to];
    const x = right - track.x;
    const from = Math.min(lane.x + 14, right - gutter + 8);
    // Beside each other where both end at one seat.
    const aside = meaning.to === 'task' ? Math.min(14, seat.width / 4) : 0;
    const [middle, above] = [seat.x + seat.width / 2 + aside, picture.top + track.y];
    const [way, head] =
      meaning.to === 'resource'
        ? [
            drawn`M${from} ${lane.y}H${x}V${above}H${middle}V${seat.y - 4}`,
            drawn`M${middle - 8} ${seat.y - 14}l8 10l8-10`,
          ]
        : [
            drawn`M${middle} ${seat.y - 3}V${above}H${x}V${lane.y}H${from}`,
            drawn`M${from + 10} ${lane.y - 8}l-10 8l10 8`,
          ];
    // What comes last tells how the step ends: who finds a place taken waits.
    ways.set(
      task,
      group(`k${task}`, `connector ${meaning.name}`, [path('way', 'way', way), path('head', 'head', head)]),
    );
  }
  return ways.size === 0 ? [] : [group('connectors', 'connectors', [...ways.values()])];
}

/** What has passed between tasks and resources since the last stop; a wait is told again when its task has left. */
function exchanges(
  replay: Replay,
  state: State,
): readonly { readonly task: number; readonly resource: number; readonly op: EventOf<'res'>['op'] }[] {
  return happened(replay, state.index).flatMap((event) => {
    const { task } = event;
    if (task === null) return [];
    if (event.k === 'res') return [{ task, resource: event.r, op: event.op }];
    if (event.k !== 'suspend') return [];
    return event.on.flatMap((on) => ('resource' in on ? [{ task, resource: on.resource, op: 'wait' as const }] : []));
  });
}
