import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeDeck } from '../../src/deck/deck.ts';
import { createHighlight } from '../../src/deck/highlight.ts';
import { renderPrint } from '../../src/deck/print.ts';
import type { BlockShow } from '../../src/deck/show.ts';
import { fontStylesheet } from '../../src/node/fontStylesheet.ts';
import { loadFaces, measureWith } from '../../src/node/fonts.ts';
import { stylesheet } from '../../src/node/stylesheets.ts';
import { noteLanguage } from '../../src/notes/language.ts';
import { readNote } from '../../src/notes/read.ts';
import { openChromium } from '../chromium.ts';
import { themeNamed } from '../themes.ts';

/** What fills slides in every way: long words, lists in lists, tables, codes of all lengths. */
const hard = `# 아주 긴 제목이 두 줄 또는 세 줄이 되는 노트 \`asyncio.TaskGroup()\`

## 목록

1. 하나\n   - 둘 **굵게** \`some_long_identifier_without_any_break\`은 길다\n     - 셋
2. ${'길게 이어지는 항목의 글입니다. '.repeat(12)}

> 인용\n> > 안쪽 인용

## 글

${'이벤트 루프는 준비된 작업을 하나씩 꺼내 실행하고, 기다리면 다른 작업에게 차례를 넘깁니다. '.repeat(24)}

## 표

| 이름 | 설명 |\n|---|---|
${Array.from({ length: 18 }, (_, n) => `| \`name_${n}\` | ${'설명이 이어진다 '.repeat(1 + (n % 7))} |`).join('\n')}

## 칸 하나가 슬라이드보다 높은 표

| 이름 | 설명 |\n|---|---|
| 하나 | ${Array.from({ length: 60 }, (_, n) => `${n}번째 줄`).join('<br>')} |\n| 둘 | 짧다 |

## 칸이 많은 표

|${' 열 |'.repeat(14)}\n|${'---|'.repeat(14)}\n|${' 가나다라마바사 |'.repeat(14)}

## 안으로 긴 목록

- 겉
${Array.from({ length: 40 }, (_, n) => `  - 안 ${n}\n    - ${'더 안쪽의 글 '.repeat(1 + (n % 9))}`).join('\n')}

## 자를 곳이 없는 글

${'자를곳이없는긴낱말'.repeat(40)} <https://example.com/${'path/'.repeat(80)}>

## 그림

\`\`\`
${Array.from({ length: 9 }, (_, n) => `작업${n}: ${' '.repeat(n * 6)}██████`).join('\n')}
시간:  0     2     4     6     8     10    12    14    16    18초
\`\`\`

## 넓은 코드

\`\`\`python
text = "${'0123456789'.repeat(40)}"
short = [${Array.from({ length: 150 }, (_, n) => n).join(', ')}]
\`\`\`

## 코드

\`\`\`python
${Array.from({ length: 70 }, (_, n) => `value_${n} = await call(${'argument, '.repeat(n % 20)})`).join('\n')}
\`\`\`
`;

/** A slide of each layout that has rules of its own. */
const every = `# 배치

## 목차

${Array.from({ length: 6 }, (_, n) => `- ${n + 1}번째로 이야기할 것`).join('\n')}

## ${'길게 이어지는 한마디의 제목 '.repeat(5)}

${'짧지 않은 한마디가 여기에 있다. '.repeat(6)}

## 인용

> ${'오래 기다린 사람이 먼저 간다. '.repeat(12)}

## 연습 문제

### 연습 1: 이름이 긴 연습은 두 줄이 된다

여러 냄비를 한꺼번에 올리는 함수를 작성하세요.

### 연습 2

여러 파일을 동시에 읽고 처리하는 함수를 작성하세요.

### 연습 3

초당 요청 수를 제한하세요.

## 연습 4

${'긴 설명이 딸린 연습이다. '.repeat(30)}

## 요약

${Array.from({ length: 12 }, (_, n) => `- 기억할 것 ${n} ${'기억한다 '.repeat(n)}`).join('\n')}

## 비교

### 동기

하나씩 기다린다.

\`\`\`python
${Array.from({ length: 12 }, (_, n) => `first_${n} = wait(${n})`).join('\n')}
\`\`\`

### 비동기

함께 기다린다.

\`\`\`python
${Array.from({ length: 18 }, (_, n) => `second_${n} = await wait(${n})`).join('\n')}
\`\`\`
`;

const directory = mkdtempSync(join(tmpdir(), 'loopreel-fit-'));
let browser: Browser;
let highlight: Awaited<ReturnType<typeof createHighlight>>;
beforeAll(async () => {
  highlight = await createHighlight();
  browser = await openChromium();
}, 60_000);
afterAll(async () => {
  await browser?.close();
  rmSync(directory, { recursive: true });
});

const faces = await loadFaces();

/** Everything on the note's slides that stands out of its slide or is cut off, in words. */
async function misfits(text: string, name: string): Promise<{ slides: number; found: string[] }> {
  const note = readNote(text, name);
  const shows = note.blocks.map(
    ({ id, line }, n): BlockShow =>
      n % 3 === 2
        ? { id, status: 'raised', stdout: '', error: { text: `TypeError: ${'why '.repeat(30)}`, line: line + 1 } }
        : { id, status: 'ran', stdout: '한 줄\n두 줄\n' },
  );
  const measure = measureWith(faces, noteLanguage(note.frontMatter, note.tree));
  const deck = makeDeck(note, { shows: new Map(shows.map((show) => [show.id, show])), highlight, measure });
  const bare = renderPrint(deck, { css: '', sprite: '' });
  const css = [await stylesheet(themeNamed('quiet'), 'print', 'light'), await fontStylesheet(faces, bare, deck.lang)];
  const page = await browser.newPage();
  try {
    await page.setViewport({ width: 1920, height: 1080 });
    const file = join(directory, 'page.html');
    writeFileSync(file, renderPrint(deck, { css: css.join('\n'), sprite: '' }));
    await page.goto(pathToFileURL(file).href);
    const found = await page.evaluate(async () => {
      await document.fonts.ready;
      const problems: string[] = [];
      for (const slide of document.querySelectorAll('.page')) {
        const { left, top } = slide.getBoundingClientRect();
        for (const element of slide.querySelectorAll(
          '.slide-title, .large-title, .lead, .agenda, .row, .row *:not(metadata, wbr)',
        )) {
          const box = element.getBoundingClientRect();
          const name = `${slide.id}: ${element.tagName}.${element.className}`;
          if (box.right > left + 1849 || box.bottom > top + 1007 || box.left < left + 71 || box.top < top + 30)
            problems.push(`${name} ends at ${Math.round(box.right - left)}, ${Math.round(box.bottom - top)}`);
          const inline = getComputedStyle(element).display === 'inline';
          if (!inline && !element.closest('.emoji') && element.scrollWidth > element.clientWidth + 1)
            problems.push(`${name} is ${element.scrollWidth} wide in ${element.clientWidth}`);
          if (!inline && element.textContent && Number.parseFloat(getComputedStyle(element).fontSize) < 23.9)
            problems.push(`${name} is set in ${getComputedStyle(element).fontSize}`);
        }
      }
      return problems;
    });
    return { slides: deck.slides.length, found };
  } finally {
    await page.close();
  }
}

test('what fills slides in every way runs over none, in Chromium', { timeout: 60_000 }, async () => {
  const { slides, found } = await misfits(hard, 'hard.md');
  expect(slides).toBeGreaterThan(8);
  expect(found).toEqual([]);
});

const languages = new URL('../languages/', import.meta.url);
test.each(readdirSync(languages))('%s, in its own language, runs over no slide', { timeout: 60_000 }, async (name) => {
  expect((await misfits(readFileSync(new URL(name, languages), 'utf8'), name)).found).toEqual([]);
});

/** Chinese that fills slides, with brackets, code and Latin words in between. */
const hardChinese = `# ${'很长的标题占好几行，'.repeat(6)}

## 段落

${'事件循环从就绪队列里取出一个任务（例如 `asyncio.gather(a, b)` 里的第一个），让它运行到下一次 `await` 为止；然后轮到“下一个”。'.repeat(9)}

## 列表

${Array.from({ length: 14 }, (_, n) => `- ${'等到结果以后先排队，'.repeat(1 + (n % 6))}`).join('\n')}

## 表格

| 名称 | 说明 | 例 |
|---|---|---|
${Array.from({ length: 16 }, (_, n) => `| \`name_${n}\` | ${'说明文字很长，'.repeat(1 + (n % 8))} | ${n * 1111} |`).join('\n')}
`;

test('Chinese that fills slides runs over none', { timeout: 60_000 }, async () => {
  const { slides, found } = await misfits(hardChinese, 'chinese.md');
  expect(slides).toBeGreaterThan(5);
  expect(found).toEqual([]);
});

test('what layouts set apart runs over no slide, in Chromium', { timeout: 60_000 }, async () => {
  const { slides, found } = await misfits(every, 'every.md');
  expect(slides).toBe(8);
  expect(found).toEqual([]);
});

const folder = new URL('../../../shared/notes/', import.meta.url);
describe.skipIf(!existsSync(folder))('the five notes', () => {
  test.each(existsSync(folder) ? readdirSync(folder) : [])(
    '%s runs over no slide',
    { timeout: 60_000 },
    async (name) => {
      expect((await misfits(readFileSync(new URL(name, folder), 'utf8'), name)).found).toEqual([]);
    },
  );
});
