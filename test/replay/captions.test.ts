import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { namesOf } from '../../src/replay/sentences.ts';
import { makeStills } from '../../src/replay/stills.ts';
import { columns } from '../../src/text/width.ts';
import type { TraceEvent } from '../../src/trace/events.ts';
import { record } from './loop.ts';
import { blocking, failing, gather, open, program, recordings, semaphore } from './programs.ts';

describe('stops', () => {
  test('rise, and the last shows the last event', () => {
    fc.assert(
      fc.property(recordings, (recording) => {
        const { stops, trace } = open(recording);
        expect(stops.at(-1)).toBe(trace.events.length - 1);
        for (let n = 1; n < stops.length; n++) expect(stops[n]).toBeGreaterThan(stops[n - 1] ?? 0);
      }),
      { numRuns: 60, seed: 3 },
    );
  });

  test('are never about plumbing', () => {
    const { history, trace } = open(semaphore());
    for (const { event, kind } of history.beats)
      if (kind === 'run') expect(trace.events[event - 1]).not.toMatchObject({ k: 'fire' });
    expect(history.beats.filter(({ kind, task }) => kind === 'run' && task === null)).toEqual([]);
  });

  test('clock() counts them from 1, in words', () => {
    const replay = open(gather());
    const steps = replay.stops.length;
    expect(replay.clock(replay.stops[0] ?? 0)).toEqual({ time: '0.0초', step: 1, steps, text: `1 / ${steps}단계` });
    expect(replay.clock(replay.stops.at(-1) ?? 0)).toMatchObject({ time: '2.0초', step: steps });
    expect(open(gather(), 'en').clock(0)).toMatchObject({ time: '0.0 s', text: `step 1 / ${steps}` });
  });
});

describe('key steps', () => {
  test('of gather tell the lesson in Korean', () => {
    expect(open(gather()).keySteps.map(({ kind, caption }) => [kind, caption])).toEqual([
      ['spawn', 'main이 A, B를 만들어 줄을 세웠다.'],
      ['suspend', 'A가 2초 잠들고, 다음은 B 차례다.'],
      ['advance', '모두 기다린다. 1초가 지나 B가 깨어났다.'],
      ['advance', '1초가 지나 A가 깨어났다.'],
      ['end', '2.0초 만에 모두 끝났다. 차례로 했다면 3.0초.'],
    ]);
  });

  test('of gather tell the lesson in English', () => {
    expect(open(gather(), 'en').keySteps.map(({ caption }) => caption)).toEqual([
      'main creates A and B; they line up as ready.',
      'A sleeps 2 s; B is next.',
      'All wait. After 1 s B wakes.',
      'After 1 s A wakes.',
      'All done in 2.0 s; one after another: 3.0 s.',
    ]);
  });

  test('of a semaphore show contention and waking by release', () => {
    const captions = open(semaphore()).keySteps.map(({ caption }) => caption);
    expect(captions).toContain('빈자리가 없어 C는 세마포어 줄에 선다.');
    expect(captions).toContain('A가 자리를 놓자 C가 깨어났다. 실행은 B 다음이다.');
  });

  test('show blocking, failing and cancelling', () => {
    expect(open(blocking()).keySteps.map(({ kind }) => kind)).toContain('blocked');
    const kinds = open(failing()).keySteps.map(({ kind }) => kind);
    expect(kinds).toContain('raise');
    expect(kinds).toContain('cancel');
  });

  test('are the marked lines, where the author marked any', () => {
    const lines = gather().trimEnd().split('\n');
    const events = lines.slice(1).map((line) => JSON.parse(line));
    const at = events.findIndex((event) => event.k === 'line' && event.task === 3);
    events.splice(at, 0, { ...events[at], k: 'mark', label: 'B가 나선다', site: undefined });
    const marked = [lines[0], ...events.map((event, i) => JSON.stringify({ ...event, i }))].join('\n');
    expect(open(marked).keySteps).toMatchObject([{ kind: 'mark', caption: 'B가 나선다' }]);
  });

  test('are ten at most, among the stops, in order, and never none', () => {
    fc.assert(
      fc.property(recordings, (recording) => {
        const { keySteps, stops } = open(recording);
        expect(keySteps.length).toBeGreaterThan(0);
        expect(keySteps.length).toBeLessThanOrEqual(10);
        const places = keySteps.map(({ index }) => stops.indexOf(index));
        expect(places.every((place, n) => place > (places[n - 1] ?? -1))).toBe(true);
      }),
      { numRuns: 60, seed: 5 },
    );
  });

  test('of a program that only ends are its start and its end', () => {
    const trivial = record(program({ do: 'line', line: 1 }, { do: 'line', line: 2 }));
    expect(open(trivial).keySteps.map(({ kind }) => kind)).toEqual(['start', 'end']);
    expect(open(trivial).caption(1e9)).toBe('끝났다. 기다린 시간은 없다.');
  });
});

/** A recording with events put in front of event `at`, numbered anew. */
function inserted(recording: string, at: (event: TraceEvent) => boolean, ...more: object[]): string {
  const [header = '', ...lines] = recording.trimEnd().split('\n');
  const events = lines.map((line): TraceEvent => JSON.parse(line));
  const index = events.findIndex(at);
  const { t, tick, step } = events[index] ?? { t: 0, tick: 0, step: 0 };
  events.splice(index, 0, ...more.map((event) => ({ t, tick, step, ...event }) as TraceEvent));
  return [header, ...events.map((event, i) => JSON.stringify({ ...event, i }))].join('\n');
}

const captionsOf = (recording: string, lang: 'ko' | 'en' = 'ko') => {
  const replay = open(recording, lang);
  return replay.stops.map((index) => replay.caption(index));
};

describe('captions', () => {
  test('call a task by its number only with the word task', () => {
    const child = (name: string) => ({
      coro: 'f',
      args: [['n', name]] as [string, string][],
      body: program({ do: 'sleep', seconds: 1 }),
    });
    const numbered = record(program({ do: 'gather', children: [child('0'), child('1')] }));
    expect(captionsOf(numbered)).toContain('태스크 0이 1초 잠들고, 다음은 태스크 1 차례다.');
    expect(captionsOf(numbered, 'en')).toContain('main creates tasks 0 and 1; they line up as ready.');
    expect(namesOf(['0', 'A'], 'en').text).toBe('0 and A');
  });

  test('say that code lies elsewhere, and show who is there below the panel', () => {
    const elsewhere = record(program({ do: 'line', line: 40 }, { do: 'sleep', seconds: 1 }));
    expect(captionsOf(elsewhere)).toContain('main이 앞에서 정의한 코드를 실행한다.');
    const replay = open(elsewhere);
    const still = makeStills(replay).find(({ caption }) => caption.includes('잠든다'))?.svg ?? '';
    expect(still).toContain('앞에서 정의한 코드');
    expect(still).not.toMatch(/class="bar"/);
    expect(still).toMatch(/class="badge waiting"[\s\S]*>main</);
    expect(makeStills(open(gather()))[0]?.svg).not.toContain('앞에서 정의한 코드');
  });

  test('do not call an exception that was waited for a result', () => {
    const failed = inserted(failing(), (event) => event.k === 'line' && event.task === 1 && event.site === 5, {
      k: 'raise',
      task: 1,
      site: 1,
      error: { type: 'ValueError', message: 'no' },
    });
    expect(captionsOf(failed)).toContain('main이 이어서 실행된다.');
    expect(captionsOf(failing())).not.toContain('main이 이어서 실행된다.');
  });

  test('tell a release that wakes nobody', () => {
    const alone = record(
      program(
        { do: 'line', line: 2 },
        { do: 'acquire', resource: 0 },
        { do: 'line', line: 3 },
        { do: 'release', resource: 0 },
        { do: 'line', line: 4 },
      ),
      [{ kind: 'Semaphore', label: 'sem', value: 2 }],
    );
    expect(captionsOf(alone)).toContain('main이 자리를 놓았다. 기다리던 태스크는 없다.');
  });

  test('do not count a line that an exception only passes as run again', () => {
    const thrown = record(program({ do: 'line', line: 5 }, { do: 'raise', type: 'ValueError', message: 'no' }));
    const passed = inserted(thrown, ({ k }) => k === 'done', { k: 'line', task: 1, site: 0 });
    expect(captionsOf(passed)).toEqual(captionsOf(thrown));
  });

  test('count what is warned of while raising to the raising', () => {
    const thrown = record(program({ do: 'line', line: 5 }, { do: 'raise', type: 'TypeError', message: 'no' }));
    const warned = inserted(thrown, ({ k }) => k === 'raise', {
      k: 'print',
      task: 1,
      stream: 'stderr',
      text: 'RuntimeWarning: x\n',
    });
    expect(captionsOf(warned)).toEqual(captionsOf(thrown));
  });

  test('end a program that forgot an await with that', () => {
    const text = "sys:1: RuntimeWarning: coroutine 'f' was never awaited\n";
    const forgot = inserted(gather(), ({ k }) => k === 'end', { k: 'print', task: null, stream: 'stderr', text });
    expect(captionsOf(forgot).at(-1)).toBe('끝났지만 f 코루틴 하나는 await하지 않았다.');
  });

  test('are one short sentence at every stop, in both languages', () => {
    fc.assert(
      fc.property(recordings, (recording) => {
        const korean = open(recording);
        const english = open(recording, 'en');
        for (const index of korean.stops) {
          const caption = korean.caption(index);
          expect(caption).toMatch(/[.]$/);
          expect(caption).not.toMatch(/undefined|null|\?/);
          expect(caption.match(/\p{Script=Hangul}/gu)?.length ?? 0).toBeLessThanOrEqual(28);
          expect(english.caption(index)).not.toMatch(/다\.$|undefined/);
        }
        for (const { caption } of english.keySteps) expect(caption.length).toBeLessThanOrEqual(60);
      }),
      { numRuns: 40, seed: 11 },
    );
  });

  const cases = join(import.meta.dirname, '../cases');
  test.each(readdirSync(cases))('of the case %s fit in one line of the picture', (name) => {
    const recording = readFileSync(join(cases, name, '3-trace.jsonl'), 'utf8');
    for (const caption of captionsOf(recording)) expect(columns(caption), caption).toBeLessThanOrEqual(56);
    for (const caption of captionsOf(recording, 'en')) expect(caption.length, caption).toBeLessThanOrEqual(60);
  });
});
