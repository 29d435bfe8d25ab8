import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { Nodes } from 'mdast';
import { toString as plainText } from 'mdast-util-to-string';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Deck, Slide } from '../../src/deck/deck.ts';
import { makeDeck } from '../../src/deck/deck.ts';
import { hastText } from '../../src/deck/hastText.ts';
import { createHighlight } from '../../src/deck/highlight.ts';
import { renderPrint } from '../../src/deck/print.ts';
import { renderScreen } from '../../src/deck/screen.ts';
import type { BlockShow, Highlight } from '../../src/deck/show.ts';
import { readNote } from '../../src/notes/read.ts';
import { realMeasure } from './fonts.ts';

const measure = realMeasure();
let highlight: Highlight;
beforeAll(async () => {
  highlight = await createHighlight();
});

const deckOf = (text: string, shows: readonly BlockShow[] = []): Deck =>
  makeDeck(readNote(text, 'a.md'), { shows: new Map(shows.map((show) => [show.id, show])), highlight, measure });
const titles = (deck: Deck) => deck.slides.map((slide) => slide.title);
const places = (deck: Deck) => deck.slides.map(({ h, v }) => `${h}/${v}`);
const textOf = ({ heading, body }: Slide) => [heading, ...body].map((node) => hastText(node as never)).join(' ');
const html = (deck: Deck) => renderScreen(deck, { stylesheet: 's.css', fonts: 'f.css', script: 'd.js', sprite: '' });
const svg = '<svg xmlns="http://www.w3.org/2000/svg"></svg>';
const stills = ['one', 'two', 'three'].map((caption) => ({ caption, clock: '0 s', svg }));

/** Text that takes more than half of a slide. */
const much = Array.from({ length: 9 }, (_, n) => `- line ${n}`).join('\n');

describe('makeDeck', () => {
  test('makes # the title, ## stacks and ### slides in them', () => {
    const deck = deckOf(`# T\n\nlead\n\n## A\n\n### A1\n\n${much}\n\n### A2\n\ny\n\n## B\n\nz\n`);
    expect(titles(deck)).toEqual(['T', 'A', 'A1', 'A2', 'B']);
    expect(places(deck)).toEqual(['0/0', '1/0', '1/1', '1/2', '2/0']);
    expect(deck.slides.map(({ kind }) => kind)).toEqual(['title', 'section', 'text', 'text', 'text']);
  });

  test('lists on a section slide what is in the section', () => {
    expect(textOf(deckOf(`# T\n\n## A\n\n### A1\n\n${much}\n\n### A2\n\ny\n`).slides[1] as Slide)).toMatch(/A.*A1A2/);
  });

  test('breaks at --- but makes no empty slide', () => {
    expect(titles(deckOf('# T\n\n## A\n\nx\n\n---\n\n## B\n\ny\n\n---\n\nz\n\n---\n'))).toEqual(['T', 'A', 'B', 'B']);
  });

  test('gives ids that are unique and keep Hangul', () => {
    const ids = deckOf('# T\n\n## 세마포어 (Semaphore)\n\nx\n\n## 세마포어 (Semaphore)\n\ny\n').slides.map(
      ({ id }) => id,
    );
    expect(ids).toEqual(['t', '세마포어-semaphore', '세마포어-semaphore--2']);
  });

  test('makes a title slide for a note without headings, from its first numbered item', () => {
    expect(titles(deckOf('1. Coroutines\n\n- x\n\n2. Tasks\n\n- y\n'))).toEqual([
      'Coroutines',
      '1. Coroutines',
      '2. Tasks',
    ]);
  });

  test('puts speaker notes beside the slide, not on it', () => {
    const slide = deckOf('# T\n\n## A\n\nx\n\n:::notes\nsay **this**\n:::\n').slides[1] as Slide;
    expect(slide.notes).toBe('<p>say <strong>this</strong></p>');
    expect(textOf(slide)).not.toContain('say');
  });

  test('turns links to notes into links to decks and leaves others', () => {
    const page = html(deckOf('# T\n\n## A\n\n[a](./b.md) [c](./d) [e](f.png) [g](https://h.i/j.md)\n'));
    expect([...page.matchAll(/<a href="([^"]*)"/g)].map(([, href]) => href)).toEqual([
      '../b/index.html',
      '../d/index.html',
      'f.png',
      'https://h.i/j.md',
    ]);
  });

  test('joins a Korean particle to the bracket or the code before it, so that no line begins with it', () => {
    const page = html(deckOf('# T\n\n## A\n\n작업(API 등)에 쓰는 `gather()`는, `a b`는 `(등)에`\n'));
    const joined = [...page.matchAll(/<span class="joined">(.*?)<\/span>/g)].map(([, inside]) => inside);
    expect(joined).toEqual(['업(', ')에', '<code>gather()</code>는']);
  });

  test('lets no script of a note into the page', () => {
    const page = html(
      deckOf('# T\n\n## A\n\n<script>alert(1)</script>\n\n<img src="x" onerror="alert(2)">\n\n<b onclick="x()">b</b>'),
    );
    expect(page).not.toMatch(/alert|onerror|onclick/);
  });

  test('gives a definition and a footnote to the slide that needs them', () => {
    const page = html(deckOf('# T\n\n## A\n\nsee [x] and this[^1]\n\n[x]: https://x.y\n[^1]: the *note*\n'));
    expect(page).toContain('<a href="https://x.y"');
    expect(page).toMatch(/<p id="user-content-footnote-1" class="footnote"><sup>1<\/sup> the <em>note<\/em>/);
  });
});

describe('a block', () => {
  const note = '# T\n\n## A\n\ntext\n\n```python\nprint(1)\n```\n';

  test('with stills has its code first and its replay behind it', () => {
    const deck = deckOf(note, [{ id: 'b1', status: 'ran', stdout: '1\n', stills, replayJson: '{"a":"</script>"}' }]);
    expect(deck.slides.map(({ kind, block, h, v }) => [kind, block, h, v])).toEqual([
      ['title', undefined, 0, 0],
      ['code', 'b1', 1, 0],
      ['replay', 'b1', 1, 1],
    ]);
    const page = html(deck);
    expect(page.match(/<figure class="still( fragment)?"/g)).toHaveLength(3);
    expect(page.match(/class="still fragment"/g)).toHaveLength(2);
    expect(page).toContain(
      '<script type="application/json" class="loopreel-data" data-block="b1">{"a":"\\u003c/script>"}</script>',
    );
  });

  test('that claims nothing shows what it printed', () => {
    expect(textOf(deckOf(note, [{ id: 'b1', status: 'ran', stdout: 'printed\n' }]).slides[1] as Slide)).toContain(
      'printed',
    );
  });

  test('that claims an output shows the claim only', () => {
    const claiming = `${note}\n출력:\n\n\`\`\`\nclaimed\n\`\`\`\n`;
    const text = textOf(deckOf(claiming, [{ id: 'b1', status: 'ran', stdout: 'printed\n' }]).slides[1] as Slide);
    expect(text).toContain('출력:claimed');
    expect(text).not.toContain('printed');
  });

  test('that raised shows the error and its line as the slide counts', () => {
    const error = { text: 'ValueError: no', line: 8 };
    const text = textOf(deckOf(note, [{ id: 'b1', status: 'raised', stdout: '', error }]).slides[1] as Slide);
    expect(text).toContain('Raised on line 1');
    expect(text).toContain('ValueError: no');
  });

  test("that was not run says why, in the note's language", () => {
    const reason = 'needs the package `requests`, which is not part of Python';
    const korean = note.replace('text', '한국어로 쓴 글');
    const show = [{ id: 'b1', status: 'skipped', reason, stdout: '' }] as const;
    expect(textOf(deckOf(note, show).slides[1] as Slide)).toContain('Not run: needs the package requests');
    expect(textOf(deckOf(korean, show).slides[1] as Slide)).toContain(
      '실행하지 않음: Python에 없는 패키지 requests 필요',
    );
  });
});

describe('what does not fit', () => {
  const long = Array.from({ length: 12 }, (_, n) => `async def f${n}():\n    await g(${n})\n    return ${n}\n`).join(
    '\n',
  );

  test('is cut: code before a definition, with its line numbers going on', () => {
    const deck = deckOf(`# T\n\n## A\n\n\`\`\`python\n${long}\`\`\`\n`);
    expect(titles(deck).slice(1)).toEqual(['A (1/3)', 'A (2/3)', 'A (3/3)']);
    const parts = html(deck).split('<section').slice(-3);
    const openings = parts.map((part) => /data-line="(\d+)">(?:<span[^>]*>)?(async def)?/.exec(part)?.slice(1));
    expect(openings).toEqual([
      ['1', 'async def'],
      ['17', 'async def'],
      ['33', 'async def'],
    ]);
  });

  test('is cut: tables between rows, with the head again', () => {
    const rows = Array.from({ length: 30 }, (_, n) => `| ${n} | x |`).join('\n');
    const deck = deckOf(`# T\n\n## A\n\n| head | b |\n|---|---|\n${rows}\n`);
    expect(deck.slides.length).toBeGreaterThan(2);
    for (const slide of deck.slides.slice(1)) expect(textOf(slide)).toContain('head');
  });

  test('is cut: a row that is higher than a slide, its name again in the second part', () => {
    const cell = Array.from({ length: 60 }, (_, n) => `step ${n};`).join('<br>');
    const deck = deckOf(`# T\n\n## A\n\n| who | what |\n|---|---|\n| Ada | ${cell} |\n| Bob | rests |\n`);
    expect(deck.slides.length).toBeGreaterThan(4);
    const slides = deck.slides.slice(1).map(textOf);
    for (const text of slides) expect(text).toMatch(/who\s*what\s*Ada\s*step/);
    for (let n = 0; n < 60; n++) expect(slides.filter((text) => text.includes(`step ${n};`))).toHaveLength(1);
    expect(slides.at(-1)).toMatch(/Bob\s*rests/);
  });

  test('is cut: an item whose list does not fit, numbers go on behind it', () => {
    const inner = Array.from({ length: 40 }, (_, n) => `   - inner ${n};`).join('\n');
    const deck = deckOf(`# T\n\n## A\n\n1. one\n2. two\n${inner}\n3. three\n`);
    const page = html(deck);
    for (let n = 0; n < 40; n++) expect(page.split(`inner ${n};`)).toHaveLength(2);
    expect(page.match(/--start:2"[^>]*>\s*<li class="continued">/g)?.length).toBeGreaterThan(1);
    expect(textOf(deck.slides[1] as Slide)).toMatch(/one\s*two\s*inner 0/);
  });

  test('is cut rather than set small, when it is text alone; a list stays with the quote that speaks of it', () => {
    const list = (name: string) => `- ${name}\n${`\n> - ${'말이 이어진다 '.repeat(4)}`.repeat(4)}\n`;
    const deck = deckOf(`# T\n\n## A\n\n${['하나', '둘', '셋'].map(list).join('\n')}`);
    expect(titles(deck).slice(1)).toEqual(['A (1/2)', 'A (2/2)']);
    const page = html(deck);
    expect([...page.matchAll(/--text:([\d.]+)px/g)].every(([, size]) => Number(size) >= 36)).toBe(true);
    expect(textOf(deck.slides[1] as Slide).trim()).toMatch(/다$/);
  });

  test('is cut: a long paragraph between sentences', () => {
    const deck = deckOf(`# T\n\n## A\n\n${'This sentence is said again and again. '.repeat(80)}\n`);
    expect(deck.slides.length).toBeGreaterThan(2);
    expect(
      deck.slides
        .slice(1)
        .map(textOf)
        .join(' ')
        .match(/again and again/g),
    ).toHaveLength(80);
  });
});

describe('renderPrint', () => {
  test('gives a heading to the first page of a slide only, and a page to each still', () => {
    const deck = deckOf('# T\n\n## A\n\n```python\nx = 1\n```\n\n:::notes\nsecret\n:::\n', [
      { id: 'b1', status: 'ran', stdout: '', stills, replayJson: '{}' },
    ]);
    const page = renderPrint(deck, { css: '', sprite: '' });
    expect(page.match(/<section/g)).toHaveLength(5);
    expect(page.match(/<h[1-6]/g)).toHaveLength(deck.slides.length);
    expect(page).not.toMatch(/<script|secret|visually-hidden/);
    expect(page.match(/role="img" aria-label="[^"]*: (?:one|two|three)"/g)).toHaveLength(3);
  });
});

const folder = new URL('../../../shared/notes/', import.meta.url);
describe.skipIf(!existsSync(folder))('the five notes', () => {
  const names = existsSync(folder) ? readdirSync(folder) : [];

  test.each(names)('%s loses no text', (name) => {
    const note = readNote(readFileSync(new URL(name, folder), 'utf8'), name);
    const shows = note.blocks.map(
      ({ id }): BlockShow => ({ id, status: 'ran', stdout: 'x\n', stills, replayJson: '{}' }),
    );
    const deck = makeDeck(note, { shows: new Map(shows.map((show) => [show.id, show])), highlight, measure });
    const compact = (text: string) => text.replace(/\s+/g, '');
    const shown = compact(deck.slides.map(textOf).join(' '));
    const pieces = leaves(note.tree)
      .flatMap((piece) => piece.split('\n'))
      .map(compact)
      .filter((piece) => piece !== '');
    expect(pieces.length).toBeGreaterThan(20);
    expect(pieces.filter((piece) => !shown.includes(piece))).toEqual([]);
  });
});

/** Every paragraph, heading, cell and fence of a tree, as text. */
function leaves(node: Nodes): string[] {
  if (node.type === 'code') return [node.value];
  if (['paragraph', 'heading', 'tableCell'].includes(node.type)) return [plainText(node)];
  return 'children' in node ? node.children.flatMap(leaves) : [];
}
