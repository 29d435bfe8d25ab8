import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import type { Browser, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeDeck } from '../../src/deck/deck.ts';
import { createHighlight } from '../../src/deck/highlight.ts';
import { renderPrint } from '../../src/deck/print.ts';
import { renderScreen } from '../../src/deck/screen.ts';
import type { BlockShow } from '../../src/deck/show.ts';
import { fontStylesheet } from '../../src/node/fontStylesheet.ts';
import { loadFaces, measureWith } from '../../src/node/fonts.ts';
import { stylesheet } from '../../src/node/stylesheets.ts';
import { readNote } from '../../src/notes/read.ts';
import { openChromium, openPage } from '../chromium.ts';
import { themeNamed } from '../themes.ts';

/** Every kind of text that a slide can hold. */
const note = readNote(
  `---
title: 강의
subtitle: 부제
author: 이름
---
# 제목과 \`code\`

머리글의 글.

## 절

### 목록

- 점 *강조* **굵게** [주소](https://example.com) \`asyncio\`는 [\`gather()\`](https://example.com)와
- [x] 한 일

> 인용 *강조*

### 표

| 이름 | 값 |\n|---|---|\n| \`a\` | 1,234 |

### 코드

\`\`\`python {1-9} title="a.py"
class Name(Base):
    """문서"""
    async def run(self) -> None:  # 설명
        return await gather(1, True, f'{x} 글')
\`\`\`

### 예외

\`\`\`python
raise TypeError
\`\`\`

## 한마디

기다림은 겹친다.

## 정리

- 하나
- 둘

## 그림 위

::slide{background=dark}

어두운 바닥의 글과 \`code\`.

## 멈춤

\`\`\`python
while True: pass
\`\`\`
`,
  'all.md',
);
const shows = note.blocks.map(({ id, line }, n): BlockShow => {
  if (n === 0) return { id, status: 'ran', stdout: '한 줄\n' };
  if (n === 1) return { id, status: 'raised', stdout: '', error: { text: 'TypeError: 왜', line: line + 1 } };
  return { id, status: 'stopped', stdout: '', reason: 'it took longer than `10` s' };
});

const folder = mkdtempSync(join(tmpdir(), 'loopreel-themes-'));
let browser: Browser;
let deck: ReturnType<typeof makeDeck>;
let fonts: string;
beforeAll(async () => {
  const highlight = await createHighlight();
  const faces = await loadFaces();
  deck = makeDeck(note, {
    shows: new Map(shows.map((show) => [show.id, show])),
    highlight,
    measure: measureWith(faces, 'ko'),
  });
  // Text without a glyph has no box, and axe passes it over.
  fonts = await fontStylesheet(faces, renderPrint(deck, { css: '', sprite: '' }), 'ko');
  browser = await openChromium();
}, 60_000);
afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true });
});

async function findings(page: Page, rules: readonly string[]): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async (ids) => {
    const run = (globalThis as unknown as { axe: typeof axe }).axe.run;
    const { violations, incomplete, passes } = await run(document, {
      runOnly: { type: 'rule', values: [...ids] },
      rules: Object.fromEntries(ids.map((id) => [id, { enabled: true }])),
    });
    if (passes.length === 0) return ['nothing was looked at'];
    // What axe cannot tell is no pass: white on white is among it. The bar before a title is beside its text.
    return [...violations, ...incomplete]
      .flatMap(({ nodes }) => nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`))
      .filter((found) => !/^<span>[\s\S]*pseudo element/.test(found));
  }, rules);
}

describe.each(['quiet', 'contrast', 'paper', 'hall'])('in %s', (name) => {
  test.each(['light', 'dark'] as const)('every text on slides can be read, %s', { timeout: 60_000 }, async (scheme) => {
    const file = join(folder, `${name}-${scheme}.html`);
    const css = await stylesheet(themeNamed(name), 'print', scheme);
    writeFileSync(file, renderPrint(deck, { css: fonts + css, sprite: '' }));
    const { page } = await openPage(browser, file);
    // The stricter rule tells only what the other one lets pass.
    const rules = ['color-contrast', ...(name === 'contrast' ? ['color-contrast-enhanced'] : [])];
    expect(await findings(page, rules)).toEqual([]);
    await page.close();
  });
});

test('a page is as its address says, else as its note, else as the system', { timeout: 60_000 }, async () => {
  const grounds = { light: 'rgb(252, 253, 250)', dark: 'rgb(22, 25, 29)' };
  writeFileSync(join(folder, 'style.css'), await stylesheet(themeNamed('quiet'), 'deck'));
  for (const scheme of [undefined, 'light', 'dark'] as const)
    writeFileSync(
      join(folder, `deck-${scheme}.html`),
      renderScreen(deck, { stylesheet: 'style.css', fonts: '', script: deckScript, sprite: '', scheme }),
    );
  const page = await browser.newPage();
  const groundOf = async (scheme: string | undefined, system: 'light' | 'dark', query = '') => {
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: system }]);
    await page.goto(`${pathToFileURL(join(folder, `deck-${scheme}.html`))}${query}`);
    await page.waitForSelector('.reveal.ready');
    return page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  };
  expect(await groundOf(undefined, 'light')).toBe(grounds.light);
  expect(await groundOf(undefined, 'dark')).toBe(grounds.dark);
  expect(await groundOf('light', 'dark')).toBe(grounds.light);
  expect(await groundOf('dark', 'light')).toBe(grounds.dark);
  expect(await groundOf(undefined, 'light', '?scheme=dark')).toBe(grounds.dark);
  expect(await groundOf('dark', 'dark', '?scheme=light')).toBe(grounds.light);
  expect(await groundOf('dark', 'dark', '?scheme=pink')).toBe(grounds.dark);
  await page.close();
});

const deckScript = pathToFileURL(join(import.meta.dirname, '..', '..', 'dist', 'browser', 'deck.js')).href;
