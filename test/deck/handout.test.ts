import { h } from 'hastscript';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Deck, makeDeck } from '../../src/deck/deck.ts';
import { type HandoutKind, renderHandout } from '../../src/deck/handout/handout.ts';
import { qrCode } from '../../src/deck/handout/qr.ts';
import { fillSheets, pagesOf, type Row } from '../../src/deck/handout/sheets.ts';
import { createHighlight } from '../../src/deck/highlight.ts';
import { renderPrint } from '../../src/deck/print.ts';
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
const page = { css: '', sprite: '' };
const handout = (deck: Deck, kind: HandoutKind = 4, exercise = false) =>
  renderHandout(deck, { kind, paper: 'a4', exercise }, page);
const sheetsOf = (html: string) => html.split('<section').slice(1);
const svg = (text = '') => `<svg viewBox="0 0 360 300">${text}</svg>`;

/** A show of a replay with so many frames; the second asks when blank. */
function replayed(count: number): BlockShow {
  const frames = Array.from({ length: count }, (_, n) => svg(`frame ${n}`));
  return {
    id: 'b1',
    status: 'ran',
    stdout: 'told\n',
    stills: frames.map((_, n) => ({ caption: `step ${n}`, clock: '0 s', svg: svg() })),
    storyboard: {
      frames,
      timeline: svg('whole'),
      best: [0, 2],
      exercise: {
        frames: { 1: svg('blank') },
        answers: [{ frame: 1, question: 'Who?', caption: 'step 1', strip: svg('strip') }],
      },
    },
    replayJson: '{"python":"3.14.2"}',
  };
}
const program = '```python\nx = 1\n```\n';

describe('fillSheets()', () => {
  const row = (height: number, more: Partial<Row> = {}): Row => ({ height, above: 5, draw: () => h('p'), ...more });
  const heights = (rows: readonly Row[]) =>
    fillSheets(rows, { width: 100, height: 100 }).map((sheet) => sheet.map(({ height }) => height));

  test('counts the gap above a row, but not on top of a sheet', () => {
    expect(heights([row(50), row(45), row(100)])).toEqual([[50, 45], [100]]);
    expect(heights([row(50), row(46)])).toEqual([[50], [46]]);
  });

  test('keeps a heading with what follows it, or with its first part', () => {
    const heading = row(10, { keepWithNext: true });
    expect(heights([row(60), heading, row(30)])).toEqual([[60], [10, 30]]);
    const long = row(90, { split: (room) => (room < 15 ? undefined : [row(15), row(75)]) });
    expect(heights([row(60), heading, long])).toEqual([[60, 10, 15], [75]]);
    expect(heights([row(80), heading, long])).toEqual([[80], [10, 15], [75]]);
  });

  test('says again what a row that begins a sheet belongs to', () => {
    expect(heights([row(90), row(50, { again: row(7) })])).toEqual([[90], [7, 50]]);
  });

  test('cuts what is longer than a sheet, and lets through what cannot be cut', () => {
    const long = (height: number): Row =>
      row(height, { split: (room) => (height > room ? [row(room), long(height - room)] : undefined) });
    expect(heights([long(230)])).toEqual([[100], [100], [30]]);
    expect(heights([row(130), row(10)])).toEqual([[130], [10]]);
  });

  test('tells on which sheet an id stands first', () => {
    const sheets = fillSheets([row(60, { ids: ['a'] }), row(60, { ids: ['b', 'a'] })], { width: 100, height: 100 });
    const pageOf = pagesOf(sheets);
    expect([pageOf('a'), pageOf('b'), pageOf('c')]).toEqual([1, 2, undefined]);
  });
});

describe('paper', () => {
  const note = '# T\n\n## A\n\n[a](./b.md) [c](https://d.e) [f](#g)\n\n:::notes\n[h](../i.md) [j](https://k.l)\n:::\n';
  const addresses = (html: string) => [...html.matchAll(/<a (?:id="[^"]*" )?href="([^"]*)"/g)].map(([, href]) => href);

  test('keeps addresses that lead somewhere', () => {
    expect(addresses(renderPrint(deckOf(note), page))).toEqual(['https://d.e']);
    expect(addresses(handout(deckOf(note)))).toEqual(['https://d.e', 'https://k.l']);
    expect(handout(deckOf(note))).toMatch(/<a>a<\/a>/);
  });

  test('links to other decks and to live slides where the site is named', () => {
    const deck = deckOf(`---\nsite: https://x.y/z\n---\n\n${note}`);
    expect(addresses(renderPrint(deck, page))).toEqual(['https://x.y/z/b/', 'https://d.e']);
    // The number of a slide leads to it, live.
    expect(addresses(handout(deck))).toContain('https://x.y/z/a/#/1');
  });

  test('names places shortly, whatever their headings are', () => {
    const long = '한글로 된 아주 긴 제목 '.repeat(6).trim();
    const html = renderPrint(
      deckOf(`# T\n\n[x](#${encodeURIComponent('끝')})\n\n## ${long}\n\nx\n\n## 끝\n\ny\n`),
      page,
    );
    const [href = ''] = addresses(html);
    expect(href).toMatch(/^#p\d+$/);
    expect(html).toContain(`<section id="${href.slice(1)}"`);
  });
});

describe('a handout', () => {
  test('has a storyboard with its title on every sheet, as a heading once', () => {
    const deck = deckOf(`# T\n\n## A\n\n${program}`, [replayed(12)]);
    const sheets = sheetsOf(handout(deck));
    const boards = sheets.filter((sheet) => sheet.includes('story-row'));
    expect(boards.length).toBeGreaterThan(1);
    for (const board of boards) expect(board).toContain('story-title');
    expect(boards.map((board) => (board.match(/<h3 class="slide-title"/g) ?? []).length)).toEqual(
      boards.map((_, n) => (n === 0 ? 1 : 0)),
    );
    expect(sheets.join('').match(/class="frame-number"/g)).toHaveLength(12);
    expect(sheets.at(-1)?.match(/class="story-whole"/g)).toHaveLength(1);
  });

  test.each([1, 2, 3, 4, 6] as const)('of %i slides a sheet has so many', (count) => {
    const text = Array.from({ length: 12 }, (_, n) => `## S${n}\n\n${'- point\n'.repeat(9)}`).join('\n');
    const sheets = sheetsOf(handout(deckOf(`---\nagenda: false\n---\n# T\n\n${text}`), count));
    const slides = sheets.map((sheet) => sheet.match(/class="thumbnail"/g)?.length ?? 0);
    expect(slides.reduce((sum, n) => sum + n)).toBe(13);
    expect(Math.max(...slides)).toBe(count);
  });

  test('goes on below with notes that are too long, under the number of their slide', () => {
    const notes = `:::notes\n${'It is a long story, and it goes on and on. '.repeat(60)}\n:::\n`;
    const html = handout(deckOf(`# T\n\n## A\n\nx\n\n${notes}`));
    expect(html).toContain('Slide 2 (continued)');
    expect(html.match(/a long story/g)).toHaveLength(60);
  });

  test('says its own head, foot and page, and lists what stands where', () => {
    const text = Array.from({ length: 20 }, (_, n) => `## Part ${n}\n\n${'- point\n'.repeat(9)}`).join('\n');
    const sheets = sheetsOf(handout(deckOf(`---\nheader: Course 1\nfooter: Spring\n---\n# T\n\n${text}`)));
    for (const [n, sheet] of sheets.entries()) {
      expect(sheet).toContain('<span>Course 1</span>');
      expect(sheet).toContain(`<span>Spring</span><span>${n + 1} / ${sheets.length}</span>`);
    }
    const listed = [...(sheets[0] ?? '').matchAll(/<span>(Part \d+)<\/span><i><\/i><b>(\d+)<\/b>/g)];
    expect(listed).toHaveLength(20);
    for (const [, title, number] of listed) expect(sheets[Number(number) - 1]).toContain(`<span>${title}</span>`);
  });

  test('with exercises leaves blanks, and answers on sheets of their own', () => {
    const deck = deckOf(`# T\n\n## A\n\n${program}`, [replayed(4)]);
    expect(handout(deck)).not.toContain('blank');
    const sheets = sheetsOf(handout(deck, 4, true));
    const asking = sheets.findIndex((sheet) => sheet.includes('blank'));
    expect(sheets[asking]).not.toContain('frame 1<');
    expect(sheets[asking]).toMatch(/class="frame-number question">Q1</);
    expect(sheets.at(-1)).toContain('strip');
    expect(sheets.at(-1)).toContain(`page ${asking + 1}`);
    expect(sheets.slice(0, -1).join('')).not.toContain('strip');
  });
});

describe('an article', () => {
  test('tells the whole note in its order, with the frames that tell most, without what its speaker says', () => {
    const deck = deckOf(`## A\n\nbefore\n\n${program}\nafter\n\n:::notes\nsecret\n:::\n`, [replayed(4)]);
    const html = handout(deck, 'notes');
    const order = ['<h1', '<h2', 'before', 'frame 0', 'frame 2', 'whole', '2 of 4 key steps', 'after'];
    const places = order.map((part) => html.indexOf(part));
    expect(places.every((place) => place >= 0)).toBe(true);
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(html).not.toContain('frame 1');
    expect(html).not.toContain('secret');
  });

  test('cuts long code between lines, none lost, and keeps a heading with its first lines', () => {
    const lines = Array.from({ length: 120 }, (_, n) => `line_${n} = ${n}`);
    const html = handout(deckOf(`# T\n\n## A\n\n\`\`\`text\n${lines.join('\n')}\n\`\`\`\n`), 'notes');
    const sheets = sheetsOf(html);
    expect(sheets.length).toBeGreaterThan(2);
    for (const line of lines) expect(html.split(`${line}<`).length + html.split(`${line}\n`).length).toBeGreaterThan(2);
    const heading = sheets.find((sheet) => sheet.includes('<h2'));
    expect(heading).toContain('line_0 ');
  });
});

describe('qrCode()', () => {
  test('is one path with a quiet zone of four modules and says its address', () => {
    const code = qrCode('https://example.org/course/tea/#/3/1');
    const { viewBox, ariaLabel } = code.properties;
    expect(ariaLabel).toBe('QR: https://example.org/course/tea/#/3/1');
    const size = Number(String(viewBox).split(' ')[2]);
    const paths = code.children.flatMap((child) =>
      child.type === 'element' && child.tagName === 'path' ? [child] : [],
    );
    expect(paths).toHaveLength(1);
    const runs = [...String(paths[0]?.properties.d).matchAll(/M(\d+) (\d+)h(\d+)v1H\1z/g)].map((run) =>
      run.map(Number),
    );
    // Version 3 with middling correction: 29 modules.
    expect(size).toBe(29 + 8);
    for (const [, x = 0, y = 0, width = 0] of runs) {
      expect(x).toBeGreaterThanOrEqual(4);
      expect(y).toBeGreaterThanOrEqual(4);
      expect(x + width).toBeLessThanOrEqual(size - 4);
    }
    // The three corners begin with seven dark modules.
    expect(runs.filter(([, x, y, width]) => y === 4 && (x === 4 || x === size - 11) && width === 7)).toHaveLength(2);
  });
});
