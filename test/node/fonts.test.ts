import { create } from 'fontkit';
import { expect, test } from 'vitest';
import { fontStylesheet } from '../../src/node/fontStylesheet.ts';
import { loadFaces, measureWith, missingGlyphs } from '../../src/node/fonts.ts';
import { checkGlyphs } from '../../src/node/glyphs.ts';
import { readNote } from '../../src/notes/read.ts';

const faces = await loadFaces();

/** The fonts of a stylesheet, opened. */
async function fontsOf(text: string, lang: string) {
  const css = await fontStylesheet(faces, text, lang);
  return [...css.matchAll(/font-family:'([^']+)';font-weight:(\d+).*?base64,([^)]+)\)/g)].map(
    ([, family = '', weight, data = '']) => {
      const font = create(Buffer.from(data, 'base64'));
      const draws = (character: string) => font.hasGlyphForCodePoint(character.codePointAt(0) ?? 0);
      return { family, weight: Number(weight), font, draws };
    },
  );
}

/** The families that draw a character in a note of a language, in any weight. */
async function drawnBy(character: string, lang: string): Promise<string[]> {
  const found = (await fontsOf(character, lang)).filter(({ draws }) => draws(character)).map(({ family }) => family);
  return [...new Set(found)];
}

test('fontStylesheet() holds four renamed subsets with just the characters asked for', async () => {
  const fonts = await fontsOf('비동기 await', 'ko');
  expect(fonts.map(({ family, weight }) => `${family} ${weight}`)).toEqual([
    'Loopreel Sans 400',
    'Loopreel Sans 700',
    'Loopreel Mono 400',
    'Loopreel Mono 700',
  ]);
  for (const { family, font, draws } of fonts) {
    const named = font as unknown as { familyName: string; postscriptName: string; copyright: string };
    expect(named.familyName).toBe(family);
    expect(named.postscriptName).not.toMatch(/pretendard|d2coding/i);
    expect(named.copyright).toMatch(/Copyright/);
    expect(draws('비')).toBe(true);
    expect(draws('쿄')).toBe(false);
  }
});

test('fontStylesheet() adds renamed static instances of both weights for Han', async () => {
  const han = (await fontsOf('等待의 待つ', 'ko')).filter(({ family }) => family === 'Loopreel Han');
  expect(new Set(han.map(({ weight }) => weight))).toEqual(new Set([400, 700]));
  for (const { font } of han) {
    const inside = font as unknown as { variationAxes: object; postscriptName: string; copyright: string };
    expect(inside.variationAxes).toEqual({});
    expect(inside.postscriptName).toMatch(/^LoopreelHan-/);
    expect(inside.copyright).toMatch(/Adobe|Google/);
  }
  expect(han.filter(({ draws, weight }) => draws('等') && weight === 700)).toHaveLength(1);
  const bold = han.find(({ draws, weight }) => draws('等') && weight === 700);
  const regular = han.find(({ draws, weight }) => draws('等') && weight === 400);
  const outline = (drawing: typeof bold) => {
    const glyph = drawing?.font.glyphForCodePoint('等'.codePointAt(0) ?? 0) as unknown as { path: { toSVG(): string } };
    return glyph.path.toSVG();
  };
  expect(outline(bold)).not.toBe(outline(regular));
});

test('fontStylesheet() draws a sentence of Chinese or Japanese with one font, Korean with its own', async () => {
  expect(await drawnBy('の', 'ja')).toEqual(['Loopreel Han']);
  expect(await drawnBy('。', 'zh-Hant')).toEqual(['Loopreel Han']);
  expect(await drawnBy('の', 'ko')).toEqual(['Loopreel Sans', 'Loopreel Mono']);
  expect(await drawnBy('学', 'en')).toEqual(['Loopreel Han']);
  // D2Coding has the Hanja of Korean notes: code keeps it, prose has it from the fallback.
  expect(await drawnBy('漢', 'ko')).toEqual(['Loopreel Mono', 'Loopreel Han']);
});

test('measureWith() makes Hangul, Han, kana and emoji exactly two columns of code wide', () => {
  for (const lang of ['ko', 'ja', 'zh-Hans', 'zh-Hant', 'en']) {
    const measure = measureWith(faces, lang);
    const column = measure('a', 'mono');
    for (const character of '한漢汉学のア、。「（ー々⏳')
      expect(`${lang} ${character} ${measure(character, 'mono') / column}`).toBe(`${lang} ${character} 2`);
    expect(measure('ｱ', 'mono')).toBe(column);
  }
});

test('measureWith() knows what each family borrows', () => {
  const measure = measureWith(faces, 'ko');
  expect(measure('∀', 'sans')).toBe(measure('∀', 'mono'));
  expect(measure('ệ', 'mono')).toBe(measure('ệ', 'sans'));
  expect(measureWith(faces, 'ja')('「', 'sans')).toBe(1);
  expect(measure('「', 'sans')).toBeLessThan(0.5);
});

test('missingGlyphs() names what would be an empty box, and neither emoji nor what draws nothing', () => {
  expect(missingGlyphs(faces, 'a가→█⏱️👩‍💻\u200B\u0301 学 汉 の', 'ko')).toEqual([]);
  expect(missingGlyphs(faces, 'x \u{13000} \u{13000}', 'ko')).toEqual(['\u{13000}']);
});

test('checkGlyphs() tells of all that is missing in one message at its first place', () => {
  const note = readNote('# 제목\n\n본문 مرحبا\n\n끝 สวัสดี', 'note.md');
  const messages = checkGlyphs(note, faces, note.source, 'ko', []);
  expect(messages.map(({ line, column, reason, fatal }) => ({ line, column, reason, fatal }))).toEqual([
    {
      line: 3,
      column: 4,
      reason:
        'no font has a glyph for `م` (U+0645), `ر` (U+0631), `ح` (U+062D), `ب` (U+0628), `ا` (U+0627), `ส` (U+0E2A) and 2 more characters; also on line 5',
      fatal: true,
    },
  ]);
});

test('missingGlyphs() tells an emoji from its parts, and knows characters beyond the first plane', () => {
  expect(missingGlyphs(faces, '👩‍💻 ⏳ 1️⃣ 🇰🇷 → 가', 'ko')).toEqual([]);
  // An indicator that stands alone is no emoji, though elsewhere it is a part of one.
  expect(missingGlyphs(faces, '1️⃣ 🇰🇷 x🇰x', 'ko')).toEqual(['🇰']);
  expect(missingGlyphs(faces, '𓀀 ⏳ 𓀀 ሀ', 'ko')).toEqual(['ሀ', '𓀀']);
});
