import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { narrowRows, rowHeight } from '../../src/replay/panels/narrowRows.ts';
import type { Shape } from '../../src/replay/shapes.ts';
import { open } from './programs.ts';

const replayOf = (name: string) =>
  open(readFileSync(join(import.meta.dirname, '../cases', name, '3-trace.jsonl'), 'utf8'));
/** Rows of a picture with room for `count` of them. */
const rowsOf = (name: string, index: (stops: readonly number[]) => number, count: number): readonly Shape[] => {
  const replay = replayOf(name);
  const box = { x: 0, y: 0, width: 360, height: count * rowHeight };
  return narrowRows(replay, replay.stateAt(index(replay.stops)), box, null).shape.children ?? [];
};

describe('narrowRows()', () => {
  test('threads that have work stand below the tasks', () => {
    const keys = rowsOf('thread-pool', (stops) => stops[16] ?? 0, 3).map(({ key }) => key);
    expect(keys[0]).toBe('t1');
    expect(keys.slice(1).every((key) => key.startsWith('x'))).toBe(true);
    expect(keys).toHaveLength(3);
  });

  test('where not all find room, a thread keeps its row and the rest of the tasks are counted', () => {
    const keys = rowsOf('to-thread', (stops) => stops[10] ?? 0, 3).map(({ key }) => key);
    expect(keys).toEqual([expect.stringMatching(/^t/), 'fold', expect.stringMatching(/^x/)]);
  });

  test('the words beside a held thread hide no row', () => {
    const replay = replayOf('blocking');
    const block = replay.trace.events.find(({ k }) => k === 'block')?.i ?? 0;
    const plates = (count: number) =>
      rowsOf('blocking', () => block, count).filter(({ key }) => key === 'plate' || key === 'blocked');
    expect(plates(3).map(({ key }) => key)).toEqual(['blocked']);
    const [band, plate] = plates(5);
    const bottom = Number(band?.children?.[0]?.attributes?.y) + Number(band?.children?.[0]?.attributes?.height);
    expect(Number(plate?.children?.[0]?.attributes?.y)).toBeGreaterThanOrEqual(bottom);
  });
});
