import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { blocking, gather, open, recordings } from './programs.ts';

describe('the expanded axis', () => {
  test('never runs backwards and ends where the recording ends', () => {
    fc.assert(
      fc.property(recordings, (recording) => {
        const { axis, trace } = open(recording);
        let last = axis.position(-1);
        for (const { i } of trace.events) {
          const position = axis.position(i);
          expect(position).toBeGreaterThanOrEqual(last - 1e-9);
          last = position;
        }
        expect(last).toBeLessThanOrEqual(axis.length);
      }),
      { numRuns: 40, seed: 9 },
    );
  });

  test('gives every instant a column and every passing of time a gap of one width', () => {
    const { axis } = open(gather());
    expect(axis.columns.map(({ nanoseconds }) => nanoseconds)).toEqual([0, 1e9, 2e9]);
    expect(axis.gaps.map(({ nanoseconds, blocked }) => [nanoseconds, blocked])).toEqual([
      [1e9, false],
      [1e9, false],
    ]);
    const widths = axis.gaps.map(({ from, to }) => to - from);
    expect(widths[0]).toBeCloseTo(widths[1] ?? 0);
  });

  test('marks the time that a blocking call took', () => {
    expect(open(blocking()).axis.gaps.filter(({ blocked }) => blocked)).toMatchObject([{ nanoseconds: 2e9 }]);
  });
});

describe('the proportional axis', () => {
  test('makes a second as wide as every other second', () => {
    const replay = open(gather());
    const axis = replay.proportional;
    const half = axis.length / 2;
    expect(axis.gaps.map(({ from, to }) => to - from)).toEqual([half, half]);
    expect(axis.position(replay.trace.events.length - 1)).toBe(replay.axis.length);
  });
});
