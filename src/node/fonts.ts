import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { create, type Font } from 'fontkit';
import fontverter from 'fontverter';
import subsetFont from 'subset-font';
import type { Measure } from '../deck/show.ts';
import { textRuns, withoutEmoji } from '../text/emoji.ts';
import { renameFont } from './fontName.ts';
import { contentKey, writeWhole } from './record/cache.ts';

interface Face {
  readonly family: 'Loopreel Sans' | 'Loopreel Mono';
  readonly weight: 400 | 700;
  readonly file: Buffer;
  readonly font: Font;
}

const sources = {
  sans: ['Loopreel Sans', 400, 'pretendard/dist/public/static/alternative/Pretendard-Regular.ttf'],
  sansBold: ['Loopreel Sans', 700, 'pretendard/dist/public/static/alternative/Pretendard-Bold.ttf'],
  mono: ['Loopreel Mono', 400, 'd2coding/fonts/d2coding-full.ttf'],
  monoBold: ['Loopreel Mono', 700, 'd2coding/fonts/d2coding-bold-full.ttf'],
} as const;

/** The four faces of a deck, read from the npm packages that bring them. */
export type Faces = Readonly<Record<keyof typeof sources, Face>>;

/** Reads the static TrueType faces: variable and CFF fonts turn into Type 3 in Chromium's PDFs. */
export async function loadFaces(): Promise<Faces> {
  const require = createRequire(import.meta.url);
  const entries = await Promise.all(
    Object.entries(sources).map(async ([key, [family, weight, path]]) => {
      const file = await readFile(require.resolve(path));
      return [key, { family, weight, file, font: create(file) as Font }] as const;
    }),
  );
  return Object.fromEntries(entries) as Faces;
}

/** Advance widths in em, with emoji 1 em in prose and 2 columns in code; a character without a glyph counts 1 em. */
export function measureWith(faces: Faces): Measure {
  const fonts = { sans: faces.sans.font, 'sans-bold': faces.sansBold.font, mono: faces.mono.font };
  const widths = {
    sans: new Map<string, number>(),
    'sans-bold': new Map<string, number>(),
    mono: new Map<string, number>(),
  };
  return (text, family) => {
    const font = fonts[family];
    const known = widths[family];
    let width = 0;
    for (const run of textRuns(text)) {
      if (run.emoji) width += 1;
      else {
        for (const character of run.text) {
          let advance = known.get(character);
          if (advance === undefined) {
            const point = character.codePointAt(0) ?? 0;
            advance = font.hasGlyphForCodePoint(point)
              ? font.glyphForCodePoint(point).advanceWidth / font.unitsPerEm
              : 1;
            known.set(character, advance);
          }
          width += advance;
        }
      }
    }
    return width;
  };
}

/** Characters that draw nothing and so need no glyph: controls, joiners, variation selectors, the byte order mark. */
const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{M}]/u;

/** The characters of `text` that neither family can draw and that no emoji picture replaces, each once. */
export function missingGlyphs(faces: Faces, text: string): string[] {
  return distinct(withoutEmoji(text)).filter((character) => {
    const point = character.codePointAt(0) ?? 0;
    const drawn = [faces.sans, faces.mono].some(({ font }) => font.hasGlyphForCodePoint(point));
    return !drawn && !invisible.test(character);
  });
}

/** The characters of a text beyond ASCII, each once, sorted; quick on pages of megabytes. */
function distinct(text: string): string[] {
  return [...new Set(text.match(/[^\x00-\x7F]/gu))].sort();
}

const ascii = Array.from({ length: 95 }, (_, n) => String.fromCharCode(32 + n)).join('');

/**
 * A stylesheet of `@font-face` rules with the faces cut down to ASCII and the characters of `text`, held as data URIs,
 * so that a page opened by double click or in a sandboxed frame has its fonts too.
 *
 * @param cacheDirectory Where stylesheets are kept by their characters; null, the default, makes it anew.
 */
export async function fontStylesheet(
  faces: Faces,
  text: string,
  cacheDirectory: string | null = null,
): Promise<string> {
  const characters = ascii + distinct(text).join('');
  if (cacheDirectory === null) return subsetStylesheet(faces, characters);
  const versions = Object.values(faces).map(({ file }) => file.length);
  const path = join(cacheDirectory, 'fonts', `${contentKey(characters, versions)}.css`);
  const cached = await readFile(path, 'utf8').catch(() => undefined);
  if (cached?.endsWith('}\n')) return cached;
  const made = await subsetStylesheet(faces, characters);
  await writeWhole(path, made);
  return made;
}

async function subsetStylesheet(faces: Faces, characters: string): Promise<string> {
  const rules = await Promise.all(
    Object.values(faces).map(async ({ family, weight, file, font }) => {
      const subset = await subsetFont(file, characters, {
        targetFormat: 'sfnt',
        keepFeatures: ['kern'],
        noHinting: true,
      });
      const renamed = renameFont(subset, family, weight === 700 ? 'Bold' : 'Regular', font.copyright ?? '');
      const woff = await fontverter.convert(renamed, 'woff');
      const data = `url(data:font/woff;base64,${woff.toString('base64')}) format('woff')`;
      return `@font-face{font-family:'${family}';font-weight:${weight};font-display:block;src:${data}}`;
    }),
  );
  return `${rules.join('\n')}\n`;
}
