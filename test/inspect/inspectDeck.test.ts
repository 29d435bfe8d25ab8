import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeDeck } from '../../src/deck/deck.ts';
import { withNoteLines } from '../../src/deck/noteLines.ts';
import { renderScreen } from '../../src/deck/screen.ts';
import type { BlockShow } from '../../src/deck/show.ts';
import { fontStylesheet } from '../../src/node/fontStylesheet.ts';
import { loadFaces, measureWith } from '../../src/node/fonts.ts';
import { inspectDeck } from '../../src/node/inspectDeck.ts';
import { packageRoot } from '../../src/node/root.ts';
import { placeOfSlide, slideMessages } from '../../src/node/slideMessages.ts';
import { stylesheet } from '../../src/node/stylesheets.ts';
import { themeChooser } from '../../src/node/theme/choose.ts';
import { readNote } from '../../src/notes/read.ts';
import { openChromium } from '../chromium.ts';

const faces = await loadFaces();
const effects = { print() {}, problem() {}, messages() {}, progress() {} };
const { site: theme } = await themeChooser(undefined, effects);
const script = readFileSync(join(packageRoot, 'dist', 'browser', 'deck.js'), 'utf8');
let browser: Browser;
beforeAll(async () => {
  browser = await openChromium();
});
afterAll(() => browser?.close());

const note = `# 낮잠

이벤트 루프는 잠든 작업을 기다리지 않습니다.

## 모두 한 장에

- 첫째 \`gather()\`
- 둘째 **굵게**

| 이름 | 값 |
|---|---|
| 하나 | 1 |

\`\`\`js
const answer = 42;
// 주석
\`\`\`

## 그림

<p><mark>표시한 글</mark>과 [다른 곳](https://docs.python.org) 그리고 ⏳</p>
`;

/** What is found on a note's slides with rules added to the theme: \`line rule: reason\`. */
async function found(text: string, css = '', shows: readonly BlockShow[] = []): Promise<string[]> {
  const parsed = readNote(text, 'a.md');
  const deck = makeDeck(parsed, {
    shows: new Map(shows.map((show) => [show.id, show])),
    highlight: (code) => code.split('\n').map((line) => [{ text: line, kind: 'plain' }]),
    measure: measureWith(faces, 'ko'),
  });
  const addresses = { stylesheet: 'deck.css', fonts: 'fonts.css', script: 'deck.js' };
  const html = renderScreen(withNoteLines(deck), { ...addresses, sprite: '' });
  const { slides, unfinished } = await inspectDeck(browser, {
    html,
    stylesheet: `${await stylesheet(theme, 'deck')}\n${css}`,
    fonts: await fontStylesheet(faces, html + script, 'ko'),
    script,
    images: new Map(),
  });
  expect(unfinished).toBeUndefined();
  expect(slides.map(({ id }) => id)).toEqual(deck.slides.map(({ id }) => id));
  return slides.flatMap((faults, n) => {
    const slide = deck.slides[n];
    return slide
      ? slideMessages(slide, faults, placeOfSlide(slide, parsed)).map(
          ({ line, ruleId, reason, fatal }) => `${line} ${fatal ? 'error' : 'warning'} ${ruleId}: ${reason}`,
        )
      : [];
  });
}

describe('inspectDeck()', () => {
  test('finds nothing on slides as they are', async () => {
    expect(await found(note)).toEqual([]);
  });

  test('finds a table that is wider than its slide, at its line', async () => {
    const row = (text: string) => `|${` ${text} |`.repeat(60)}`;
    const messages = await found(`# 표\n\n## 넓은 표\n\n앞글\n\n${row('칸')}\n${row('--')}\n${row('1')}\n`);
    expect(messages.join('\n')).toMatch(/^7 \w+ slide-overflow: slide "넓은 표[^"]*" has a table that/m);
  });

  test.each([
    [
      'code that its card cuts off',
      '.code-card { height: 70px; overflow: hidden }',
      /^16 error slide-overflow: slide "모두 한 장에" has code that is cut off by \d+ px at the bottom/,
    ],
    [
      'text that leaves its box without being cut off',
      '.column li { height: 12px }',
      /^7 warning slide-overflow: slide "모두 한 장에" has text that runs over its box by \d+ px at the bottom/,
    ],
    [
      'text beyond the slide',
      '.column > p { transform: translateX(1500px) }',
      /^21 error slide-overflow: slide "그림" has text that is cut off by \d+ px at the right/,
    ],
    [
      'a title that ends in an ellipsis',
      '.slide-title > span { width: 60px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap }',
      /^5 error slide-overflow: slide "모두 한 장에" has its title that is cut off by \d+ px at the right/,
    ],
    [
      'small text',
      '.slide td { font-size: 20px }',
      /^12 warning slide-text-size: slide "모두 한 장에" has a table of 20 px, and less than 28 px/,
    ],
    [
      'small code',
      '.code-card { font-size: 18px }',
      /^15 warning slide-text-size: slide "모두 한 장에" has code of 18 px, and less than 24 px/,
    ],
    [
      'text that is small because its box is scaled',
      '.column > ul { transform: scale(0.5); transform-origin: 0 0 }',
      /^7 warning slide-text-size: slide "모두 한 장에" has text of 2\d\S* px/,
    ],
    [
      'faint text in the light scheme',
      ':root:not([data-scheme="dark"]) .slide mark { color: #ddd }',
      /^21 error slide-contrast: slide "그림" has text of contrast 1\.\d+ : 1 in the light scheme/,
    ],
    [
      'faint text in the dark scheme',
      '[data-scheme="dark"] .slide mark { color: #345 }',
      /^21 error slide-contrast: slide "그림" has text of contrast 1\.\d+ : 1 in the dark scheme/,
    ],
    [
      'a font of the machine',
      '.slide td { font-family: sans-serif }',
      /^12 warning slide-font: slide "모두 한 장에" has text that no font of the deck draws but/,
    ],
  ])('finds %s', async (_, css, expected) => {
    const messages = await found(note, css);
    expect(messages.find((message) => expected.test(message)) ?? messages.join('\n')).toMatch(expected);
  });

  test('finds what axe-core finds, at its line', async () => {
    const messages = await found(
      '# 그림\n\n## 이름 없는\n\n글\n\n<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">\n',
    );
    expect(messages).toEqual([
      expect.stringMatching(/^7 error slide-accessibility: slide "이름 없는" is not accessible .*image-alt/),
    ]);
  });
});

const still = (content: string) =>
  `<svg viewBox="0 0 1776 912" class="loopreel wide" role="img" aria-label="그림" xmlns="http://www.w3.org/2000/svg">${content}</svg>`;
const python = '# 재생\n\n## 코드\n\n글\n\n```python\nimport asyncio\n```\n';
const replay = (content: string): BlockShow => ({
  id: 'b1',
  status: 'ran',
  stdout: '',
  stills: [
    { caption: '처음', clock: '0초', svg: still('<text x="10" y="80" font-size="40">처음</text>') },
    { caption: '다음', clock: '1초', svg: still(content) },
  ],
});

describe('inspectDeck() looks into pictures, at every key step, and', () => {
  test.each([
    ['finds nothing in good ones', '<text x="10" y="80" font-size="30">글</text>', /^$/],
    [
      'finds text beyond the picture',
      '<text x="1700" y="80" font-size="40">아주 긴 글이다</text>',
      /^7 error slide-overflow: slide "코드 · 실행 과정" has a replay that is cut off by \d+ px at the right/,
    ],
    [
      'finds text that leaves its frame',
      '<g><rect class="panel" x="100" y="40" width="150" height="60"/><text x="110" y="80" font-size="40">아주 긴 글이다</text></g>',
      /^7 warning slide-overflow: slide "코드 · 실행 과정" has a replay that runs over its box by \d+ px at the right/,
    ],
    [
      'finds small text',
      '<text x="10" y="80" font-size="16">글</text>',
      /^7 warning slide-text-size: slide "코드 · 실행 과정" has a replay of 16 px/,
    ],
    [
      'finds a faint span in good text',
      '<text x="10" y="80" font-size="30">글 <tspan style="fill:#eee">흐린</tspan></text>',
      /^7 error slide-contrast: slide "코드 · 실행 과정" has a replay of contrast 1\.\d+ : 1 .*`흐린`$/,
    ],
    [
      'finds nothing where spans stand out and their text would not',
      '<rect x="0" y="40" width="400" height="60" fill="#fff"/><text class="reason" x="10" y="80" font-size="30" style="fill:#fff"><tspan style="fill:#000">글</tspan></text>',
      /^$/,
    ],
    [
      'finds faint text',
      '<rect x="0" y="40" width="400" height="60" fill="#777"/><text class="reason" x="10" y="80" font-size="30" style="fill:#888">글</text>',
      /^7 error slide-contrast: slide "코드 · 실행 과정" has a replay of contrast 1\.\d+ : 1 .*#888888 on #777777/,
    ],
  ])('%s', async (_, content, expected) => {
    const messages = await found(python, '', [replay(content)]);
    expect(messages.find((message) => expected.test(message)) ?? messages.join('\n')).toMatch(expected);
  });
});
