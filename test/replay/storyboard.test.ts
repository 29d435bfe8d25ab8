import { describe, expect, test } from 'vitest';
import type { Replay } from '../../src/replay/replay.ts';
import { makeStoryboard } from '../../src/replay/storyboard.ts';
import { blocking, failing, gather, open, semaphore } from './programs.ts';

const replays: readonly (readonly [string, Replay])[] = [
  ['gather', open(gather())],
  ['semaphore', open(semaphore())],
  ['failing', open(failing(), 'en')],
  ['blocking', open(blocking())],
];

describe.each(replays)('the storyboard of %s', (_, replay) => {
  const { frames, timeline, best } = makeStoryboard(replay);

  test('has a frame for every key step, all of one size, six on a sheet', () => {
    expect(frames).toHaveLength(replay.keySteps.length);
    const boxes = new Set(frames.map((svg) => /viewBox="([^"]*)"/.exec(svg)?.[1]));
    expect(boxes.size).toBe(1);
    expect(Number([...boxes][0]?.split(' ')[3])).toBeLessThanOrEqual(652);
  });

  test('names four frames at most that tell most, of one kind twice only where there are no others', () => {
    const kinds = best.map((frame) => replay.keySteps[frame]?.kind);
    expect(best).toHaveLength(Math.min(4, frames.length));
    expect([...best].sort((a, b) => a - b)).toEqual(best);
    const all = new Set(replay.keySteps.map(({ kind }) => kind));
    expect(new Set(kinds).size).toBe(Math.min(best.length, all.size));
  });

  test('begins each pair before the step that it tells', () => {
    for (const [n, { before, index }] of replay.keySteps.entries()) {
      expect(before, `key step ${n}`).toBeLessThan(index);
      expect(before === -1 || replay.stops.includes(before), `key step ${n}`).toBe(true);
    }
  });

  test('outlines what differs, and nothing where nothing does', () => {
    for (const [n, { before, index }] of replay.keySteps.entries()) {
      const outlines = frames[n]?.match(/class="changed"/g)?.length ?? 0;
      const facts = (at: number) => {
        const { running, ready, blocked, raised, tasks, resources } = replay.stateAt(at);
        return JSON.stringify([
          running?.handle,
          blocked?.i,
          raised?.i,
          ready,
          [...tasks.values()].map((task) => [task.status, task.wait?.i]),
          [...resources],
        ]);
      };
      if (outlines > 0) expect(facts(index), `key step ${n}`).not.toBe(facts(before));
    }
    expect(frames.join('')).toContain('class="changed"');
  });

  test('ends with the whole run to scale, and all that it printed', () => {
    expect(timeline).toContain(replay.data.lang === 'ko' ? '전체 실행' : 'The whole run');
    const text = timeline.replace(/<[^>]*>/g, '');
    for (const event of replay.trace.events)
      if (event.k === 'print') expect(text.includes(event.text.trim()), event.text).toBe(true);
  });
});

test('a burst of new tasks is one pair: before the first, behind the last', () => {
  const replay = open(semaphore());
  const burst = replay.keySteps.find(({ kind }) => kind === 'spawn');
  const count = (at: number) => replay.stateAt(at).tasks.size;
  const made = count(burst?.index ?? 0) - count(burst?.before ?? 0);
  expect(made).toBeGreaterThan(1);
});

describe('the exercise of a storyboard', () => {
  test('asks about what its author asks, and hides the queue wherever it would show', () => {
    const replay = open(semaphore(), 'ko', [{ step: 6, question: '누가 먼저?' }]);
    const { exercise, frames } = makeStoryboard(replay);
    expect(exercise.answers.map(({ question }) => question)[0]).toBe('누가 먼저?');
    const asking = new Set(exercise.answers.map(({ frame }) => replay.keySteps[frame]?.index));
    for (const [n, { before, index }] of replay.keySteps.entries()) {
      const hides = asking.has(index) || asking.has(before);
      expect(exercise.frames[n]?.includes('class="blank"') ?? false, `frame ${n}`).toBe(hides);
      if (hides) expect(exercise.frames[n]).not.toBe(frames[n]);
    }
  });

  test('elsewhere asks where several stand in a queue that has changed, never in two neighbours', () => {
    const replay = open(semaphore());
    const asking = makeStoryboard(replay).exercise.answers.map(({ frame }) => frame);
    expect(asking.length).toBeGreaterThan(0);
    for (const [n, frame] of asking.entries()) {
      const step = replay.keySteps[frame];
      const ready = (event: number) => replay.stateAt(event).ready.map(({ handle }) => handle);
      expect(ready(step?.index ?? 0).length).toBeGreaterThan(1);
      expect(ready(step?.index ?? 0)).not.toEqual(ready(step?.before ?? 0));
      expect(frame - (asking[n - 1] ?? -2)).toBeGreaterThan(1);
    }
  });
});
