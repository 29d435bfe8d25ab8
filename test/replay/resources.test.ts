import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { JSDOM } from 'jsdom';
import { describe, expect, test } from 'vitest';
import { pictureOf } from '../../src/replay/picture.ts';
import type { Replay } from '../../src/replay/replay.ts';
import { writeSvg } from '../../src/replay/write.ts';
import { open, recordings } from './programs.ts';

const cases = join(import.meta.dirname, '..', 'cases');
const recorded = (name: string) => open(readFileSync(join(cases, name, '3-trace.jsonl'), 'utf8'));

function picture(replay: Replay, index: number): Document {
  const svg = writeSvg(pictureOf(replay, index, { layout: 'wide', width: 1776, height: 912 }));
  return new JSDOM(svg).window.document;
}

/** What a part of the picture says at each stop, without repetitions. */
function story(replay: Replay, selector: string): readonly string[] {
  const told = replay.stops.map((stop) =>
    [...picture(replay, stop).querySelectorAll(selector)].map((node) => node.textContent).join(' '),
  );
  return told.filter((text, n) => text !== told[n - 1]);
}

describe('resources', () => {
  test('a semaphore has in its slots whom its state names, and nobody changes places', () => {
    const check = (replay: Replay) => {
      const before = new Map<string, number>();
      for (const stop of replay.stops) {
        for (const resource of replay.stateAt(stop).resources.values()) {
          const seats = replay.cast.seatings.get(resource.id)?.at(stop);
          if (!seats) continue;
          const named = (granted: boolean) =>
            seats.flatMap((seat) => (seat && seat.granted === granted ? [seat.task] : [])).sort((a, b) => a - b);
          expect(named(false)).toEqual([...resource.owners].sort((a, b) => a - b));
          expect(named(true)).toEqual([...resource.granted].sort((a, b) => a - b));
          for (const [n, seat] of seats.entries()) {
            const key = `${resource.id} ${seat?.task}`;
            if (seat && named(false).filter((id) => id === seat.task).length === 1 && !seat.granted) {
              if (before.has(key)) expect(before.get(key)).toBe(n);
              before.set(key, n);
            }
          }
          for (const key of before.keys())
            if (!seats.some((seat) => key === `${resource.id} ${seat?.task}`) && key.startsWith(`${resource.id} `))
              before.delete(key);
        }
      }
    };
    check(recorded('semaphore'));
    fc.assert(
      fc.property(recordings, (recording) => check(open(recording))),
      { numRuns: 20, seed: 3 },
    );
  });

  test('a queue holds as many items as its state counts, next to go first', () => {
    for (const name of readdirSync(cases).filter((name) => /queue/.test(name))) {
      const replay = recorded(name);
      for (const stop of replay.stops)
        for (const resource of replay.stateAt(stop).resources.values()) {
          const items = replay.cast.contents.get(resource.id)?.at(stop, 99);
          if (items) expect(items.length, `${name}, stop ${stop}`).toBe(resource.value);
        }
    }
    expect(story(recorded('priority-queue'), '.permit.item').slice(1, 4)).toEqual([
      '3, 감기',
      '3, 감기 1, 골절',
      '3, 감기 2, 고열 1, 골절',
    ]);
  });

  test('an event is a gate, shut and then open', () => {
    const words = story(recorded('event'), '.resource .none').map((text) => text.split(' ')[0]);
    expect(words.filter((word, n) => word !== words[n - 1])).toEqual(['닫힘', '열림', '닫힘']);
  });

  test('who comes to a barrier last stands in it with the others', () => {
    expect(
      story(recorded('barrier'), '.permit').some((text) => /산/.test(text) && /들/.test(text) && /강/.test(text)),
    ).toBe(true);
  });

  test('what is on its way over the network is told: who asks for what, and the answer', () => {
    const told = story(recorded('aiohttp'), '.transfers');
    expect(told.some((text) => /seoul.*GET \/seoul.*busan.*GET \/busan/.test(text))).toBe(true);
    expect(told.some((text) => /seoul.*200 OK/.test(text))).toBe(true);
    expect(told.at(-1)).toContain('없음');
  });

  test.each([
    // Lines of the note, not of its block.
    ['deadlock', ['10']],
    ['deadlock-event', ['8', '13']],
  ])('%s ends with the lines marked on which tasks wait', (name, lines) => {
    const replay = recorded(name);
    const drawn = picture(replay, replay.stops.at(-1) ?? 0);
    const marked = [...drawn.querySelectorAll('.bar.alert')].map((bar) => Number(bar.getAttribute('y')));
    const numbers = [...drawn.querySelectorAll('.number')].filter((number) =>
      marked.some((y) => Math.abs(Number(number.getAttribute('y')) - y - 24) < 24),
    );
    expect(numbers.map((number) => number.textContent)).toEqual(lines);
  });

  test('connectors are drawn only in the step in which something passes', () => {
    const replay = recorded('semaphore');
    for (const stop of replay.stops) {
      const drawn = [...picture(replay, stop).querySelectorAll('.connector')].length;
      const from = (replay.stops[replay.stops.indexOf(stop) - 1] ?? -1) + 1;
      const events = replay.trace.events.slice(from, stop + 1);
      const passes = events.some(
        (event) => event.k === 'res' || (event.k === 'suspend' && event.on.some((on) => 'resource' in on)),
      );
      expect(drawn > 0, `stop ${stop}`).toBe(passes);
    }
  });
});
