import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { renderEmbedPage } from '../deck/embed.ts';
import { renderIndex } from '../deck/index.ts';
import { renderScreen } from '../deck/screen.ts';
import type { Effects } from './effects.ts';
import { fontStylesheet } from './fonts.ts';
import { checkGlyphs } from './glyphs.ts';
import { type Output, openOutput } from './output.ts';
import { slidePicture } from './places.ts';
import { type Prepared, type PreparedDecks, type PrepareOptions, prepare, visibleText } from './prepare.ts';
import { packageRoot } from './root.ts';
import { emojiSprite } from './sprite.ts';
import { defaultTheme, stylesheet } from './stylesheets.ts';

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

async function addSite(
  { decks, faces, cacheDirectory }: PreparedDecks,
  output: Output,
  effects: Effects,
): Promise<Outcome> {
  // 2. What all pages share is named by its content, so that it can be cached for ever.
  const script = await bundle('deck.js');
  const embedScript = await bundle('embed.js');
  const scriptPath = await addShared(output, script, 'deck.js');
  const embedScriptPath = await addShared(output, embedScript, 'embed.js');

  const interfaceText = script + embedScript;

  // 3. Each deck's own folder.
  const written: Prepared[] = [];
  for (const prepared of decks) {
    const { deck, note } = prepared;
    const sheet = await stylesheet(prepared.theme, 'deck');
    const sheetPath = await addShared(output, sheet, `${prepared.theme}.css`);
    const { sprite, missing } = await emojiSprite(visibleText(prepared));
    const html = renderScreen(deck, {
      stylesheet: `../${sheetPath}`,
      fonts: 'fonts.css',
      script: `../${scriptPath}`,
      sprite,
    });
    const problems = checkGlyphs(note, faces, html, missing);
    effects.messages(note.path, problems);
    if (problems.length > 0) continue;

    const folder = deck.name;
    await output.add(`${folder}/fonts.css`, await fontStylesheet(faces, html + interfaceText, cacheDirectory));
    for (const [path, data] of prepared.images.files) await output.add(`${folder}/${path}`, data);
    for (const recording of prepared.recordings) {
      if (recording.trace !== undefined) await output.add(`${folder}/traces/${recording.id}.jsonl`, recording.trace);
    }
    for (const show of prepared.shows.values()) {
      if (!show.replayJson || !show.stills) continue;
      const page = renderEmbedPage({
        title: (JSON.parse(show.replayJson) as { title: string }).title,
        lang: deck.lang,
        replayJson: show.replayJson,
        stills: show.stills,
        stylesheet: `../../${sheetPath}`,
        fonts: '../fonts.css',
        script: `../../${embedScriptPath}`,
        sprite,
      });
      await output.add(`${folder}/replay/${show.id}.html`, page);
    }
    await output.add(`${folder}/deck.json`, `${JSON.stringify(deckJson(prepared), null, 2)}\n`);
    await output.add(`${folder}/index.html`, html);
    written.push(prepared);
  }

  // 4. The list of decks, and everything moves to its place.
  const indexSheet = await addShared(output, await stylesheet(defaultTheme, 'index'), 'index.css');
  const index = renderIndex({
    decks: written.map(({ deck }) => ({
      name: deck.name,
      title: deck.title,
      lang: deck.lang,
      slides: deck.slides.length,
    })),
    stylesheet: indexSheet,
    fonts: 'fonts.css',
  });
  await output.add('fonts.css', await fontStylesheet(faces, index, cacheDirectory));
  await output.add('index.html', index);
  // Slide pictures beside a deck are the work of `export --png`.
  const folders = new Set(written.map(({ deck }) => deck.name));
  await output.commit((path) => folders.has(path.split('/')[0] ?? '') && !slidePicture.test(path));
  return { decks: written, failed: written.length < decks.length };
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

/** `deck.json`: the deck's slides and what became of each block, for other tools. */
function deckJson({ deck, note, recordings, shows }: Prepared) {
  return {
    title: deck.title,
    lang: deck.lang,
    slides: deck.slides.map(({ id, title, h, v, block }) => ({ id, title, h, v, ...(block ? { block } : {}) })),
    blocks: note.blocks.map(({ id, line }) => {
      const recording = recordings.find((candidate) => candidate.id === id);
      return {
        id,
        line,
        status: recording?.status ?? 'skipped',
        ...(recording?.reason === undefined ? {} : { reason: recording.reason }),
        ...(recording?.trace === undefined ? {} : { trace: `traces/${id}.jsonl` }),
        stdout: recording?.stdout ?? '',
        ...(shows.get(id)?.error === undefined ? {} : { error: shows.get(id)?.error?.text }),
      };
    }),
  };
}
