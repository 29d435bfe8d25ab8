import { readFileSync } from 'node:fs';
import { create } from 'fontkit';
import { expect, test } from 'vitest';
import { openFont } from '../../src/node/fontFile.ts';

const packages = new URL('../../node_modules/', import.meta.url);

/** Points of all kinds: drawn by both maps (formats 4 and 12), by one, by none, at the ends of ranges. */
const points = [
  ...Array.from({ length: 0x3000 }, (_, n) => n),
  ...Array.from({ length: 800 }, (_, n) => 0xac00 + n * 14),
  ...Array.from({ length: 600 }, (_, n) => 0x4e00 + n * 35),
  ...[0xd7a3, 0xfffd, 0xffff, 0x10000, 0x1f1e6, 0x20000, 0x2a6d6, 0x10fffd],
];

test.each([
  ['TrueType with both maps', 'pretendard/dist/public/static/alternative/Pretendard-Regular.ttf'],
  ['TrueType with the smaller map', 'd2coding/fonts/d2coding-full.ttf'],
  ['a small font', 'katex/dist/fonts/KaTeX_Math-Italic.ttf'],
])('openFont() reads %s as fontkit does', (_, path) => {
  const file = readFileSync(new URL(path, packages));
  const [font, expected] = [openFont(file), create(file)];
  expect(font.copyright).toBe(expected.copyright);
  const drawn = points.filter((point) => font.has(point));
  expect(drawn).toEqual(points.filter((point) => expected.hasGlyphForCodePoint(point)));
  expect(drawn.map((point) => font.advance(point))).toEqual(
    drawn.map((point) => expected.glyphForCodePoint(point).advanceWidth / expected.unitsPerEm),
  );
});

test('openFont() reads which characters a WOFF2 font has', () => {
  for (const piece of ['sc-119', 'jp-119']) {
    const [key] = piece.split('-');
    const path = `@fontsource-variable/noto-sans-${key}/files/noto-sans-${piece}-wght-normal.woff2`;
    const file = readFileSync(new URL(path, packages));
    const [font, expected] = [openFont(file), create(file)];
    expect(font.copyright).toBe(expected.copyright);
    const all = Array.from({ length: 0x9fff }, (_, n) => n);
    const drawn = all.filter((point) => font.has(point));
    expect(drawn.length).toBeGreaterThan(50);
    expect(drawn).toEqual(all.filter((point) => expected.hasGlyphForCodePoint(point)));
  }
});

test('openFont() says what a file lacks', () => {
  const file = Buffer.from(readFileSync(new URL('katex/dist/fonts/KaTeX_Math-Italic.ttf', packages)));
  file.write('xxxx', file.indexOf('cmap'), 'latin1');
  expect(() => openFont(file)).toThrow('the font has no table `cmap`');
});
