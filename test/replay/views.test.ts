import { describe, expect, test } from 'vitest';
import { pictureOf } from '../../src/replay/picture.ts';
import { openReplay } from '../../src/replay/replay.ts';
import { open, semaphore } from './programs.ts';

const { data } = open(semaphore());

/** Names of the panels of the last picture, with these views. */
function panels(layout: 'wide' | 'narrow', views?: readonly string[]): ReadonlySet<string> {
  const replay = openReplay({ ...data, trace: semaphore(), ...(views ? { views } : {}) });
  const size = layout === 'wide' ? { width: 1776, height: 912 } : { width: 360, height: 680 };
  const picture = pictureOf(replay, replay.stops[8] ?? 0, { layout, ...size, scrubber: false });
  return new Set(picture.shapes.filter(({ tag }) => tag === 'g').map(({ key }) => key));
}

describe('views=', () => {
  test('all panels that the trace fills are shown when none is named', () => {
    expect(panels('wide')).toEqual(new Set(['code', 'console', 'thread', 'lanes', 'timers', 'r1', 'cards']));
    expect(panels('narrow')).toEqual(new Set(['thread', 'code', 'rows', 'r1', 'console', 'cards']));
  });

  test.each([
    [['code'], ['code'], ['code']],
    [
      ['lanes', 'console'],
      ['lanes', 'console'],
      ['rows', 'console'],
    ],
    [
      ['thread', 'timers', 'resources'],
      ['thread', 'timers', 'r1', 'cards'],
      ['thread', 'r1', 'cards'],
    ],
  ])('%j shows these and no others', (views, wide, narrow) => {
    expect(panels('wide', views)).toEqual(new Set(wide));
    expect(panels('narrow', views)).toEqual(new Set(narrow));
  });
});
