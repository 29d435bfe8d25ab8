import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Measure } from '../deck/show.ts';
import { breaksOf } from '../text/breaks.ts';
import { emojiSpans, textRuns, withoutEmoji } from '../text/emoji.ts';
import { type Font, openFont } from './fontFile.ts';
import { type HanFonts, hanFonts, hanWidth, prefersHan } from './hanFonts.ts';

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

/** The fonts of decks: our own four faces, read from the npm packages that bring them, and what those lack. */
export type Faces = Readonly<Record<keyof typeof sources, Face>> & { readonly han: HanFonts };

/** Their names. */
export const ownFaces = Object.keys(sources) as (keyof typeof sources)[];

/** Reads the static TrueType faces: variable and CFF fonts turn into Type 3 in Chromium's PDFs. */
export async function loadFaces(): Promise<Faces> {
  const require = createRequire(import.meta.url);
  const entries = await Promise.all(
    Object.entries(sources).map(async ([key, [family, weight, path]]) => {
      const file = await readFile(require.resolve(path));
      return [key, { family, weight, file, font: openFont(file) }] as const;
    }),
  );
  return { ...Object.fromEntries(entries), han: hanFonts() } as Faces;
}

/**
 * Advance widths in em, with emoji 1 em in prose and 2 columns in code. What a family lacks comes from the fallback for
 * Han, then from the other family, as in the themes' font stacks; a character without any glyph counts 1 em.
 *
 * @param lang The note's, BCP 47.
 */
export function measureWith(faces: Faces, lang: string): Measure {
  const stacks = {
    sans: [faces.sans.font, faces.mono.font],
    'sans-bold': [faces.sansBold.font, faces.monoBold.font],
    mono: [faces.mono.font, faces.sans.font],
  };
  const widths = {
    sans: new Map<string, number>(),
    'sans-bold': new Map<string, number>(),
    mono: new Map<string, number>(),
  };
  const advanceOf = (character: string, [first, second]: readonly Font[]): number => {
    const point = character.codePointAt(0) ?? 0;
    const own = first?.has(point);
    if ((!own || prefersHan(character, lang)) && faces.han.piece(character, lang)) return hanWidth(character);
    const font = own ? first : second?.has(point) ? second : undefined;
    return font ? font.advance(point) : 1;
  };
  const measure = (text: string, family: keyof typeof stacks) => {
    const known = widths[family];
    let width = 0;
    for (const run of textRuns(text)) {
      if (run.emoji) width += 1;
      else {
        for (const character of run.text) {
          let advance = known.get(character);
          if (advance === undefined) {
            advance = advanceOf(character, stacks[family]);
            known.set(character, advance);
          }
          width += advance;
        }
      }
    }
    return width;
  };
  return Object.assign(measure, { breaks: breaksOf(lang) });
}

/** Characters that draw nothing and so need no glyph: controls, joiners, variation selectors, the byte order mark. */
const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{M}]/u;

/** The characters of `text` that no font can draw and that no emoji picture replaces, each once. */
export function missingGlyphs(faces: Faces, text: string, lang: string): string[] {
  const undrawn = distinct(text).filter((character) => {
    if (invisible.test(character)) return false;
    const point = character.codePointAt(0) ?? 0;
    return ![faces.sans, faces.mono].some(({ font }) => font.has(point)) && !faces.han.piece(character, lang);
  });
  if (undrawn.length === 0) return [];
  const spans = emojiSpans(text).join('\n');
  const [inSpans, bare] = [new Set(spans), new Set(withoutEmoji(spans))];
  return undrawn.filter((character) => bare.has(character) || !inSpans.has(character));
}

/** The characters of a text beyond ASCII, each once, sorted; quick on pages of megabytes. */
export function distinct(text: string): string[] {
  const seen = new Uint8Array(0x10000);
  const found = new Set<string>();
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit < 0x80 || seen[unit] === 1) continue;
    const character = String.fromCodePoint(text.codePointAt(at) ?? unit);
    found.add(character);
    // A half of a pair says little: others begin with it too.
    if (character.length === 1) seen[unit] = 1;
    else at++;
  }
  return [...found].sort();
}
