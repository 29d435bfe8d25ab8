import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type Font, openFont } from './fontFile.ts';

/** A piece of a fallback font: the packages bring each font as a hundred small files, cut by how often it is used. */
interface Piece {
  /** `sc-119`, which names the piece in caches. */
  readonly name: string;
  /** A variable font (WOFF2) whose one axis is the weight. */
  readonly file: Buffer;
  readonly copyright: string;
}

/** Where the characters come from that Pretendard and D2Coding lack. Pieces are read when a character asks for them. */
export interface HanFonts {
  /** The piece that draws a character in a note of this language (BCP 47); undefined when there is none. */
  piece(character: string, lang: string): Piece | undefined;
}

/** Characters that only Chinese and Japanese need, all of them one em wide but halfwidth kana. */
const han =
  /[\u2E80-\u2FFF\u3000-\u3130\u3190-\u4DBF\u4E00-\u9FFF\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFFE6]|[\u{20000}-\u{3FFFD}]/u;
const halfwidth = /[\uFF61-\uFFDC]/u;

/**
 * Packages in the order of preference. Korean writes Han as Japan does rather than as China simplified it; a language
 * that writes none quotes Chinese more often.
 */
const fontsOf: Readonly<Record<string, readonly string[]>> = { ja: ['jp', 'sc'], ko: ['jp', 'sc'] };
const otherwise = ['sc', 'jp'] as const;

/**
 * What comes from the fallback although our own fonts may have it, so that the characters of one sentence look alike:
 * D2Coding draws 4,620 Han characters, in their Korean shapes.
 */
const preferred: Readonly<Record<string, RegExp | undefined>> = { ja: han, zh: han, ko: undefined };

/** Whether a character comes from the fallback even when our own fonts have it. */
export function prefersHan(character: string, lang: string): boolean {
  const language = languageOf(lang);
  const pattern = language in preferred ? preferred[language] : /\p{Script=Han}/u;
  return pattern?.test(character) ?? false;
}

/** Width in em of a character of the fallback. */
export function hanWidth(character: string): number {
  return halfwidth.test(character) ? 0.5 : 1;
}

/** Noto Sans for simplified Chinese and for Japanese, from the npm packages that bring them. */
export function hanFonts(): HanFonts {
  const packages = new Map<string, HanPackage>();
  return {
    piece(character, lang) {
      if (!han.test(character)) return undefined;
      for (const key of fontsOf[languageOf(lang)] ?? otherwise) {
        const found = packages.get(key) ?? hanPackage(key);
        packages.set(key, found);
        const piece = found(character.codePointAt(0) ?? 0);
        if (piece) return piece;
      }
      return undefined;
    },
  };
}

type HanPackage = (point: number) => Piece | undefined;

function hanPackage(key: string): HanPackage {
  const require = createRequire(import.meta.url);
  const list = require.resolve(`@fontsource-variable/noto-sans-${key}/unicode.json`);
  const ranges = Object.entries(JSON.parse(readFileSync(list, 'utf8')) as Record<string, string>);
  const names = new Map<number, string>();
  for (const [name, text] of ranges) {
    for (const range of text.split(',')) {
      const [from = 0, to = from] = range
        .slice('U+'.length)
        .split('-')
        .map((hex) => Number.parseInt(hex, 16));
      for (let point = from; point <= to; point++) names.set(point, name.replace(/[[\]]/g, ''));
    }
  }
  const opened = new Map<string, Piece & { readonly font: Font }>();
  return (point) => {
    const name = names.get(point);
    if (name === undefined) return undefined;
    let piece = opened.get(name);
    if (!piece) {
      const file = readFileSync(join(dirname(list), 'files', `noto-sans-${key}-${name}-wght-normal.woff2`));
      const font = openFont(file);
      piece = { name: `${key}-${name}`, file, font, copyright: font.copyright };
      opened.set(name, piece);
    }
    // The lists promise a few characters that the files lack.
    return piece.font.has(point) ? piece : undefined;
  };
}

function languageOf(lang: string): string {
  return lang.toLowerCase().split('-')[0] ?? '';
}
