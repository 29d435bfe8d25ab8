import { describe, expect, test } from 'vitest';
import { withParticle } from '../../src/text/korean.ts';
import { clip, columns, sansWidth } from '../../src/text/width.ts';

describe('withParticle()', () => {
  test.each([
    ['작업', '이', '작업이'],
    ['태스크', '이', '태스크가'],
    ['A', '이', 'A가'],
    ['L', '은', 'L은'],
    ['M', '을', 'M을'],
    ['3', '을', '3을'],
    ['2', '은', '2는'],
    ['10', '이', '10이'],
    ['작업1', '으로', '작업1로'],
    ['서울', '으로', '서울로'],
    ['집', '으로', '집으로'],
    ['main', '은', 'main은'],
    ['producer', '이', 'producer가'],
    ['quick', '이', 'quick이'],
    ['readline', '이', 'readline이'],
    ['handle', '으로', 'handle로'],
    ['socket', '을', 'socket을'],
    ['write', '이', 'write가'],
    ['TaskGroup', '을', 'TaskGroup을'],
    ['time.sleep', '이', 'time.sleep이'],
    ['ValueError', '으로', 'ValueError로'],
    ['url3', '과', 'url3과'],
    ['‘A 끝!’', '을', '‘A 끝!’을'],
  ] as const)('%s + %s is %s', (word, particle, expected) => {
    expect(withParticle(word, particle)).toBe(expected);
  });
});

describe('widths', () => {
  test('columns() counts Hangul and emoji twice', () => {
    expect(columns('abc')).toBe(3);
    expect(columns('가나')).toBe(4);
    expect(columns('⏳ A')).toBe(4);
    expect(columns('e\u0301')).toBe(1);
  });

  test('sansWidth() is what Pretendard measures', () => {
    expect(sansWidth('가', 100)).toBeCloseTo(86.4);
    expect(sansWidth('main', 100)).toBeCloseTo(83 + 54 + 22 + 56);
    expect(sansWidth('main', 100, 'bold')).toBeGreaterThan(sansWidth('main', 100));
  });

  test('clip() keeps what fits and says that it cut', () => {
    expect(clip('가나다라', 8, columns)).toBe('가나다라');
    expect(clip('가나다라', 7, columns)).toBe('가나다…');
    expect(clip('ab cd', 4, columns)).toBe('ab…');
  });
});
