import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeDeck } from '../../src/deck/deck.ts';
import { createHighlight } from '../../src/deck/highlight.ts';
import { renderPrint } from '../../src/deck/print.ts';
import { countLines } from '../../src/deck/wrap.ts';
import { fontStylesheet } from '../../src/node/fontStylesheet.ts';
import { loadFaces, measureWith } from '../../src/node/fonts.ts';
import { stylesheet } from '../../src/node/stylesheets.ts';
import { readNote } from '../../src/notes/read.ts';
import { openChromium, openPage } from '../chromium.ts';
import { themeNamed } from '../themes.ts';

const folder = mkdtempSync(join(tmpdir(), 'loopreel-typography-'));
let browser: Browser;
let faces: Awaited<ReturnType<typeof loadFaces>>;
let highlight: Awaited<ReturnType<typeof createHighlight>>;
beforeAll(async () => {
  faces = await loadFaces();
  highlight = await createHighlight();
  browser = await openChromium();
}, 60_000);
afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true });
});

/** A note's slides as they are printed. */
async function printed(text: string, lang: string): Promise<Page> {
  const note = readNote(text, 'note.md');
  const deck = makeDeck(note, { shows: new Map(), highlight, measure: measureWith(faces, lang) });
  const fonts = await fontStylesheet(faces, renderPrint(deck, { css: '', sprite: '' }), lang);
  const css = fonts + (await stylesheet(themeNamed('quiet'), 'print', 'light'));
  const file = join(folder, 'page.html');
  writeFileSync(file, renderPrint(deck, { css, sprite: '' }));
  const { page } = await openPage(browser, file);
  await page.evaluate(() => document.fonts.ready);
  return page;
}

/** The lines of the first paragraph at widths from narrow to wide, in pixels. */
async function linesAt(page: Page, widths: readonly number[]): Promise<string[][]> {
  return page.evaluate((all) => {
    const paragraph = document.querySelector<HTMLElement>('.column p');
    if (!paragraph) return [];
    return all.map((width) => {
      paragraph.style.cssText = `width:${width}px;max-width:none;text-wrap:wrap`;
      const lines: string[] = [];
      let last = Number.NaN;
      const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        for (const [at, character] of [...(node.textContent ?? '')].entries()) {
          const range = document.createRange();
          range.setStart(node, at);
          range.setEnd(node, at + 1);
          const { bottom, width: drawn } = range.getBoundingClientRect();
          // Code is a little lower than the text around it.
          if (drawn > 0 && !(Math.abs(bottom - last) < 20)) lines.push('');
          if (drawn > 0) last = bottom;
          lines[lines.length - 1] += character;
        }
      }
      return lines.map((line) => line.trim());
    });
  }, widths);
}

const widths = Array.from({ length: 90 }, (_, n) => 420 + 9 * n);

test('no line of Korean begins with the particle of a code, a bracket or a quotation', {
  timeout: 60_000,
}, async () => {
  const words = [
    '`asyncio`는',
    '`gather()`를',
    '`tasks[0]`에서',
    '`x.y`와',
    '`-1`은',
    '(API 등)에',
    '“따옴표”가',
    '"곧은"이',
    '**굵게**도',
    '*강조*만',
  ];
  const page = await printed(`# 제목\n\n## 절\n\n${words.map((word) => `그래서 ${word} 쓴다.`).join(' ')}`, 'ko');
  const plain = words.map((word) => word.replace(/[`*]/g, ''));
  for (const [n, lines] of (await linesAt(page, widths)).entries()) {
    expect(lines.length).toBeGreaterThan(2);
    const broken = plain.filter((word) => !word.includes(' ') && !lines.some((line) => line.includes(word)));
    expect(broken, `${widths[n]} px: ${lines.join(' / ')}`).toEqual([]);
    expect(lines.filter((line) => /^(?:\)|에 )/.test(line))).toEqual([]);
  }
  await page.close();
});

test.each([
  [
    'ja',
    'ループは「準備完了」の列から、ひとつずつ（ちょっとずつ）取り出して、`await`まで動かす。コーヒーが「できた」ら、次へ。',
  ],
  ['zh', '事件循环从“就绪”队列里取出一个任务（例如 `fetch()`），让它运行；等到结果以后，再排队。真的吗？是的！'],
])('lines of %s break by the rules of kinsoku', { timeout: 60_000 }, async (lang, text) => {
  const page = await printed(`---\nlang: ${lang}\n---\n# x\n\n## y\n\n${text}`, lang);
  for (const lines of await linesAt(page, widths)) {
    expect(lines.filter((line) => /^[、。，；！？」）”ーっょ]/.test(line) || /[「（“]$/.test(line))).toEqual([]);
  }
  await page.close();
});

test.each([
  ['ko', '이벤트 루프는 준비된 작업을 하나씩 꺼내 다음 기다림까지 실행하고, 기다리면 다른 작업에게 차례를 넘긴다.'],
  [
    'ja',
    'ループは「準備完了」の列から、ひとつずつ（ちょっとずつ）取り出して、awaitまで動かす。コーヒーが「できた」ら、次へ。',
  ],
  ['zh', '事件循环从“就绪”队列里取出一个任务（例如fetch），让它运行；等到结果以后，再排队。真的吗？是的！'],
])('lines of %s are as many as were counted, or one less', { timeout: 60_000 }, async (lang, text) => {
  const page = await printed(`---\nlang: ${lang}\n---\n# x\n\n## y\n\n${text}`, lang);
  const size = await page.$eval('.column p', (paragraph) => Number.parseFloat(getComputedStyle(paragraph).fontSize));
  const measure = measureWith(faces, lang);
  const counted = widths.map((width) =>
    countLines([{ text, font: 'sans', size: 1, padding: 0 }], (width * 0.992) / size, measure),
  );
  const drawn = (await linesAt(page, widths)).map(({ length }) => length);
  // Where whole phrases just fit a line, a little less room takes several lines more.
  const withLess = (
    await linesAt(
      page,
      widths.map((width) => width * 0.992),
    )
  ).map(({ length }) => length);
  expect(counted.filter((count, n) => count < (drawn[n] ?? 0) || count > (withLess[n] ?? 0) + 1)).toEqual([]);
  expect(counted.filter((count, n) => count === drawn[n]).length).toBeGreaterThan(widths.length * 0.9);
  await page.close();
});

test('quotation marks, dashes and dots stay as they were written', { timeout: 60_000 }, async () => {
  const text = '“큰” ‘작은’ "곧은" \'it\' — – -- ... …';
  const page = await printed(`# 제목\n\n## 절\n\n${text}`, 'ko');
  expect((await linesAt(page, [1700]))[0]).toEqual([text]);
  await page.close();
});
