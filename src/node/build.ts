import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { renderEmbedPage } from '../deck/embed.ts';
import { renderIndex } from '../deck/index.ts';
import { renderScreen } from '../deck/screen.ts';
import type { Note } from '../notes/note.ts';
import { deckJson, listedDecks } from './deckJson.ts';
import type { Effects } from './effects.ts';
import { fontStylesheet } from './fontStylesheet.ts';
import { withoutFormulas } from './formulas.ts';
import { checkGlyphs } from './glyphs.ts';
import { deadLinks } from './links.ts';
import { type Output, openOutput } from './output.ts';
import { isExported } from './places.ts';
import { type Prepared, type PreparedDecks, type PrepareOptions, prepare, visibleText } from './prepare.ts';
import { asWarning, byLine } from './problems.ts';
import { deadRelativeLinks } from './relativeLinks.ts';
import { packageRoot } from './root.ts';
import { emojiSprite } from './sprite.ts';
import { stylesheet } from './stylesheets.ts';
import type { Scheme } from './theme/read.ts';

/** What `loopreel build` takes. */
export interface BuildOptions extends PrepareOptions {
  /** Folder that the site is written to. */
  readonly out: string;
}

/** What a command did: the decks that it wrote, and whether something was wrong. */
export interface Outcome {
  readonly decks: readonly Prepared[];
  readonly failed: boolean;
}

/**
 * Notes to a site: `DIR/index.html`, and for each note `DIR/<name>/` with the deck, its traces, its replays' own
 * pages and `deck.json`. The whole story of Loopreel, in order.
 */
export async function build(options: BuildOptions, effects: Effects): Promise<Outcome> {
  // 1. Notes are read, their blocks run, the recordings drawn, the slides laid out.
  const prepared = await prepare(options, effects);
  return writeSite(prepared, options.out, effects);
}

/** Writes the site of decks that are ready; what was there before stays whole until everything is made. */
export async function writeSite(prepared: PreparedDecks, out: string, effects: Effects): Promise<Outcome> {
  if (prepared.decks.length === 0) return prepared;
  const output = await openOutput(out);
  try {
    const outcome = await addSite(prepared, output, effects);
    return { ...outcome, failed: prepared.failed || outcome.failed };
  } finally {
    await output.discard();
  }
}

async function addSite(prepared: PreparedDecks, output: Output, effects: Effects): Promise<Outcome> {
  // 2. What all pages share is named by its content, so that it can be cached for ever.
  const script = await bundle('deck.js');
  const embedScript = await bundle('embed.js');
  const shared = {
    ...prepared,
    script: await addShared(output, script, 'deck.js'),
    embedScript: await addShared(output, embedScript, 'embed.js'),
    interfaceText: script + embedScript,
  };
  // Authors' own pages name this one: it keeps its name.
  await output.add('assets/embed.js', embedScript);

  // 3. Each deck's own folder.
  const written: Prepared[] = [];
  for (const deck of prepared.decks) if (await addDeck(deck, shared, output, effects)) written.push(deck);

  if (written.length === 0) return { decks: [], failed: true };

  // 4. The list of decks, those of earlier runs among them, and everything moves to its place.
  const listed = written.map(({ deck: { name, title, lang, slides } }) => ({
    name,
    title,
    lang,
    slides: slides.length,
  }));
  const folders = new Set(listed.map(({ name }) => name));
  const earlier = await listedDecks(output, folders);
  const names = new Set([...folders, ...earlier.map(({ name }) => name)]);
  for (const { note } of written) {
    const nowhere = (await deadRelativeLinks(note)).map(asWarning);
    const told = new Set(nowhere.map(({ actual }) => `${actual}`));
    effects.messages(note.path, [...nowhere, ...deadLinks(note, names, told)].sort(byLine));
  }
  const index = renderIndex({
    decks: [...listed, ...earlier].sort((a, b) => (a.name < b.name ? -1 : 1)),
    stylesheet: await addShared(output, await stylesheet(prepared.theme, 'index'), 'index.css'),
    fonts: 'fonts.css',
  });
  await output.add('fonts.css', await fontStylesheet(prepared.faces, index, 'en', prepared.cacheDirectory));
  await output.add('index.html', index);
  await output.commit((path) => {
    const [folder = ''] = path.split('/');
    // Earlier decks may still need earlier assets; what lies in the folder may be the work of `export`.
    return folder === 'assets' ? earlier.length === 0 : folders.has(folder) && !isExported(path);
  });
  return { decks: written, failed: written.length < prepared.decks.length };
}

/** What the decks of one run have in common: the addresses of the scripts, and all that those may write. */
interface SharedParts extends PreparedDecks {
  readonly script: string;
  readonly embedScript: string;
  readonly interfaceText: string;
}

/** Adds one deck's folder; false, and told, when it holds a character that no font can draw. */
async function addDeck(prepared: Prepared, shared: SharedParts, output: Output, effects: Effects): Promise<boolean> {
  const { deck, note } = prepared;
  const sheet = await addShared(output, await stylesheet(prepared.theme, 'deck'), `${prepared.theme.name}.css`);
  const { sprite, missing } = await emojiSprite(visibleText(prepared));
  const scheme = fixedScheme(note);
  const page = { scheme, stylesheet: `../${sheet}`, fonts: 'fonts.css', script: `../${shared.script}`, sprite };
  const html = renderScreen(deck, page);
  const embeds = new Map<string, string>();
  for (const { id, replayJson, stills } of prepared.shows.values()) {
    if (!replayJson || !stills) continue;
    const { title } = JSON.parse(replayJson) as { title: string };
    const addresses = {
      stylesheet: `../../${sheet}`,
      fonts: '../fonts.css',
      script: `../../${shared.embedScript}`,
    };
    embeds.set(id, renderEmbedPage({ scheme, title, lang: deck.lang, replayJson, stills, sprite, ...addresses }));
  }
  // Every page of the folder has the same fonts, so all that any of them shows counts.
  const text = [html, ...embeds.values()].join('\n');
  const problems = checkGlyphs(note, shared.faces, withoutFormulas(text, prepared.formulas), deck.lang, missing);
  effects.messages(note.path, problems);
  if (problems.length > 0) return false;

  const folder = deck.name;
  await output.add(
    `${folder}/fonts.css`,
    (await fontStylesheet(shared.faces, text + shared.interfaceText, deck.lang, shared.cacheDirectory)) +
      prepared.formulas.css,
  );
  for (const [path, data] of prepared.images.files) await output.add(`${folder}/${path}`, data);
  for (const { id, trace } of prepared.recordings) {
    if (trace !== undefined) await output.add(`${folder}/traces/${id}.jsonl`, trace);
  }
  for (const [id, embed] of embeds) await output.add(`${folder}/replay/${id}.html`, embed);
  await output.add(`${folder}/deck.json`, `${JSON.stringify(deckJson(prepared), null, 2)}\n`);
  await output.add(`${folder}/index.html`, html);
  return true;
}

/** The scheme that a note keeps; undefined where it is the reader's. */
function fixedScheme({ frontMatter: { scheme } }: Note): Scheme | undefined {
  return scheme === 'auto' ? undefined : scheme;
}

/** Reads a bundle of the page's code that the package brings. */
async function bundle(name: string): Promise<string> {
  return readFile(join(packageRoot, 'dist', 'browser', name), 'utf8');
}

async function addShared(output: Output, content: string, name: string): Promise<string> {
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 10);
  const path = `assets/${hash}-${name}`;
  await output.add(path, content);
  return path;
}
