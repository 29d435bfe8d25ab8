import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type ChromeEvent, type PerfettoClock, perfetto } from '../../src/trace/perfetto.ts';
import { readTrace } from '../../src/trace/read.ts';

const folder = join(import.meta.dirname, '..', 'cases');
const traces = readdirSync(folder).map(
  (name) => [name, readTrace(readFileSync(join(folder, name, '3-trace.jsonl'), 'utf8'), name)] as const,
);
const trace = (name: string) => readTrace(readFileSync(join(folder, name, '3-trace.jsonl'), 'utf8'), name);
const clocks: readonly PerfettoClock[] = ['logical', 'virtual'];
const of = (events: readonly ChromeEvent[], ...kinds: readonly ChromeEvent['ph'][]) =>
  events.filter(({ ph }) => kinds.includes(ph));

/** Less than the last of the three decimals that times have. */
const nothing = 0.0005;

/** Slices of one lane in the order of the file: each lies within what it began in, or behind it. */
function expectWellNested(slices: readonly ChromeEvent[]): void {
  const ends: number[] = [];
  for (const { ts, dur = 0, name } of slices) {
    while (ends.length > 0 && (ends.at(-1) ?? 0) <= ts + nothing) ends.pop();
    const end = ts + dur;
    expect(end, name).toBeLessThanOrEqual((ends.at(-1) ?? Number.POSITIVE_INFINITY) + nothing);
    ends.push(end);
  }
}

describe.each(traces)('perfetto() of %s', (_name, recorded) => {
  test.each(clocks)('is a JSON object that viewers take, on the %s clock', (clock) => {
    const file = perfetto(recorded, clock);
    expect(JSON.parse(JSON.stringify(file))).toMatchObject({ displayTimeUnit: 'ms', traceEvents: expect.any(Array) });
    const { traceEvents: events } = file;

    // Times are there, in order, and never negative; all lanes have names.
    const timed = events.filter(({ ph }) => ph !== 'M');
    expect(timed.every(({ ts, dur = 0 }) => Number.isFinite(ts) && ts >= 0 && dur >= 0)).toBe(true);
    expect(timed.map(({ ts }) => ts)).toEqual(timed.map(({ ts }) => ts).sort((a, b) => a - b));
    const named = new Set(of(events, 'M').map(({ name, tid }) => `${name} ${tid}`));
    for (const { tid } of timed) expect(named).toContain(`thread_name ${tid}`);

    // Slices of a lane nest.
    const slices = of(events, 'X');
    for (const tid of new Set(slices.map(({ tid }) => tid))) expectWellNested(slices.filter((one) => one.tid === tid));

    // Every arrow has both its ends, forward in time; every span its own id, a begin and an end.
    for (const [begin, end] of [
      ['s', 'f'],
      ['b', 'e'],
    ] as const) {
      const begins = of(events, begin);
      expect(new Set(begins.map(({ id }) => id)).size).toBe(begins.length);
      expect(
        of(events, end)
          .map(({ id }) => id)
          .sort(),
      ).toEqual(begins.map(({ id }) => id).sort());
      for (const { id, ts } of begins) {
        const last = of(events, end).find((one) => one.id === id);
        expect(last?.ts).toBeGreaterThanOrEqual(ts);
      }
    }

    // An arrow stands on slices, or viewers drop it.
    for (const arrow of of(events, 's', 'f')) {
      const on = slices.some(
        ({ tid, ts, dur = 0 }) => tid === arrow.tid && ts <= arrow.ts && arrow.ts <= ts + dur + 0.001,
      );
      expect(on, JSON.stringify(arrow)).toBe(true);
    }
  });

  test('keeps every run, wake and composite', () => {
    const { traceEvents: events } = perfetto(recorded);
    const kinds = (k: string) => recorded.events.filter((event) => event.k === k);
    const runs = kinds('run').filter(({ task }) => task !== null);
    expect(of(events, 'X').filter(({ name }) => name === 'running').length).toBeGreaterThanOrEqual(runs.length);
    expect(of(events, 'b')).toHaveLength(kinds('wopen').length);
    expect(of(events, 's').length).toBeLessThanOrEqual(kinds('wake').length);
  });
});

test('perfetto() gives each step one millisecond of the logical clock', () => {
  const recorded = trace('gather');
  const { traceEvents } = perfetto(recorded);
  const runs = of(traceEvents, 'X').filter(({ args }) => args?.step !== 0 && args?.step !== undefined);
  const starts = runs.filter(({ name }) => name === 'running').map(({ ts }) => ts);
  expect(starts.length).toBeGreaterThan(3);
  expect(starts.every((ts) => ts % 1000 === 0)).toBe(true);
});

test('perfetto() keeps the times of the recording on the virtual clock', () => {
  const recorded = trace('gather');
  const { traceEvents } = perfetto(recorded, 'virtual');
  for (const { ts, args } of of(traceEvents, 'X').filter(({ name }) => name === 'running')) {
    expect(ts / 1e6).toBeCloseTo(Number(args?.seconds), 3);
  }
});

test('perfetto() draws jobs on lanes of their threads, and waits of the loop on its own', () => {
  const event = (i: number, t: number, k: string, task: number | null, own: object) =>
    JSON.stringify({ i, t, tick: 0, step: 0, k, task, ...own });
  const header = JSON.stringify({
    format: 'loopreel-trace',
    version: 1,
    python: '3.14.2',
    implementation: 'Pyodide',
    clock: 'virtual',
    file: 'a.py',
    line: 1,
    source: '',
    sites: [[1, 'f']],
    limits: {},
    truncated: false,
  });
  const { traceEvents } = perfetto(
    readTrace(
      [
        header,
        event(0, 0, 'submit', null, { job: 1, label: 'work', site: 0, pool: 'thread' }),
        event(1, 0, 'tstart', null, { job: 1, thread: 'pool_0', at: 0 }),
        event(2, 0, 'tend', null, { job: 1, at: 2_000_000_000, outcome: 'ok' }),
        event(3, 2_000_000_000, 'advance', null, { from: 0, to: 2_000_000_000 }),
        event(4, 2_000_000_000, 'end', null, { outcome: 'ok' }),
      ].join('\n'),
    ),
    'virtual',
  );
  const slices = of(traceEvents, 'X').map(({ name, tid, dur = 0 }) => [name, tid, Math.round(dur / 1e6)]);
  expect(slices).toEqual([
    ['work', 1_000_000, 2],
    ['wait 2 s', 0, 2],
  ]);
  expect(of(traceEvents, 'M').find(({ tid, name }) => tid === 1_000_000 && name === 'thread_name')?.args).toEqual({
    name: 'pool_0',
  });
});

test('perfetto() says on each lane what was transferred, and that it was simulated', () => {
  const { traceEvents } = perfetto(trace('aiohttp'), 'virtual');
  const told = of(traceEvents, 'i').filter(({ name }) => /weather\.example\.com\/seoul|200 OK/.test(name));
  expect(told.slice(0, 2)).toMatchObject([
    { name: 'send GET https://weather.example.com/seoul', tid: 2, args: { bytes: 0, simulated: true } },
    { name: 'receive 200 OK', tid: 2, args: { simulated: true } },
  ]);
});
