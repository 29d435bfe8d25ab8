import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { JSDOM } from 'jsdom';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { renderPrint } from '../src/deck/print.ts';
import { exportDecks } from '../src/node/export/export.ts';
import { finishPdf } from '../src/node/export/finishPdf.ts';
import { prepare } from '../src/node/prepare.ts';
import { cacheDirectory } from '../src/node/record/cache.ts';
import { type Pdf, type PdfDictionary, readPdf } from './pdf.ts';

const note = `---
author: 김다솜, Ada (찻집)
subtitle: 두 잔의 차
site: https://example.org/lectures
---

# 찻집 ☕

주인은 한 사람이다[^loop]. [뒤에서](#누가-먼저인가) 본다, [다른 노트](./bread.md)도, [없는 곳](#nowhere)도.

[^loop]: 뷁뙠쀍 같은 글자도 글자다.

## 왜 **기다리는가**

- **굵게**, *기울여*, \`await\`
- [파이썬](https://docs.python.org)

$$
T = \\max(t_1, t_2)
$$

![찻잔 하나](cup.png "잔은 하나다")

### 누가 먼저인가?

\`\`\`python
import asyncio

async def brew(name, seconds):
    await asyncio.sleep(seconds)
    print(name, "완성")

async def main():
    await asyncio.gather(brew("녹차", 2), brew("홍차", 1))

asyncio.run(main())
\`\`\`

# 둘째 장

| 차 | 초 |
|---|--:|
| 녹차 | 2 |
`;

let folder = '';
let pdf: Pdf;
/** The pages as they were printed. */
let html = '';
const silent = { print() {}, problem() {}, messages() {}, progress() {} };

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'loopreel-pdf-'));
  writeFileSync(join(folder, 'tea.md'), note);
  writeFileSync(join(folder, 'cup.png'), PNG.sync.write(new PNG({ width: 8, height: 8 })));
  const runtimeDirectory = cacheDirectory(join(import.meta.dirname, '..'));
  const options = { paths: [join(folder, 'tea.md')], cacheDirectory: null, runtimeDirectory };
  const { files } = await exportDecks({ ...options, out: join(folder, 'out'), kinds: ['pdf'] }, silent);
  expect(files).toEqual(['tea.pdf']);
  pdf = readPdf(readFileSync(join(folder, 'out', 'tea.pdf')));
  const { decks } = await prepare(options, silent);
  const [deck] = decks;
  if (deck) html = renderPrint(deck.deck, { css: '', sprite: '' });
});
afterAll(() => rmSync(folder, { recursive: true }));

const letters = (text: string) => [...text.normalize('NFC')].filter((letter) => /\p{L}/u.test(letter)).sort();

describe('loopreel export --pdf', () => {
  test('says who wrote it, what it is called and in which language', () => {
    expect(pdf.string(pdf.info['/Title'])).toBe('찻집 ☕');
    expect(pdf.string(pdf.info['/Author'])).toBe('김다솜, Ada (찻집)');
    expect(pdf.string(pdf.info['/Subject'])).toBe('두 잔의 차');
    expect(pdf.string(pdf.catalog['/Lang'])).toBe('ko');
    expect(pdf.dictionary(pdf.catalog['/ViewerPreferences'])['/DisplayDocTitle']).toBe(true);
  });

  test('keeps its objects in compressed streams', () => {
    expect(pdf.version).toBe('1.5');
    expect(pdf.dictionaries.some((object) => object['/Type'] === '/ObjStm')).toBe(true);
  });

  test('its outline nests slides below their sections', () => {
    const below = (entry: PdfDictionary, depth: number): string[] => {
      const lines: string[] = [];
      for (let kid = entry['/First']; kid; kid = pdf.dictionary(kid)['/Next']) {
        const { '/Title': title } = pdf.dictionary(kid);
        lines.push('  '.repeat(depth) + pdf.string(title), ...below(pdf.dictionary(kid), depth + 1));
      }
      return lines;
    };
    expect(below(pdf.dictionary(pdf.catalog['/Outlines']), 0)).toEqual([
      '찻집 ☕',
      '  왜 기다리는가',
      '    누가 먼저인가?',
      '    누가 먼저인가? · 실행 과정',
      '  둘째 장',
    ]);
  });

  test('its links lead into it, to the site and to the web, never to this machine', () => {
    const names = Object.keys(pdf.dictionary(pdf.catalog['/Dests']));
    const inside = pdf.links.flatMap(({ place }) => (place === undefined ? [] : [place]));
    expect(inside).toHaveLength(2);
    for (const name of inside) expect(names).toContain(name);
    const outside = pdf.links.flatMap(({ address }) => (address === undefined ? [] : [address]));
    expect(outside.sort()).toEqual(['https://docs.python.org/', 'https://example.org/lectures/bread/']);
  });

  test('pictures, formulas and replays are figures with their alternative text, nothing else is', () => {
    const figures = pdf.dictionaries.filter((object) => object['/S'] === '/Figure');
    const texts = figures.map((figure) => pdf.string(figure['/Alt']));
    expect(texts).toContain('찻잔 하나');
    expect(texts).toContain('T = \\max(t_1, t_2)');
    const steps = texts.filter((text) => text.startsWith('누가 먼저인가? · 실행 과정: '));
    expect(steps.length).toBeGreaterThan(3);
    expect(new Set(steps).size).toBe(steps.length);
    expect(texts).toHaveLength(steps.length + 2);
  });

  test('has no tag that readers of its version do not know', () => {
    const tags = new Set(pdf.dictionaries.map((object) => object['/S']));
    expect(tags).toContain('/H2');
    for (const tag of ['/Strong', '/Em', '/Aside', '/Title', '/FENote']) expect(tags).not.toContain(tag);
  });

  test('every page shows the letters of its slide, every syllable of them', () => {
    const { document } = new JSDOM(html).window;
    const sections = [...document.querySelectorAll('section')];
    expect(sections.length).toBe(pdf.pages.length);
    for (const [n, section] of sections.entries()) {
      for (const hidden of section.querySelectorAll('metadata')) hidden.remove();
      const page = pdf.pages[n];
      if (page) expect(letters(pdf.textOf(page)).join('')).toBe(letters(section.textContent).join(''));
    }
  });
});

describe('finishPdf()', () => {
  test('gives a file that is built otherwise back as it is', () => {
    for (const text of ['', '%PDF-1.7\n', '%PDF-1.4\nstartxref\n99\n%%EOF\n']) {
      const file = Buffer.from(text);
      expect(finishPdf(file, { author: 'A' })).toBe(file);
    }
    const finished = readFileSync(join(folder, 'out', 'tea.pdf'));
    expect(finishPdf(finished, { author: 'B' })).toBe(finished);
  });
});
