import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeDeck } from '../src/deck/deck.ts';
import { createHighlight } from '../src/deck/highlight.ts';
import { renderPrint } from '../src/deck/print.ts';
import { renderScreen } from '../src/deck/screen.ts';
import { fontStylesheet } from '../src/node/fontStylesheet.ts';
import { loadFaces, measureWith } from '../src/node/fonts.ts';
import { cacheDirectory } from '../src/node/record/cache.ts';
import { type BlockRecording, recordNotes } from '../src/node/record/record.ts';
import { packageRoot } from '../src/node/root.ts';
import { replayData, showOf } from '../src/node/shows.ts';
import { emojiSprite } from '../src/node/sprite.ts';
import { stylesheet } from '../src/node/stylesheets.ts';
import { readNote } from '../src/notes/read.ts';
import type { Still } from '../src/replay/data.ts';
import { openReplay } from '../src/replay/replay.ts';
import { makeStills } from '../src/replay/stills.ts';
import { openChromium } from './chromium.ts';
import { expectGolden, expectPicture, toJson } from './golden.ts';
import { themeNamed } from './themes.ts';

/**
 * Each folder is the flow made visible: a note, and what every station makes of it. A stage is fed the committed files
 * of the stages before it, so that a break points at one stage. Only 3 needs Python, only 7 a browser.
 */
const folder = join(import.meta.dirname, 'cases');
const cases = readdirSync(folder);
const runtimeDirectory = cacheDirectory(packageRoot);
const highlight = await createHighlight();
const faces = await loadFaces();

function open(name: string) {
  const path = (file: string) => join(folder, name, file);
  const text = (file: string) => readFileSync(path(file), 'utf8');
  const note = readNote(text('1-notes.md'), `${name}.md`);
  const block = note.blocks.at(-1);
  if (!block) throw new Error(`${name}/1-notes.md has no block`);
  /** The recording as it was committed. */
  const recording = (): BlockRecording => {
    const trace = text('3-trace.jsonl');
    const events = trace
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((line) => JSON.parse(line));
    const stdout = events
      .filter(({ k, stream }) => k === 'print' && stream === 'stdout')
      .map((event) => event.text)
      .join('');
    const { outcome, error } = events.at(-1);
    const status = ({ ok: 'ran', raised: 'raised', stopped: 'stopped' } as const)[outcome as string];
    if (!status) throw new Error(`${name}/3-trace.jsonl ends with ${JSON.stringify(events.at(-1))}`);
    return {
      id: block.id,
      status,
      stdout,
      trace,
      ...(status === 'stopped' ? { reason: events.at(-2).what } : {}),
      ...(error ? { error: { text: `${error.type}: ${error.message}`, line: block.line + 1, traceback: '' } } : {}),
    };
  };
  const data = () => {
    const made = replayData(note, block, recording(), highlight);
    if (!made) throw new Error(`${name} has nothing to replay`);
    return made;
  };
  const drawn = () =>
    readdirSync(join(folder, name))
      .filter((file) => /^5-still-\d+\.svg$/.test(file))
      .sort();
  const deck = () => {
    const stills: Still[] = drawn().map((file, index) => ({
      index,
      caption: `caption ${index + 1}`,
      clock: `clock ${index + 1}`,
      svg: text(file).trimEnd(),
    }));
    const shows = new Map([[block.id, showOf(recording(), data(), { stills, replayJson: JSON.stringify(data()) })]]);
    return makeDeck(note, { shows, highlight, measure: measureWith(faces, 'ko') });
  };
  /** A page with the names of the files that it took in, where it took them in whole. */
  const abridged = (html: string): string => {
    const trace = JSON.stringify(text('3-trace.jsonl')).replaceAll('<', '\\u003c');
    const withoutStills = drawn().reduce(
      (page, file) => page.replaceAll(text(file).trimEnd(), `<!-- ${file} -->`),
      html,
    );
    return withoutStills.replaceAll(trace, '"3-trace.jsonl"');
  };
  return { path, note, block, data, deck, abridged };
}

let browser: Browser;
let recordings: ReturnType<typeof recordNotes>;
beforeAll(async () => {
  browser = await openChromium();
  // All in one run: starting Python takes longer than recording a case.
  const notes = cases.map((name) => open(name).note);
  recordings = recordNotes(
    notes.map((note) => ({ file: note.path, blocks: note.blocks, network: note.frontMatter.network ?? [] })),
    { cacheDirectory: null, runtimeDirectory },
  );
});
afterAll(async () => browser.close());

describe.each(cases)('%s', (name) => {
  test('2: the note becomes this tree', () => {
    const { path, note } = open(name);
    expect(note.messages).toEqual([]);
    expectGolden(path('2-tree.json'), toJson({ blocks: note.blocks, tree: note.tree }));
  });

  test('3: its block records this trace', async () => {
    const { path, note, block } = open(name);
    const [recorded] = (await recordings).get(note.path)?.filter(({ id }) => id === block.id) ?? [];
    expectGolden(path('3-trace.jsonl'), recorded?.trace ?? '');
  });

  test('4: the trace has these key steps and states', () => {
    const { path, data } = open(name);
    const replay = openReplay(data());
    const states = replay.keySteps.map((step) => ({
      ...step,
      clock: replay.clock(step.index),
      state: replay.stateAt(step.index),
    }));
    expectGolden(path('4-states.json'), toJson(states));
  });

  test('5: the key steps are drawn so', () => {
    const { path, data } = open(name);
    const stills = makeStills(openReplay(data()));
    for (const [n, still] of stills.entries()) {
      expectGolden(path(`5-still-${String(n + 1).padStart(2, '0')}.svg`), `${still.svg}\n`);
    }
    expect(existsSync(path(`5-still-${String(stills.length + 1).padStart(2, '0')}.svg`))).toBe(false);
  });

  test('6: note and stills make this deck', () => {
    const { path, deck, abridged } = open(name);
    const page = { stylesheet: 'deck.css', fonts: 'fonts.css', script: 'deck.js', sprite: '' };
    expectGolden(path('6-deck.html'), abridged(renderScreen(deck(), page)));
  });

  test('7: the replay looks so', async () => {
    const { path, note, deck } = open(name);
    const css = await stylesheet(themeNamed('quiet'), 'print', 'light');
    const { sprite } = await emojiSprite(note.source);
    const bare = renderPrint(deck(), { css: '', sprite });
    const html = renderPrint(deck(), { css: (await fontStylesheet(faces, bare, 'ko')) + css, sprite });
    const page = await browser.newPage();
    try {
      await page.setViewport({ width: 1920, height: 1080, deviceScaleFactor: 2 / 3 });
      await page.setContent(html, { waitUntil: 'load' });
      const replays = await page.$$('section[data-slide].replay');
      const middle = replays[Math.floor(replays.length / 2)];
      if (!middle) throw new Error('no replay was printed');
      expectPicture(path('7-replay.png'), Buffer.from(await middle.screenshot({ optimizeForSpeed: false })));
    } finally {
      await page.close();
    }
  });
});
