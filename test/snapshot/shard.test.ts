import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { UsageError } from '../../src/node/errors.ts';
import { parseShard, shareOf } from '../../src/node/snapshot/shard.ts';

describe('parseShard()', () => {
  test('reads a share of a whole', () => {
    expect(parseShard('2/5')).toEqual({ number: 2, of: 5 });
    expect(parseShard('1/1')).toEqual({ number: 1, of: 1 });
  });

  test.each(['3/2', '0/2', '1/0', '1', '1/', '/2', '-1/2', '1.5/2', '1/2/3', ' 1/2', 'a/b', '', '01/2', '1/9999999'])(
    'refuses %j',
    (text) => {
      expect(() => parseShard(text)).toThrow(UsageError);
    },
  );
});

describe('shareOf()', () => {
  const weights = fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 60 });

  test('gives each item to one share, in order', () => {
    fc.assert(
      fc.property(weights, fc.integer({ min: 1, max: 12 }), (items, of) => {
        const named = items.map((weight, n) => ({ n, weight }));
        const shares = Array.from({ length: of }, (_, k) =>
          shareOf(named, { number: k + 1, of }, ({ weight }) => weight),
        );
        expect(shares.flat()).toEqual(named);
      }),
    );
  });

  test('makes shares that take alike long', () => {
    fc.assert(
      fc.property(weights, fc.integer({ min: 1, max: 12 }), (items, of) => {
        const total = items.reduce((sum, weight) => sum + weight, 0);
        for (let number = 1; number <= of; number++) {
          const share = shareOf(items, { number, of }, (weight) => weight).reduce((sum, weight) => sum + weight, 0);
          expect(share).toBeLessThanOrEqual(total / of + 30);
        }
      }),
    );
  });
});
