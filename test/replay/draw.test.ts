import fc from 'fast-check';
import { JSDOM } from 'jsdom';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type DrawOptions, drawReplay, stopAt } from '../../src/replay/draw.ts';
import type { Replay } from '../../src/replay/replay.ts';
import { makeStills } from '../../src/replay/stills.ts';
import { record } from './loop.ts';
import { blocking, crowds, failing, gather, open, program, recordings, semaphore } from './programs.ts';

const { document } = new JSDOM('').window;
const wide = { layout: 'wide', width: 1776, height: 912 } as const;
const narrow = { layout: 'narrow', width: 360, height: 680 } as const;

function svg(): SVGSVGElement {
  return document.createElementNS('http://www.w3.org/2000/svg', 'svg');
}

function drawn(replay: Replay, index: number, options: DrawOptions = wide): SVGSVGElement {
  const element = svg();
  drawReplay(element, replay, index, options);
  return element;
}

describe('drawReplay()', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test.each([
    ['gather', gather],
    ['semaphore', semaphore],
    ['blocking', blocking],
    ['failing', failing],
  ])('gives the same picture of %s after any path as after a direct jump', (_, make) => {
    const replay = open(make());
    for (const options of [wide, narrow]) {
      const element = svg();
      const { stops } = replay;
      // Forwards, backwards, in strides: elements come, stay, move and go.
      const path = [...stops.filter((_, n) => n % 2 === 0), ...stops.toReversed().filter((_, n) => n % 3 === 0)];
      for (const index of path) {
        drawReplay(element, replay, index, options);
        expect(element.isEqualNode(drawn(replay, index, options)), `stop ${index}`).toBe(true);
      }
    }
  });

  test('draws arbitrary recordings without a hole in any number', () => {
    fc.assert(
      fc.property(recordings, fc.double({ min: 0, max: 1, noNaN: true }), (recording, place) => {
        const replay = open(recording);
        const index = replay.stops[Math.floor(place * (replay.stops.length - 1))] ?? 0;
        for (const options of [wide, narrow]) {
          const picture = drawn(replay, index, options).outerHTML;
          expect(picture).not.toMatch(/NaN|undefined|Infinity|="-?\d+\.\d{2,}"/);
        }
      }),
      { numRuns: 25, seed: 2 },
    );
  });

  test('schedules nothing when it cuts', () => {
    const replay = open(gather());
    const element = svg();
    for (const index of replay.stops) drawReplay(element, replay, index, wide);
    expect(vi.getTimerCount()).toBe(0);
    for (const node of element.querySelectorAll('*')) expect(node).not.toHaveProperty('__transition');
  });

  test('says its caption to those who cannot see it', () => {
    const replay = open(gather());
    const element = drawn(replay, replay.stops[4] ?? 0);
    expect(element.getAttribute('role')).toBe('img');
    expect(element.getAttribute('aria-label')).toBe(replay.caption(replay.stops[4] ?? 0));
  });

  test('keeps a task one object from the queue into the slot', () => {
    const replay = open(gather());
    const element = svg();
    const cards = () => [...element.querySelectorAll('.card')];
    const ready = replay.stops.findIndex((stop) => replay.stateAt(stop).ready.some(({ task }) => task === 2));
    drawReplay(element, replay, replay.stops[ready] ?? 0, wide);
    const card = cards().find((node) => node.classList.contains('ready') && node.textContent === 'A');
    const running = replay.stops.find((stop) => replay.stateAt(stop).running?.task === 2) ?? 0;
    drawReplay(element, replay, running, wide);
    expect(card?.classList.contains('running')).toBe(true);
    expect(cards().filter((node) => node.classList.contains('running'))).toEqual([card]);
  });

  test('holds the blocked loop apart from running', () => {
    const replay = open(blocking());
    const block = replay.keySteps.find(({ kind }) => kind === 'blocked');
    const element = drawn(replay, block?.index ?? 0);
    expect(element.querySelectorAll('.band').length).toBe(1);
    expect(element.querySelector('.plate')?.textContent).toContain('time.sleep');
    expect(element.querySelector('.card.running.alert')).not.toBeNull();
  });

  test('draws a crowd, and thousands of turns at one instant, with few elements', () => {
    const turns = Array.from({ length: 3000 }, () => ({ do: 'sleep', seconds: 0 }) as const);
    const hurry = record(program({ do: 'gather', children: [{ coro: 'f', args: [], body: program(...turns) }] }));
    const [crowd = ''] = fc.sample(crowds(40_000), { seed: 1, numRuns: 1 });
    for (const replay of [open(hurry), open(crowd)]) {
      for (const share of [0.3, 0.7, 1]) {
        const index = replay.stops[Math.floor(share * (replay.stops.length - 1))] ?? 0;
        for (const axis of ['expanded', 'proportional'] as const) {
          expect(drawn(replay, index, { ...wide, axis }).querySelectorAll('g').length).toBeLessThanOrEqual(400);
          expect(drawn(replay, index, { ...wide, axis }).querySelectorAll('*').length).toBeLessThanOrEqual(700);
          expect(drawn(replay, index, { ...narrow, axis }).querySelectorAll('g').length).toBeLessThanOrEqual(120);
        }
      }
    }
  });

  test('shows panels only for what the trace holds', () => {
    expect(drawn(open(gather()), 1e9).querySelector('.resource')).toBeNull();
    expect(drawn(open(semaphore()), 1e9).querySelectorAll('.permit').length).toBe(2);
  });

  test('stopAt() is the inverse of the scrubber', () => {
    const replay = open(semaphore());
    for (const index of replay.stops) {
      const knob = drawn(replay, index).querySelector('.knob');
      expect(stopAt(replay, Number(knob?.getAttribute('cx')), wide)).toBe(index);
    }
  });
});

describe('makeStills()', () => {
  test('gives a picture for every key step, equal every time', () => {
    const replay = open(semaphore());
    const stills = makeStills(replay);
    expect(stills.map(({ index }) => index)).toEqual(replay.keySteps.map(({ index }) => index));
    expect(stills.map(({ caption }) => caption)).toEqual(replay.keySteps.map(({ caption }) => caption));
    expect(makeStills(open(semaphore()))).toEqual(stills);
    expect(stills[0]?.clock).toMatch(/^0\.0초 · \d+\/\d+단계$/);
  });

  test('writes the very picture that drawReplay() draws', () => {
    for (const make of [gather, semaphore, blocking, failing]) {
      const replay = open(make());
      for (const still of makeStills(replay)) {
        const element = svg();
        drawReplay(element, replay, still.index, wide);
        const { document: page } = new JSDOM(still.svg).window;
        expect(page.querySelector('svg')?.outerHTML.replace(/ xmlns="[^"]*"/, '')).toBe(element.outerHTML);
      }
    }
  });

  test('keeps every picture under 25 kB', () => {
    for (const make of [gather, semaphore, blocking, failing])
      for (const still of makeStills(open(make()))) expect(still.svg.length).toBeLessThan(25_000);
  });

  test('has no id, and so none that two pictures of one page would share', () => {
    for (const still of makeStills(open(semaphore()))) expect(still.svg).not.toMatch(/\bid=|url\(#/);
  });

  test('sets no code below 24 pixels and nothing essential below 26', () => {
    for (const still of makeStills(open(semaphore()))) {
      const element = new JSDOM(still.svg).window.document;
      for (const node of element.querySelectorAll('.lines > text:not(.number)'))
        expect(Number(node.getAttribute('font-size'))).toBeGreaterThanOrEqual(24);
      for (const node of element.querySelectorAll('.caption, .clock, .reason, .card text, .label'))
        expect(Number(node.getAttribute('font-size'))).toBeGreaterThanOrEqual(24);
    }
  });
});
