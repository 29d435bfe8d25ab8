import { describe, expect, test } from 'vitest';
import { countLines, parts, type Run, widths } from '../../src/deck/wrap.ts';
import { type Breaks, breaksOf } from '../../src/text/breaks.ts';

/** Every character is one em wide, a space too. */
const measure = (breaks: Breaks) => Object.assign((text: string) => Array.from(text).length, { breaks });
const run = (text: string, padding = 0): Run => ({ text, font: 'sans', size: 1, padding });
const lines = (text: string, width: number, breaks: Breaks) => countLines([run(text)], width, measure(breaks));

test('breaksOf() lets only Chinese break between characters, and Japanese between phrases', () => {
  expect(['ko', 'en', 'de', 'ja', 'zh', 'zh-Hant-TW', 'jam'].map(breaksOf)).toEqual([
    'words',
    'words',
    'words',
    'phrases',
    'characters',
    'characters',
    'words',
  ]);
});

describe('countLines()', () => {
  test('keeps Korean words whole', () => {
    expect(lines('이벤트 루프는 하나', 5, 'words')).toBe(3);
  });

  test('breaks between characters of Chinese and Japanese', () => {
    expect(lines('事件循环取出任务', 4, 'characters')).toBe(2);
    expect(lines('あいうえお', 3, 'characters')).toBe(2);
  });

  test.each([
    ['a closing mark', '等网络，等磁盘', 3, 3],
    ['a small kana', 'あいちょうど', 3, 3],
    ['the long mark', 'あいカード', 3, 2],
    ['an iteration mark', 'ああ人々は', 3, 2],
  ])('does not begin a line with %s', (_name, text, width, expected) => {
    expect(lines(text, width, 'characters')).toBe(expected);
  });

  test('does not end a line with an opening bracket', () => {
    // 「 goes down with 中, the closing one stays with it.
    expect(lines('ああ「中」', 3, 'characters')).toBe(2);
    expect(lines('ああ「中中」', 3, 'characters')).toBe(3);
  });

  test('keeps Latin words whole between characters, and parts them from these', () => {
    expect(lines('遇到await停下', 6, 'characters')).toBe(3);
    expect(lines('遇到await停下', 7, 'characters')).toBe(2);
  });

  test('breaks between characters across runs, code with its padding included', () => {
    expect(countLines([run('止まる'), run('await', 0.5), run('で')], 6, measure('characters'))).toBe(3);
    expect(countLines([run('止まる'), run('await', 0.5), run('で')], 9, measure('characters'))).toBe(2);
  });

  test.each([
    ['words with their particles', 'プログラムを書いてください。', ['プログラムを', '書いてください。']],
    ['a polite prefix with its noun', '先にお湯を沸かす', ['先にお湯を', '沸かす']],
    ['brackets with what they hold', '関数「量る」を呼ぶ', ['関数', '「量る」を', '呼ぶ']],
    ['marks with what is before them', 'すぐに、または後で。次へ', ['すぐに、', 'または', '後で。', '次へ']],
  ])('keeps whole in Japanese %s', (_name, text, phrases) => {
    expect(parts(text, 'phrases')).toEqual(phrases);
  });

  test('takes the ideographic space for a character', () => {
    expect(lines('あ　い', 3, 'characters')).toBe(1);
    expect(widths([run('あ　い')], measure('characters')).line).toBe(3);
  });
});

test('widths() gives the widest piece that no break parts', () => {
  expect(widths([run('遇到await，停下')], measure('characters'))).toEqual({ line: 10, word: 6 });
  expect(widths([run('이벤트 루프')], measure('words'))).toEqual({ line: 6, word: 3 });
});
