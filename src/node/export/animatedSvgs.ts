import { writeAnimatedSvg } from '../../replay/animatedSvg.ts';
import type { PageData } from '../../replay/data.ts';
import { makeReel, type Reel } from '../../replay/reel.ts';
import { openReplay } from '../../replay/replay.ts';
import type { Effects } from '../effects.ts';
import { fontStylesheet } from '../fontStylesheet.ts';
import { checkGlyphs } from '../glyphs.ts';
import type { Prepared, PreparedDecks } from '../prepare.ts';
import { noteWarning } from '../problems.ts';
import { emojiSprite } from '../sprite.ts';
import { stylesheet } from '../stylesheets.ts';
import type { Scheme } from '../theme/read.ts';
import type { Exporter } from './kinds.ts';

/** A replay as a picture that plays by itself. */
interface DrawnReel {
  /** Id of its show: the block's, or one of a `::replay`. */
  readonly id: string;
  readonly reel: Reel;
  /** A whole file. */
  readonly svg: string;
}

/** How replays are drawn. */
interface ReelLook {
  /** The colours that they keep; by default the reader's. */
  readonly scheme?: Scheme;
  /** Whether only the last key step is, which shows most of it; that there is none is no matter then. Default false. */
  readonly last?: boolean;
}

/** `<deck>/replay/<block>.svg`. */
export const animatedSvgs: Exporter = async (prepared, shared, { output, effects }) => {
  const { scheme } = prepared.note.frontMatter;
  const drawn = await drawReels(prepared, shared, effects, scheme === 'auto' || !scheme ? {} : { scheme });
  if (!drawn) return undefined;
  const paths = drawn.map(({ id }) => `${prepared.deck.name}/replay/${id}.svg`);
  for (const [n, { svg }] of drawn.entries()) await output.add(paths[n] ?? '', svg);
  return paths;
};

/**
 * Draws the replays of a deck, in the order of the note. That there is none is told.
 *
 * @returns Undefined, and told, when a character has no glyph.
 */
export async function drawReels(
  { note, deck, theme, shows }: Prepared,
  { faces, cacheDirectory }: PreparedDecks,
  effects: Effects,
  { scheme, last = false }: ReelLook,
): Promise<DrawnReel[] | undefined> {
  const replays = [...shows.values()].flatMap(({ replayJson }) =>
    replayJson === undefined ? [] : [JSON.parse(replayJson) as PageData],
  );
  const fix =
    'Only a block that ran, and did something over time, has one; `loopreel check` says why others did not run.';
  if (replays.length === 0 && !last)
    effects.messages(note.path, [noteWarning('there is no replay here', 1, 'replay-none', fix)]);
  const css = squeezed(await stylesheet(theme, 'picture', scheme));
  const drawn: DrawnReel[] = [];
  for (const data of replays) {
    const reel = makeReel(openReplay(data), last);
    const { sprite, missing } = await emojiSprite(reel.svg);
    const problems = checkGlyphs(note, faces, reel.svg, deck.lang, missing);
    effects.messages(note.path, problems);
    if (problems.length > 0) return undefined;
    const fonts = await fontStylesheet(faces, reel.svg, deck.lang, cacheDirectory);
    const { id, title } = data;
    drawn.push({ id, reel, svg: writeAnimatedSvg(reel, { title, lang: deck.lang, css: fonts + css, sprite }) });
  }
  return drawn;
}

/** Without comments and white space that means nothing. */
function squeezed(css: string): string {
  return css
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\s*([{};,])\s*/g, '$1')
    .replace(/\n\s*/g, '');
}
