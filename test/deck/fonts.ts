import { readFileSync } from 'node:fs';
import * as fontkit from 'fontkit';
import type { Measure } from '../../src/deck/show.ts';

/** The font files that slides are set in, relative to `node_modules`. */
const fontFiles = {
  sans: 'pretendard/dist/public/static/alternative/Pretendard-Regular.ttf',
  'sans-bold': 'pretendard/dist/public/static/alternative/Pretendard-Bold.ttf',
  mono: 'd2coding/fonts/d2coding-full.ttf',
} as const;

const packages = new URL('../../node_modules/', import.meta.url);

/** Advance widths from the real fonts. */
export function realMeasure(): Measure {
  const open = (file: string) => fontkit.create(readFileSync(new URL(file, packages)));
  const fonts = { sans: open(fontFiles.sans), 'sans-bold': open(fontFiles['sans-bold']), mono: open(fontFiles.mono) };
  const known = new Map<string, number>();
  const advance = (character: string, font: keyof typeof fonts) => {
    const key = font + character;
    const width =
      known.get(key) ??
      fonts[font].glyphForCodePoint(character.codePointAt(0) ?? 0).advanceWidth / fonts[font].unitsPerEm;
    known.set(key, width);
    return width;
  };
  return (text, font) => Array.from(text).reduce((sum, character) => sum + advance(character, font), 0);
}
