import { beforeAll, describe, expect, test } from 'vitest';
import { areContrasted } from '../../src/deck/contrast.ts';
import { type Deck, makeDeck, type Slide } from '../../src/deck/deck.ts';
import { hastText } from '../../src/deck/hastText.ts';
import { createHighlight } from '../../src/deck/highlight.ts';
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
const textOf = (slide: Slide | undefined) =>
  slide ? [slide.heading, ...slide.body].map((node) => hastText(node as never)).join(' ') : '';
const html = (deck: Deck) => renderScreen(deck, { stylesheet: 's.css', fonts: 'f.css', script: 'd.js', sprite: '' });
const columns = (page: string) =>
  [...page.matchAll(/grid-template-columns:([^"]*)"/g)].map(([, widths]) => widths?.split(' ').length);

const code = (lines: number, name = 'f') =>
  `\`\`\`python\n${Array.from({ length: lines }, (_, n) => `${name}${n} = ${n}`).join('\n')}\n\`\`\``;
const much = Array.from({ length: 9 }, (_, n) => `- 줄 ${n}`).join('\n');

describe('topics that would leave their slides half empty', () => {
  test('share one under the heading that is above them, which then needs no slide of its own', () => {
    const deck = deckOf('# 물\n\n## 끓이기\n\n### 냄비\n\n넓다.\n\n### 주전자\n\n좁다.\n');
    expect(titles(deck)).toEqual(['물', '끓이기']);
    expect(textOf(deck.slides[1])).toMatch(/냄비\s*넓다.*주전자\s*좁다/);
    expect(html(deck)).toMatch(/<h2[^>]*>.*끓이기.*<h3>냄비<\/h3>.*<h3>주전자<\/h3>/s);
  });

  test('stay apart where one of them fills a slide, or a --- stands between', () => {
    const full = deckOf(`# 물\n\n## 끓이기\n\n### 냄비\n\n${much}\n\n### 주전자\n\n좁다.\n`);
    expect(titles(full)).toEqual(['물', '끓이기', '냄비', '주전자']);
    const parted = deckOf('# 물\n\n## 끓이기\n\n### 냄비\n\n넓다.\n\n---\n\n### 주전자\n\n좁다.\n');
    expect(titles(parted)).toEqual(['물', '끓이기', '냄비', '주전자']);
  });

  test('never join across sections', () => {
    expect(titles(deckOf('# 물\n\n## 냄비\n\n넓다.\n\n## 주전자\n\n좁다.\n'))).toEqual(['물', '냄비', '주전자']);
  });

  test('keep their speaker notes', () => {
    const deck = deckOf(
      '# 물\n\n## 끓이기\n\n### 냄비\n\n넓다.\n\n:::notes\n하나\n:::\n\n### 주전자\n\n좁다.\n\n:::notes\n둘\n:::\n',
    );
    expect(deck.slides[1]?.notes).toBe('<p>하나</p>\n<p>둘</p>');
  });
});

test('the only subtopic of a section names its slide together with it', () => {
  const deck = deckOf(`# 물\n\n## 끓이기\n\n### 냄비\n\n${much}\n`);
  expect(titles(deck)).toEqual(['물', '끓이기 · 냄비']);
});

test('a short explanation stands beside the code that it is below, the code first', () => {
  const deck = deckOf(`# 물\n\n## 끓이기\n\n${code(8)}\n\n### 설명\n\n- 물이 끓는다\n- 김이 난다\n`);
  expect(titles(deck)).toEqual(['물', '끓이기']);
  const page = html(deck);
  expect(columns(page)).toEqual([2]);
  expect(page.indexOf('code-card')).toBeLessThan(page.indexOf('설명'));
});

test('a short remark stands below the table that it is about', () => {
  const table = `| a | b |\n|---|---|\n${'| 1 | 2 |\n'.repeat(5)}`;
  expect(titles(deckOf(`# 물\n\n## 표\n\n${table}\n#### 참고\n\n3.11부터.\n`))).toEqual(['물', '표']);
});

describe('the two sides of a comparison', () => {
  const note = (one: string, other: string) =>
    `# 물\n\n## 두 방법\n\n### ${one}\n\n하나씩 한다.\n\n${code(14, 'a')}\n\n### ${other}\n\n함께 한다.\n\n${code(14, 'b')}\n`;

  test('stand side by side, words above words and code beside code, and replay one after the other', () => {
    const stills = [{ caption: '', clock: '', svg: '<svg/>' }];
    const deck = deckOf(
      note('동기 방식', '비동기 방식'),
      ['b1', 'b2'].map((id) => ({ id, status: 'ran', stdout: '', stills, replayJson: '{}' })),
    );
    expect(titles(deck)).toEqual(['물', '두 방법', '동기 방식 · 실행 과정', '비동기 방식 · 실행 과정']);
    expect(columns(html(deck))).toEqual([2, 2]);
  });

  test('are no pair when nothing says so', () => {
    expect(titles(deckOf(note('냄비', '주전자')))).toEqual(['물', '두 방법', '냄비', '주전자']);
  });

  test.each([
    ['동기 (Synchronous)', '비동기 (Asynchronous)', '', true],
    ['The blocking way', 'The non-blocking way', '', true],
    ['Sequential', 'Concurrent', '', true],
    ['Before', 'After', '', true],
    ['create_task', 'gather', 'D-1. gather vs create_task', true],
    ['비동기 반복자', '비동기 제너레이터', '', false],
    ['asyncio.run()', 'asyncio.gather()', '', false],
    ['gather', 'TaskGroup', '함께 기다리기', false],
  ])('%s and %s under "%s": %s', (one, other, above, expected) => {
    expect(areContrasted(one, other, above)).toBe(expected);
    expect(areContrasted(other, one, above)).toBe(expected);
  });
});
