import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
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
      ['end', '모두 끝: 2.0초. 차례로 했다면 3.0초다.'],
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
    expect(captions).toContain('A가 자리를 놓자 C가 깨어났다. 하지만 실행은 B 다음이다.');
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

describe('captions', () => {
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
});
