import { create } from 'fontkit';
import { expect, test } from 'vitest';
import { fontStylesheet, loadFaces, measureWith, missingGlyphs } from '../../src/node/fonts.ts';

const faces = await loadFaces();

test('fontStylesheet() holds four renamed subsets with just the characters asked for', async () => {
  const css = await fontStylesheet(faces, '비동기 await');
  const files = [...css.matchAll(/font-family:'([^']+)';font-weight:(\d+).*?base64,([^)]+)\)/g)];
  expect(files.map(([, family, weight]) => `${family} ${weight}`)).toEqual([
    'Loopreel Sans 400',
    'Loopreel Sans 700',
    'Loopreel Mono 400',
    'Loopreel Mono 700',
  ]);
  for (const [, family, , data] of files) {
    const font = create(Buffer.from(data ?? '', 'base64'));
    const named = font as unknown as { familyName: string; postscriptName: string; copyright: string };
    expect(named.familyName).toBe(family);
    expect(named.postscriptName).not.toMatch(/pretendard|d2coding/i);
    expect(named.copyright).toMatch(/Copyright/);
    expect(font.hasGlyphForCodePoint('비'.codePointAt(0) ?? 0)).toBe(true);
    expect(font.hasGlyphForCodePoint('쿄'.codePointAt(0) ?? 0)).toBe(false);
  }
});

test('measureWith() makes Hangul and emoji exactly two columns of code wide', () => {
  const measure = measureWith(faces);
  expect(measure('한', 'mono')).toBe(2 * measure('a', 'mono'));
  expect(measure('⏳', 'mono')).toBe(2 * measure('a', 'mono'));
});

test('missingGlyphs() names what would be an empty box, and neither emoji nor what draws nothing', () => {
  expect(missingGlyphs(faces, 'a가→█⏱️👩‍💻\u200B\u0301')).toEqual([]);
  expect(missingGlyphs(faces, 'x \u{13000} \u{13000}')).toEqual(['\u{13000}']);
});
