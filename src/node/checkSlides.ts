import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Browser, ProtocolError, TimeoutError } from 'puppeteer-core';
import type { VFileMessage } from 'vfile-message';
import type { Deck } from '../deck/deck.ts';
import { withNoteLines } from '../deck/noteLines.ts';
import { renderScreen } from '../deck/screen.ts';
import type { Note } from '../notes/note.ts';
import { type BrowserChoice, launchBrowser } from './chromium.ts';
import { type DeckDrawer, type DrawnDeck, deckDrawer } from './drawDeck.ts';
import type { Effects } from './effects.ts';
import { UserError } from './errors.ts';
import { fontStylesheet } from './fontStylesheet.ts';
import { withoutFormulas } from './formulas.ts';
import { checkGlyphs } from './glyphs.ts';
import { inspectDeck } from './inspectDeck.ts';
import { visibleText } from './prepare.ts';
import type { BlockRecording } from './record/record.ts';
import { packageRoot } from './root.ts';
import { placeOfSlide, slideMessage, slideMessages } from './slideMessages.ts';
import { slideWarnings } from './slideWarnings.ts';
import { emojiSprite } from './sprite.ts';
import { stylesheet } from './stylesheets.ts';
import type { ThemeChooser } from './theme/choose.ts';
import type { Theme } from './theme/read.ts';

/** A note with what became of its blocks. */
export interface RecordedNote {
  readonly note: Note;
  readonly recorded: readonly BlockRecording[];
}

/** What looking at slides needs. */
export interface SlideOptions {
  readonly cacheDirectory: string | null;
  readonly browser: BrowserChoice;
  readonly themes: ThemeChooser;
}

/**
 * Draws the decks of notes and looks at every slide in a browser.
 *
 * @returns For each note, by its path, what is wrong with its slides. Without a usable browser, which is told once,
 * only what can be known from the text.
 */
export async function checkSlides(
  notes: readonly RecordedNote[],
  options: SlideOptions,
  effects: Effects,
): Promise<ReadonlyMap<string, readonly VFileMessage[]>> {
  // 1. The decks: a note that cannot become one has been told of.
  const drawable = notes.filter(({ note }) => !note.messages.some(({ fatal }) => fatal));
  const drawer = await deckDrawer(
    drawable.map(({ note }) => note),
    options.cacheDirectory,
    false,
    options.browser.cacheDirectory,
  );
  const found = new Map<string, VFileMessage[]>();
  const browser = await openBrowser(options.browser, effects);
  try {
    // 2. One after the other: what does not fit into its share of time is left.
    for (const [n, { note, recorded }] of drawable.entries()) {
      effects.progress('inspect', n, drawable.length);
      const drawn = await drawer.draw(note, recorded);
      // Pictures that are missing have been told of, with or without slides.
      const messages = drawn.problems.filter((problem) => !drawn.images.problems.includes(problem));
      found.set(note.path, messages);
      const { theme } = await options.themes.of(note);
      if (!drawn.deck || !theme) continue;
      messages.push(...slideWarnings(note, drawn.deck, theme, browser ? 'a browser' : 'nobody'));
      const page = await deckPage({
        note,
        deck: drawn.deck,
        theme,
        drawn,
        drawer,
        cacheDirectory: options.cacheDirectory,
      });
      messages.push(...page.problems);
      if (browser) messages.push(...(await lookAt(browser, note, drawn.deck, page)));
    }
    effects.progress('inspect', drawable.length, drawable.length);
  } finally {
    await browser?.close().catch(() => undefined);
  }
  return found;
}

async function openBrowser(choice: BrowserChoice, effects: Effects): Promise<Browser | undefined> {
  try {
    return await launchBrowser(choice);
  } catch (error) {
    // A browser that the user names has to be there.
    if (!(error instanceof UserError) || choice.executable !== undefined) throw error;
    effects.problem(`slides were not looked at: ${error.message} (or say --no-slides)`);
    return undefined;
  }
}

interface DeckToLookAt {
  readonly note: Note;
  readonly deck: Deck;
  readonly theme: Theme;
  readonly drawn: DrawnDeck;
  readonly drawer: DeckDrawer;
  readonly cacheDirectory: string | null;
}

type LookedAt = Parameters<typeof inspectDeck>[1] & { readonly problems: readonly VFileMessage[] };

/** The very page that `build` makes, with the note's lines in it. */
async function deckPage({ note, deck, theme, drawn, drawer, cacheDirectory }: DeckToLookAt): Promise<LookedAt> {
  const { scheme } = note.frontMatter;
  const { sprite, missing } = await emojiSprite(visibleText({ note, deck, shows: drawn.shows }));
  const addresses = { stylesheet: 'deck.css', fonts: 'fonts.css', script: 'deck.js' };
  const page = { ...addresses, sprite, scheme: scheme === 'auto' ? undefined : scheme };
  const plain = renderScreen(deck, page);
  const script = await readFile(join(packageRoot, 'dist', 'browser', 'deck.js'), 'utf8');
  const fonts = await fontStylesheet(drawer.faces, plain + script, deck.lang, cacheDirectory);
  return {
    html: renderScreen(withNoteLines(deck), page),
    script,
    stylesheet: await stylesheet(theme, 'deck'),
    fonts: fonts + drawn.formulas.css,
    images: drawn.images.files,
    problems: checkGlyphs(note, drawer.faces, withoutFormulas(plain, drawn.formulas), deck.lang, missing),
  };
}

async function lookAt(browser: Browser, note: Note, deck: Deck, page: LookedAt): Promise<VFileMessage[]> {
  const bySlide = new Map(deck.slides.map((slide) => [slide.id, slide]));
  const { slides, unfinished } = await inspectDeck(browser, page).catch((error: unknown) => {
    if (!(error instanceof TimeoutError || error instanceof ProtocolError)) throw error;
    return { slides: [], unfinished: deck.slides[0]?.id };
  });
  const messages = slides.flatMap((faults) => {
    const slide = bySlide.get(faults.id);
    return slide ? slideMessages(slide, faults, placeOfSlide(slide, note)) : [];
  });
  const slide = bySlide.get(unfinished ?? '');
  if (!slide) return messages;
  const reason = 'and those behind it were not looked at: the browser took too long, or stopped';
  const fix = 'Check the note alone, or divide it.';
  return [
    ...messages,
    slideMessage(slide, { severity: 'warning', rule: 'slide-unchecked', reason, fix }, placeOfSlide(slide, note)),
  ];
}
