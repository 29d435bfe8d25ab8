import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import type { Browser } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type HandoutKind, renderHandout } from '../src/deck/handout/handout.ts';
import type { Paper } from '../src/deck/handout/sheets.ts';
import { staticPage } from '../src/node/export/staticPage.ts';
import { type PreparedDecks, prepare } from '../src/node/prepare.ts';
import { cacheDirectory } from '../src/node/record/cache.ts';
import { openChromium } from './chromium.ts';
import { readPdf } from './pdf.ts';

const root = join(import.meta.dirname, '..');
const filler = '기다림은 남의 시간이다. 자리를 내주지 않으면 모두가 멈춘다. ';

/** Everything that a note can hold, some of it longer than a sheet. */
const note = `---
author: 이찻집
site: https://example.org/c
---

# 찻집과 준비 큐 ☕

## 글

${filler.repeat(12)}

${Array.from({ length: 60 }, (_, n) => `${n + 1}. 손님 ${n + 1}은 \`await\`로 기다린다`).join('\n')}

:::notes
${filler.repeat(30)}

- 하나
- 둘
:::

### 표

| 차 | 초 | 말 |
|---|--:|---|
${Array.from({ length: 50 }, (_, n) => `| 차 ${n + 1} | ${n} | ${filler} |`).join('\n')}

## 코드

\`\`\`python title="house.py"
import asyncio

async def brew(name, seconds):
    await asyncio.sleep(seconds)
    print(name, "완성")

async def main():
    await asyncio.gather(brew("녹차", 2), brew("홍차", 1), brew("보이차", 3))

${Array.from({ length: 70 }, (_, n) => `# ${n + 1}번째 줄`).join('\n')}
asyncio.run(main())
\`\`\`

:::callout{kind=warning}
${filler}
:::

$$
T = \\sum_{i=1}^{n} t_i
$$

![잔](cup.png "잔은 하나다"){width=40%}

:::columns
${filler}

---

- 왼쪽
- 오른쪽
:::
`;

let folder = '';
let browser: Browser;
let prepared: PreparedDecks;
const silent = { print() {}, problem() {}, messages() {}, progress() {} };
const run = (...argv: string[]) =>
  spawnSync(process.execPath, [join(root, 'dist', 'cli.js'), 'export', ...argv], { cwd: folder, encoding: 'utf8' });

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'loopreel-handout-'));
  writeFileSync(join(folder, 'tea.md'), note);
  writeFileSync(join(folder, 'cup.png'), PNG.sync.write(new PNG({ width: 40, height: 20 })));
  browser = await openChromium();
  const options = { paths: [join(folder, 'tea.md')], cacheDirectory: null, storyboards: true };
  prepared = await prepare({ ...options, runtimeDirectory: cacheDirectory(root) }, silent);
});
afterAll(async () => {
  await browser.close();
  rmSync(folder, { recursive: true });
});

describe('a handout in the browser', () => {
  const cases: readonly (readonly [HandoutKind, Paper])[] = [
    [1, 'a4'],
    [2, 'letter'],
    [3, 'a4'],
    [4, 'letter'],
    [6, 'a4'],
    ['notes', 'a4'],
    ['notes', 'letter'],
  ];

  test.each(cases)('of %s on %s is as high as it was reckoned', async (kind, paper) => {
    const [deck] = prepared.decks;
    if (!deck) throw new Error('no deck');
    const render: Parameters<typeof staticPage>[3] = (made, page) =>
      renderHandout(made, { kind, paper, exercise: true }, page);
    const html = await staticPage(deck, prepared, 'handout', render, silent);
    const page = await browser.newPage();
    await page.setContent(html ?? '', { waitUntil: 'load' });
    const middle = await page.$eval('.sheet', (sheet) => {
      const title = sheet.querySelector('.thumbnail > .slide.title');
      return title ? getComputedStyle(title).justifyContent + getComputedStyle(title).display : 'centerflex';
    });
    expect(middle, 'a title slide has its title in the middle').toBe('centerflex');
    // Fitting is within 0.8 % of the browser, on slides too. What stands on a sheet ends above its foot, and no text is higher or wider than the room that was kept for it.
    const found = await page.$$eval('.sheet', (sheets) =>
      sheets.flatMap((sheet, n) => {
        const foot = sheet.querySelector('footer')?.getBoundingClientRect().top ?? 0;
        const rows = [...sheet.children].filter(({ tagName }) => tagName !== 'HEADER' && tagName !== 'FOOTER');
        const low = rows.filter((row) => row.getBoundingClientRect().bottom > foot);
        const flows = [...sheet.querySelectorAll('.flow')].filter((flow) => {
          const kept = flow.getBoundingClientRect();
          const drawn = flow.querySelector('.slide')?.getBoundingClientRect();
          return drawn && (drawn.height > kept.height * 1.008 + 2 || drawn.width > kept.width + 2);
        });
        return [...low, ...flows].map((row) => `sheet ${n + 1}: ${row.className} ${row.textContent?.slice(0, 40)}`);
      }),
    );
    await page.close();
    expect(found).toEqual([]);
  });
});

describe('loopreel export --handout', () => {
  test('takes its kind behind `=` alone, and a note behind it', () => {
    const { status, stderr } = run('--handout', 'tea.md', '--paper', 'letter', '--out', 'plain');
    expect([status, stderr]).toEqual([0, '']);
    expect(readdirSync(join(folder, 'plain')).filter((name) => !name.startsWith('.'))).toEqual(['tea-handout.pdf']);
    const pdf = readPdf(readFileSync(join(folder, 'plain', 'tea-handout.pdf')));
    for (const page of pdf.pages) {
      // Chromium rounds sheets to whole pixels.
      const [, , width = 0, height = 0] = pdf.list(page['/MediaBox']).map(Number);
      expect(Math.abs(width - 612)).toBeLessThan(1);
      expect(Math.abs(height - 792)).toBeLessThan(1);
    }
  });

  test('=notes keeps every syllable of the note, its live links and the alternative texts of its codes', () => {
    expect(run('tea.md', '--handout=notes', '--exercise', '--out', 'notes').stderr).toBe('');
    const pdf = readPdf(readFileSync(join(folder, 'notes', 'tea-handout.pdf')));
    const text = pdf.pages.map((page) => pdf.textOf(page).replace(/\s/g, '')).join('');
    for (let n = 1; n <= 60; n++) expect(text).toContain(`손님${n}은await로기다린다`);
    for (let n = 1; n <= 70; n++) expect(text).toContain(`#${n}번째줄`);
    for (let n = 1; n <= 50; n++) expect(text).toContain(`차${n}${n - 1}기다림은`);
    const pages = pdf.pages.length;
    for (const [n, page] of pdf.pages.entries())
      expect(pdf.textOf(page).replace(/\s/g, '')).toContain(`${n + 1}/${pages}`);
    expect(pdf.links.some(({ address }) => /^https:\/\/example\.org\/c\/tea\/#\/\d/.test(address ?? ''))).toBe(true);
    expect(pdf.links.filter(({ address = 'https:' }) => !address.startsWith('https:'))).toEqual([]);
    const figures = pdf.dictionaries.filter((object) => object['/S'] === '/Figure');
    const texts = figures.map((figure) => pdf.string(figure['/Alt']));
    expect(texts.filter((alt) => alt === '')).toEqual([]);
    expect(texts.some((alt) => alt.startsWith('QR: https://example.org/c/tea/#/'))).toBe(true);
  });

  test('tells of a note whose exercise has nothing to ask', () => {
    writeFileSync(join(folder, 'dull.md'), '# Dull\n\n## Text\n\nNothing runs here.\n');
    const { status, stderr } = run('dull.md', '--handout', '--exercise', '--out', 'dull');
    expect(stderr).toMatch(/^dull\.md:1.*warning.*no replay of this note has a queue/m);
    expect(status).toBe(0);
  });

  test.each([
    [['--handout=5'], /option '--handout \[slides\]' argument '5' is invalid\. It is one of 1, 2, 3, 4, 6, notes/],
    [['--handout', '--paper', 'a5'], /argument 'a5' is invalid\. It is one of a4, letter/],
    [['--pdf', '--paper', 'a4'], /--paper is about handouts; give --handout too/],
    [['--pdf', '--exercise'], /--exercise is about handouts; give --handout too/],
  ])('%s is a wrong command line', (argv, message) => {
    const { status, stderr } = run('tea.md', ...argv);
    expect(stderr).toMatch(message);
    expect(status).toBe(2);
  });
});
