/** The schema of every line of a trace; `README.md` beside this file tells what each means. */
import * as v from 'valibot';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const nanoseconds = count;
const task = v.nullable(count);
const site = count;

/** An exception; an ExceptionGroup holds others. */
interface Raised {
  type: string;
  message: string;
  exceptions?: Raised[] | undefined;
}
const error: v.GenericSchema<Raised> = v.strictObject({
  type: v.string(),
  message: v.string(),
  exceptions: v.optional(v.array(v.lazy(() => error))),
});

const header = v.strictObject({
  format: v.literal('loopreel-trace'),
  version: v.literal(1),
  python: v.string(),
  implementation: v.string(),
  clock: v.picklist(['virtual', 'wall']),
  file: v.string(),
  line: count,
  source: v.string(),
  sites: v.array(v.strictTuple([count, v.string()])),
  limits: v.record(v.string(), v.number()),
  truncated: v.boolean(),
});

/** What a suspended task waits for. */
const waitTarget = v.union([
  v.strictObject({ timer: count }),
  v.strictObject({ task: count }),
  v.strictObject({ future: count }),
  v.strictObject({ composite: count }),
  v.strictObject({ resource: count }),
  v.strictObject({ job: count }),
  v.strictObject({ io: count }),
]);

const common = { i: count, t: nanoseconds, tick: count, step: count };

/** An event kind: its common fields, then its own. */
const kind = <const Name extends string, Fields extends v.ObjectEntries>(name: Name, fields: Fields) =>
  v.strictObject({ ...common, k: v.literal(name), task, ...fields });

const event = v.variant('k', [
  kind('open', { loop: count }),
  kind('tick', { ready: count }),
  kind('advance', { from: nanoseconds, to: nanoseconds }),
  kind('block', { api: v.string(), from: nanoseconds, to: nanoseconds, site }),
  kind('deadlock', { cycle: v.array(v.strictObject({ task: count, site: v.nullable(site) })) }),
  kind('limit', { what: v.string(), site: v.nullable(site) }),
  kind('close', { loop: count }),
  kind('end', { outcome: v.picklist(['ok', 'raised', 'stopped']), error: v.optional(error) }),

  kind('enq', {
    h: count,
    kind: v.picklist(['step', 'wakeup', 'callback', 'threadsafe', 'signal']),
    by: task,
    label: v.string(),
    internal: v.boolean(),
  }),
  kind('run', { h: count }),
  kind('ran', { h: count }),
  kind('hcancel', { h: count }),

  kind('timer+', {
    h: count,
    when: nanoseconds,
    api: v.string(),
    by: task,
    label: v.optional(v.string()),
    internal: v.boolean(),
  }),
  kind('fire', { h: count }),
  kind('timer-', { h: count }),

  kind('spawn', {
    id: count,
    name: v.string(),
    coro: v.string(),
    args: v.array(v.strictTuple([v.string(), v.string()])),
    parent: task,
    site: v.nullable(site),
    group: v.nullable(count),
    eager: v.boolean(),
  }),
  kind('suspend', {
    site: v.nullable(site),
    stack: v.array(site),
    api: v.string(),
    leaf: v.string(),
    on: v.array(waitTarget),
  }),
  kind('wake', { by: task, cause: v.picklist(['timer', 'done', 'release', 'set', 'result', 'cancel', 'job', 'io']) }),
  kind('cancelReq', { by: task, count, message: v.nullable(v.string()) }),
  kind('cancelDelivered', {}),
  kind('uncancel', { count }),
  kind('done', {
    outcome: v.picklist(['ok', 'error', 'cancelled']),
    value: v.optional(v.string()),
    error: v.optional(error),
  }),

  kind('wopen', {
    w: count,
    op: v.picklist(['gather', 'wait', 'wait_for', 'timeout', 'as_completed', 'taskgroup', 'shield']),
    members: v.array(count),
    inner: v.optional(v.array(count)),
    jobs: v.optional(v.array(count)),
    mode: v.optional(v.string()),
    returnExceptions: v.optional(v.boolean()),
    deadline: v.optional(v.nullable(nanoseconds)),
    site: v.nullable(site),
  }),
  kind('wadd', { w: count, member: count }),
  kind('wdeadline', { w: count, deadline: v.nullable(nanoseconds) }),
  kind('wmember', { w: count, member: count, index: count, outcome: v.picklist(['ok', 'error', 'cancelled']) }),
  kind('wclose', {
    w: count,
    outcome: v.picklist(['ok', 'error', 'cancelled', 'timeout']),
    error: v.optional(error),
  }),

  kind('res+', {
    r: count,
    kind: v.string(),
    label: v.string(),
    value: v.number(),
    site: v.nullable(site),
    internal: v.boolean(),
    capacity: v.optional(count),
    lock: v.optional(count),
  }),
  kind('res', {
    r: count,
    op: v.picklist([
      ...['acquire', 'wait', 'leave', 'wake', 'release', 'set', 'clear', 'notify'],
      ...['put', 'get', 'task_done', 'join', 'shutdown', 'trip', 'abort', 'reset'],
    ] as const),
    value: v.number(),
    item: v.optional(v.string()),
  }),

  kind('agen', {
    g: count,
    name: v.string(),
    op: v.picklist(['next', 'yield', 'aclose', 'end']),
    site: v.nullable(site),
  }),
  kind('ctx', {
    op: v.picklist(['enter', 'exit']),
    name: v.string(),
    site: v.nullable(site),
    error: v.optional(error),
  }),

  kind('submit', { job: count, label: v.string(), site: v.nullable(site), pool: v.picklist(['thread', 'process']) }),
  kind('tstart', { job: count, thread: v.string(), at: nanoseconds }),
  kind('tend', { job: count, at: nanoseconds, outcome: v.picklist(['ok', 'error', 'cancelled']) }),
  kind('deliver', { job: count }),

  kind('io', {
    c: count,
    op: v.picklist(['open', 'send', 'receive', 'close']),
    what: v.string(),
    bytes: count,
    simulated: v.boolean(),
    site: v.nullable(site),
  }),

  kind('line', { site }),
  kind('print', { stream: v.picklist(['stdout', 'stderr']), text: v.string() }),
  kind('raise', { site: v.nullable(site), error }),
  kind('handled', { site: v.nullable(site) }),
  kind('var', {
    name: v.string(),
    value: v.nullable(v.string()),
    scope: v.picklist(['context', 'global', 'local']),
    site: v.nullable(site),
  }),
  kind('mark', { label: v.string() }),
]);

export { event as eventSchema, header as headerSchema };

/** Line 1 of a trace. */
export type TraceHeader = v.InferOutput<typeof header>;

/** Any other line of a trace, told apart by `k`. */
export type TraceEvent = v.InferOutput<typeof event>;

/** The event of one kind, for example `EventOf<'spawn'>`. */
export type EventOf<Kind extends TraceEvent['k']> = Extract<TraceEvent, { k: Kind }>;

/** A whole recording: its header and its events in order, `events[n].i === n`. */
export interface Trace {
  readonly header: TraceHeader;
  readonly events: readonly TraceEvent[];
}
