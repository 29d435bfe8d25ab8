import { describe, expect, test } from 'vitest';
import type { CodeLine } from '../../src/replay/data.ts';
import { lineText, wrap } from '../../src/replay/panels/codeRows.ts';
import { knownSetting } from '../../src/replay/panels/codeSetting.ts';
import { openReplay } from '../../src/replay/replay.ts';
import { wideCode } from '../../src/replay/wide.ts';
import { open, semaphore } from './programs.ts';

const { data } = open(semaphore());
const code = (texts: readonly string[]): CodeLine[] => texts.map((text) => [{ text, kind: 'plain' }]);
/** Size, and rows beyond one a line, of code in a panel that is 680 × 740 inside; nobody ever stands in it. */
const set = (texts: readonly string[]) => {
  const trace = semaphore().split('\n').slice(0, 2).join('\n');
  const replay = openReplay({ ...data, trace, code: code(texts) });
  const { size, wrapped } = knownSetting(replay, 680, 740, wideCode);
  return [size, wrapped.flat().length - texts.length];
};
const lines = (count: number, length: number) => Array.from({ length: count }, () => 'x'.repeat(length));

describe('code in a replay', () => {
  test.each([
    ['a few short lines are large', lines(5, 20), [36, 0]],
    ['lines that fill the panel are as large as they fit', lines(15, 20), [36, 0]],
    ['more lines are smaller', lines(19, 20), [30, 0]],
    [
      'a long line in a long code is wrapped and does not make all others small',
      [...lines(8, 20), 'a '.repeat(24)],
      [30, 1],
    ],
    ['a long line in a short code does', [...lines(3, 20), 'a '.repeat(24)], [28, 0]],
    ['but not below that', [...lines(3, 20), 'a '.repeat(26)], [30, 1]],
    ['what is folded anyway is not large', lines(60, 20), [30, 0]],
    ['and wraps nothing', lines(60, 50), [26, 0]],
  ])('%s', (_name, texts, expected) => {
    expect(set(texts)).toEqual(expected);
  });
});

describe('wrap()', () => {
  const rows = (text: string, width: number) =>
    wrap([{ text, kind: 'plain' }], 1, width).map(({ tokens }) => lineText(tokens).trim());

  test('takes a comment down as a whole', () => {
    const line = [
      { text: 'await sleep(1)  ', kind: 'plain' as const },
      { text: '# wait for a second', kind: 'comment' as const },
    ];
    const tokens = wrap(line, 1, 24).map((row) => lineText(row.tokens).trim());
    expect(tokens).toEqual(['await sleep(1)', '# wait for a second']);
  });

  test('keeps closing brackets with what they close', () => {
    expect(rows('    await gather(tick(), rude())', 31)).toEqual(['await gather(tick(),', 'rude())']);
    expect(rows('value = first(second[{}])', 20)).toEqual(['value = first(', 'second[{}])']);
  });
});
