import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readdressed } from '../deck/readdress.ts';
import { renderAlone } from '../deck/screen.ts';
import type { Effects } from './effects.ts';
import { fontStylesheet } from './fontStylesheet.ts';
import { withoutFormulas } from './formulas.ts';
import { checkGlyphs } from './glyphs.ts';
import { dataUri } from './pictureSize.ts';
import { type Prepared, type PreparedDecks, visibleText } from './prepare.ts';
import { packageRoot } from './root.ts';
import { emojiSprite } from './sprite.ts';
import { stylesheet } from './stylesheets.ts';

/**
 * The live deck as one page with everything inside. Its one script stands in the page and needs no `eval`, so a site
 * with a content security policy may allow it by its hash.
 *
 * @returns The page; undefined, and told, when a character has no glyph.
 */
export async function alonePage(
  prepared: Prepared,
  { faces, cacheDirectory, decks }: PreparedDecks,
  effects: Effects,
): Promise<string | undefined> {
  const { note, theme, images, formulas } = prepared;
  // 1. Links lead to the files of the decks that are made together, pictures stand where they are shown.
  const names = new Set(decks.map(({ deck }) => deck.name));
  const deck = readdressed(prepared.deck, {
    deck: (name) => (names.has(name) ? `${encodeURIComponent(name)}.html` : undefined),
    picture: (path) => {
      const data = images.files.get(path);
      return data && dataUri(data);
    },
  });

  // 2. Fonts for all that the page shows, and that its script may come to show.
  const { sprite, missing } = await emojiSprite(visibleText(prepared));
  const code = await readFile(join(packageRoot, 'dist', 'browser', 'deck.js'), 'utf8');
  const bare = renderAlone(prepared.deck, { css: '', code: '', sprite: '' });
  const problems = checkGlyphs(note, faces, withoutFormulas(bare, formulas), deck.lang, missing);
  effects.messages(note.path, problems);
  if (problems.length > 0) return undefined;
  const fonts = await fontStylesheet(faces, bare + code, deck.lang, cacheDirectory);

  // 3. One page.
  const { scheme } = note.frontMatter;
  const css = fonts + formulas.css + (await stylesheet(theme, 'deck'));
  return renderAlone(deck, { css, code, sprite, scheme: scheme === 'auto' ? undefined : scheme });
}
