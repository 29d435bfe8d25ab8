/** Programs for the imitated loop: the lecture's examples, and arbitrary ones. */
import fc from 'fast-check';
import type { ReplayData } from '../../src/replay/data.ts';
import { openReplay, type Replay } from '../../src/replay/replay.ts';
import { type Act, type Body, record } from './loop.ts';

const line = (number: number): Act => ({ do: 'line', line: number });
const print = (text: string): Act => ({ do: 'print', text });
const sleep = (seconds: number): Act => ({ do: 'sleep', seconds });

/** A program that yields `acts` one after the other. */
export function program(...acts: Act[]): Body {
  return function* () {
    yield* acts;
  };
}

/** A replay of a recording beside code of 20 short lines. */
export function open(trace: string, lang: ReplayData['lang'] = 'ko', asks: ReplayData['asks'] = []): Replay {
  const code = Array.from({ length: 20 }, (_, n) => [{ text: `code(${n + 1})`, kind: 'plain' as const }]);
  return openReplay({ id: 'b1', title: 'Case', lang, trace, code, firstLine: 1, asks });
}

/** `gather(task("A", 2), task("B", 1))` */
export function gather(): string {
  const task = (name: string, seconds: number) => ({
    coro: 'task',
    args: [
      ['name', `'${name}'`],
      ['delay', String(seconds)],
    ] as [string, string][],
    body: program(line(2), print(`⏳ ${name} 시작`), line(3), sleep(seconds), line(4), print(`✅ ${name} 끝!`)),
  });
  return record(program(line(7), { do: 'gather', children: [task('A', 2), task('B', 1)] }));
}

/** Five downloads, two at a time. */
export function semaphore(): string {
  const download = (name: string) => ({
    coro: 'download',
    args: [['name', `'${name}'`]] as [string, string][],
    body: program(
      line(2),
      { do: 'acquire', resource: 0 },
      line(3),
      print(`${name} 시작`),
      line(4),
      sleep(1),
      line(2),
      { do: 'release', resource: 0 },
      line(5),
      print(`${name} 끝`),
    ),
  });
  return record(program(line(8), { do: 'gather', children: [...'ABCDE'].map(download) }), [
    { kind: 'Semaphore', label: 'sem', value: 2 },
  ]);
}

/** One task sleeps while another holds the thread beyond its deadline. */
export function blocking(): string {
  return record(
    program(line(1), {
      do: 'gather',
      children: [
        { coro: 'ticker', args: [], body: program(line(3), sleep(1), line(4), print('tick')) },
        { coro: 'rude', args: [], body: program(line(6), { do: 'block', seconds: 2 }, line(7)) },
      ],
    }),
  );
}

/** One child fails, main cancels another. */
export function failing(): string {
  return record(function* () {
    yield line(1);
    const bad: number = yield {
      do: 'spawn',
      coro: 'bad',
      args: [],
      body: program(line(5), sleep(1), line(6), { do: 'raise', type: 'ValueError', message: 'no' }),
    };
    const long: number = yield { do: 'spawn', coro: 'long', args: [], body: program(line(8), sleep(9), line(9)) };
    yield line(2);
    yield { do: 'join', task: bad };
    yield line(3);
    yield { do: 'cancel', task: long };
    yield { do: 'join', task: long };
  });
}

const plain = fc.oneof(
  fc.nat(19).map((n): Act => line(n + 1)),
  fc.constantFrom('A', '⏳ 시작', 'a longer text of output', 'x\ny').map(print),
  fc.constantFrom(0, 0.5, 1, 2).map(sleep),
  fc.constant<Act>({ do: 'block', seconds: 0.5 }),
);
const guarded = fc
  .tuple(fc.nat(1), fc.array(plain, { maxLength: 3 }))
  .map(([resource, acts]): Act[] => [{ do: 'acquire', resource }, ...acts, { do: 'release', resource }]);
const acts = fc
  .array(
    fc.oneof(
      plain.map((act) => [act]),
      guarded,
    ),
    { maxLength: 6 },
  )
  .map((parts) => parts.flat());
const child = fc
  .tuple(fc.constantFrom('task', 'worker'), fc.stringMatching(/^[a-zA-Z0-9가닭]{0,9}$/), acts)
  .map(([coro, name, body]) => ({
    coro,
    args: [['name', `'${name}'`]] as [string, string][],
    body: program(...body),
  }));

/** Recordings of arbitrary programs: spawning, gathering, sleeping, blocking, locking, failing, cancelling. */
export const recordings = fc
  .tuple(
    fc.array(child, { maxLength: 4 }),
    fc.array(child, { maxLength: 5 }),
    acts,
    fc.integer({ min: 1, max: 4 }),
    fc.boolean(),
    fc.boolean(),
  )
  .map(([spawned, gathered, own, rounds, cancels, raises]) => {
    const main: Body = function* () {
      for (let round = 0; round < rounds; round++) {
        yield line(1);
        const ids: number[] = [];
        for (const one of spawned) ids.push(yield { do: 'spawn', ...one });
        yield line(2);
        yield* own;
        if (gathered.length > 0) yield { do: 'gather', children: gathered };
        const last = ids.at(-1);
        if (cancels && last !== undefined) yield { do: 'cancel', task: last };
        for (const id of ids) yield { do: 'join', task: id };
      }
      if (raises) yield { do: 'raise', type: 'ValueError', message: 'no' };
    };
    return record(main, [
      { kind: 'Semaphore', label: 'sem', value: 2 },
      { kind: 'Lock', label: 'lock', value: 1 },
    ]);
  });

/** Recordings of crowds: about `events` events of up to a thousand tasks that sleep, hold and queue, some of them cut off. */
export function crowds(events: number): fc.Arbitrary<string> {
  const behaviour = fc.array(
    fc.oneof(
      fc.constantFrom(0, 0.25, 0.5, 3).map((seconds) => [sleep(seconds)]),
      fc.nat(19).map((n) => [line(n + 1)]),
      fc
        .nat(1)
        .map((resource): Act[] => [{ do: 'acquire', resource }, line(3), sleep(0.5), { do: 'release', resource }]),
    ),
    { minLength: 2, maxLength: 6 },
  );
  return fc
    .tuple(fc.constantFrom(10, 200, 1000), fc.array(behaviour, { minLength: 3, maxLength: 5 }), fc.boolean())
    .map(([count, behaviours, cancels]) => {
      // A round of a behaviour is some thirty events; the rest follows from how many tasks share them.
      const rounds = Math.max(1, Math.round(events / count / 30));
      const body = (n: number): Body =>
        function* () {
          const acts = behaviours[n % behaviours.length] ?? [];
          for (let round = 0; round < rounds; round++) for (const part of acts) yield* part;
        };
      return record(
        function* () {
          const ids: number[] = [];
          for (let n = 0; n < count; n++)
            ids.push(yield { do: 'spawn', coro: 'worker', args: [['n', String(n)]], body: body(n) });
          yield line(1);
          yield sleep(1);
          if (cancels) for (const id of ids.filter((one) => one % 7 === 0)) yield { do: 'cancel', task: id };
          for (const id of ids) yield { do: 'join', task: id };
        },
        [
          { kind: 'Semaphore', label: 'sem', value: 20 },
          { kind: 'Lock', label: 'lock', value: 1 },
        ],
      );
    });
}
