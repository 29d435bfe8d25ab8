import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cutFont } from './cutFont.ts';
import { distinct, type Faces, ownFaces } from './fonts.ts';
import { prefersHan } from './hanFonts.ts';
import { contentKey, writeWhole } from './record/cache.ts';

const ascii = Array.from({ length: 95 }, (_, n) => String.fromCharCode(32 + n)).join('');

/** How a page's characters are shared out among the fonts. */
interface Shares {
  /** For our own faces, which leave out what they lack. */
  readonly own: string;
  /** For the fallback, by piece. */
  readonly pieces: ReadonlyMap<
    string,
    { readonly file: Buffer; readonly copyright: string; readonly characters: string }
  >;
}

/**
 * A stylesheet of `@font-face` rules with the faces cut down to ASCII and the characters of `text`, held as data URIs,
 * so that a page opened by double click or in a sandboxed frame has its fonts too. `Loopreel Han` is there only when
 * some character needs it.
 *
 * @param lang The page's language, BCP 47.
 * @param cacheDirectory Where stylesheets are kept by their characters; null, the default, makes it anew.
 */
export async function fontStylesheet(
  faces: Faces,
  text: string,
  lang: string,
  cacheDirectory: string | null = null,
): Promise<string> {
  const shares = share(faces, distinct(text), lang);
  if (cacheDirectory === null) return subsetStylesheet(faces, shares);
  const versions = ownFaces.map((name) => faces[name].file.length);
  const pieces = [...shares.pieces].map(([name, { file, characters }]) => [name, file.length, characters]);
  const path = join(cacheDirectory, 'fonts', `${contentKey(shares.own, [versions, pieces, recipe])}.css`);
  const cached = await readFile(path, 'utf8').catch(() => undefined);
  if (cached?.endsWith('}\n')) return cached;
  const made = await subsetStylesheet(faces, shares);
  await writeWhole(path, made);
  return made;
}

function share(faces: Faces, characters: readonly string[], lang: string): Shares {
  const pieces = new Map<string, { file: Buffer; copyright: string; characters: string }>();
  let own = ascii;
  for (const character of characters) {
    const point = character.codePointAt(0) ?? 0;
    const prefers = prefersHan(character, lang);
    const lacks = ownFaces.some((name) => !faces[name].font.has(point));
    const piece = prefers || lacks ? faces.han.piece(character, lang) : undefined;
    if (!piece || !prefers) own += character;
    if (!piece) continue;
    const { name, file, copyright } = piece;
    pieces.set(name, { file, copyright, characters: (pieces.get(name)?.characters ?? '') + character });
  }
  return { own, pieces };
}

/** Kerning, and figures of one width for where numbers stand below each other. */
const cut = { keepFeatures: ['kern', 'tnum'] } as const;
/** What only vertical text and font menus need. */
const dropTables = ['BASE', 'GPOS', 'GSUB', 'STAT', 'vhea', 'vmtx'];
const weights = [400, 700] as const;
const styles = { 400: 'Regular', 700: 'Bold' } as const;
/** Part of the cache's key. */
const recipe = JSON.stringify([cut, dropTables, weights]);

async function subsetStylesheet(faces: Faces, { own, pieces }: Shares): Promise<string> {
  const rules = ownFaces.map(async (name) => {
    const { family, weight, file, font } = faces[name];
    const naming = { family, style: styles[weight], copyright: font.copyright };
    return fontFace(await cutFont(file, own, cut, naming), family, weight);
  });
  // A piece is a variable font, which Chromium's PDFs would hold as Type 3: each weight becomes a font of its own.
  for (const { file, copyright, characters } of pieces.values()) {
    for (const weight of weights) {
      const family = 'Loopreel Han';
      const instance = { ...cut, dropTables, variationAxes: { wght: weight } };
      const source = cutFont(file, characters, instance, { family, style: styles[weight], copyright });
      rules.push(source.then((src) => fontFace(src, family, weight, characters)));
    }
  }
  return `${(await Promise.all(rules)).join('\n')}\n`;
}

/** @param range Characters that the rule is for; all that the font has by default. */
function fontFace(source: string, family: string, weight: 400 | 700, range?: string): string {
  const points = range && `unicode-range:${Array.from(range, (character) => `U+${hex(character)}`).join(',')};`;
  return `@font-face{font-family:'${family}';font-weight:${weight};font-display:block;${points ?? ''}src:${source}}`;
}

function hex(character: string): string {
  return (character.codePointAt(0) ?? 0).toString(16).toUpperCase();
}
