import { beforeAll, describe, expect, test } from 'vitest';
import { type Deck, makeDeck, type Slide } from '../../src/deck/deck.ts';
import { renderHandout } from '../../src/deck/handout/handout.ts';
import { hastText } from '../../src/deck/hastText.ts';
import { createHighlight } from '../../src/deck/highlight.ts';
import { renderPrint } from '../../src/deck/print.ts';
import { renderScreen } from '../../src/deck/screen.ts';
import type { Highlight } from '../../src/deck/show.ts';
import { readNote } from '../../src/notes/read.ts';
import { realMeasure } from './fonts.ts';

const measure = realMeasure();
let highlight: Highlight;
beforeAll(async () => {
  highlight = await createHighlight();
});
const deckOf = (text: string): Deck => makeDeck(readNote(text, 'a.md'), { shows: new Map(), highlight, measure });
const slideOf = (text: string) => deckOf(`# T\n\n${text}\n`).slides[1] as Slide;
const textOf = ({ heading, body }: Slide) => [heading, ...body].map((node) => hastText(node as never)).join(' ');
const html = (deck: Deck) => renderScreen(deck, { stylesheet: 's.css', fonts: 'f.css', script: 'd.js', sprite: '' });
const columns = (text: string) =>
  /grid-template-columns:([^"]*)"/.exec(html(deckOf(`# T\n\n${text}\n`)))?.[1]?.split(' ').length;

const code = '```python\nx = 1\n```';

describe('the layout that content suits', () => {
  test.each([
    ['a sentence', '## 한마디\n\n기다림은 겹친다.', 'statement', true],
    ['two items', '## 더 읽기\n\n- 하나\n- 둘', 'statement', true],
    ['a quote', '## 누가\n\n> 오래 기다린 사람이 먼저 간다.', 'quote', undefined],
    ['a picture', '## 그림\n\n![루프](a.png)', 'picture', undefined],
    ['a short summary', '## 요약\n\n- 하나\n- 둘', 'summary', true],
    ['a long summary', `## Key points\n\n${'- a point\n'.repeat(9)}`, 'summary', undefined],
    ['an agenda', '## 목차\n\n- 하나\n- 둘', 'agenda', true],
    ['an exercise', '## 연습 1: 세 냄비\n\n모두 몇 초 걸리나?', 'exercise', true],
    ['a German exercise', '## Übung 2\n\nWie lange?', 'exercise', true],
    ['a heading that speaks of tasks', '## One eager task\n\n- 하나', 'statement', true],
    ['text', '## 글\n\n- 하나\n- 둘\n- 셋', undefined, undefined],
    ['a long text', `## 글\n\n${'기다림은 겹친다. '.repeat(40)}`, undefined, undefined],
    ['a table', '## 표\n\n| a | b |\n|---|---|\n| 1 | 2 |', undefined, undefined],
    ['a code', '## 코드\n\n```python\nx = 1\n```', undefined, undefined],
  ] as const)('%s', (_name, text, layout, centred) => {
    const slide = slideOf(text);
    expect([slide.layout, slide.centred]).toEqual([layout, centred]);
  });

  test('is told by classes', () => {
    expect(html(deckOf('# T\n\n## 한마디\n\n겹친다.\n'))).toMatch(
      /<section[^>]*class="slide layout-statement centred"/,
    );
  });

  test('a quote and a diagram alone grow', () => {
    const sizes = (text: string) => Number(/--text:([\d.]+)px/.exec(html(deckOf(`# T\n\n${text}\n`)))?.[1]);
    expect(sizes('## 누가\n\n> 오래 기다린 사람이 먼저 간다.')).toBeGreaterThan(sizes('## 글\n\n- 하나\n- 둘\n- 셋'));
  });

  test('codes beside each other begin at one height, below the words of both', () => {
    const rows = html(deckOf(`# T\n\n## A\n\n한 줄.\n\n${code}\n\n한 줄.\n\n두 줄.\n\n${code}\n`)).match(
      /class="row" style="grid-template-columns:[\d.]+px [\d.]+px"/g,
    );
    expect(rows).toHaveLength(2);
  });

  test('a few words beside a code leave the room to it', () => {
    const [left = 0, right = 0] =
      /grid-template-columns:([\d.]+)px ([\d.]+)px/
        .exec(html(deckOf(`# T\n\n## A\n\n::slide{layout=side}\n\n한 줄.\n\n${code}\n`)))
        ?.slice(1)
        .map(Number) ?? [];
    expect(right).toBeGreaterThan(1.5 * left);
  });

  test('slides of one topic have one size', () => {
    const long = Array.from({ length: 27 }, (_, n) => `value_${n} = await call(${n})`).join('\n');
    const topic = `# T\n\n## A\n\n\`\`\`python\nimport asyncio\n\nx = 1\n\ndef f():\n    pass\n\nasync def main():\n    ${long.replaceAll('\n', '\n    ')}\n\`\`\`\n`;
    const sizes = [...html(deckOf(topic)).matchAll(/--code:([\d.]+)px/g)].map(([, size]) => size);
    expect(sizes.length).toBeGreaterThan(1);
    expect(new Set(sizes).size).toBe(1);
  });

  test('the box of a task is named by its task', () => {
    expect(html(deckOf('# T\n\n## A\n\n- [x] 물을 끓인다\n- [ ] 차를 우린다\n'))).toMatch(
      /<input[^>]*aria-label="물을 끓인다"[^>]*>.*<input[^>]*aria-label="차를 우린다"/s,
    );
  });

  test('two tables stand side by side', () => {
    expect(columns('## 표\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n| c | d |\n|---|---|\n| 3 | 4 |')).toBe(2);
  });
});

describe('the layout that the author asks for', () => {
  const note = (layout: string) => `## A\n\n::slide{layout=${layout}}\n\n글 한 줄.\n\n\`\`\`python\nx = 1\n\`\`\``;

  test('sets text beside code, or above it', () => {
    expect(columns(note('side'))).toBe(2);
    expect(columns(note('code'))).toBe(1);
  });

  test('wins over the one that content suits', () => {
    expect(slideOf('## 요약\n\n::slide{layout=text}\n\n- 하나').layout).toBe('text');
  });

  test('lets a picture cover its slide', () => {
    const classes = (text: string) =>
      /<section[^>]*class="([^"]*)"[^>]*><h2/.exec(html(deckOf(`# T\n\n## A\n\n${text}\n`)))?.[1];
    expect(classes('![a](a.png)')).toBe('slide layout-picture');
    expect(classes('::slide{layout=picture}\n\n![a](a.png)')).toBe('slide layout-picture bleeding');
  });

  test('is passed over where boxes cannot be arranged so', () => {
    expect(columns(note('comparison'))).toBe(columns(note('code')));
  });

  test('is told of where there is none of its name, with those that there are', () => {
    const [message] = readNote('# T\n\n## A\n\n::slide{layout=wide}\n\nx\n', 'a.md').messages;
    expect(message?.line).toBe(5);
    expect(`${message?.reason} ${message?.note}`).toMatch(/layout.*comparison/s);
  });
});

describe('an exercise', () => {
  const titles = (text: string) => deckOf(text).slides.map(({ title }) => title);

  const short = '# T\n\n## 연습 1\n\n몇 초인가?\n\n**정답:**\n\n합이 아니라 최댓값.\n';

  test('hides its solution until a click shows it below the task', () => {
    const deck = deckOf(short);
    expect(deck.slides.map(({ title }) => title)).toEqual(['T', '연습 1']);
    expect(html(deck)).toMatch(/몇 초인가.*class="callout tip answer fragment"[^>]*>.*정답.*최댓값/s);
  });

  test('stands on paper without its solution, then with it, under one heading', () => {
    const page = renderPrint(deckOf(short), { css: '', sprite: '' });
    const [, task = '', both = ''] = page.split('<section').slice(1);
    expect(task).toMatch(/^ id="p2"[^>]*class="page slide unanswered".*<h2/s);
    expect(both).toMatch(/^ data-slide="연습-1"[^>]*class="page slide".*<p class="slide-title"/s);
    const handout = renderHandout(deckOf(short), { kind: 4, paper: 'a4', exercise: false }, { css: '', sprite: '' });
    expect(handout.match(/class="thumbnail"/g)).toHaveLength(3);
    expect(handout.match(/<h2/g)).toHaveLength(1);
  });

  test('has its solution beside it where there is no room below', () => {
    const text = `몇 초인가?\n\n${'1. 힌트\n'.repeat(6)}\n**정답:**\n\n\`\`\`python\n${'x = 1\n'.repeat(10)}\`\`\``;
    expect(titles(`# T\n\n## 연습 1\n\n${text}\n`)).toEqual(['T', '연습 1']);
    expect(columns(`## 연습 1\n\n${text}`)).toBe(2);
  });

  test('shows a long solution only on the next slide', () => {
    const long = `\`\`\`python\n${'x = 1\n'.repeat(19)}\`\`\``;
    const deck = deckOf(`# T\n\n## 연습 1\n\n몇 초인가?\n\n**정답:**\n\n합이 아니라 최댓값.\n\n${long}\n`);
    expect(deck.slides.map(({ title }) => title)).toEqual(['T', '연습 1', '연습 1 · 정답']);
    expect(textOf(deck.slides[1] as Slide)).not.toContain('최댓값');
    expect(textOf(deck.slides[2] as Slide)).toContain('최댓값');
  });

  test('takes what a page folds away for the solution', () => {
    const folded = '<details>\n<summary>Show solution</summary>\n\nThe maximum.\n\n</details>';
    const deck = deckOf(`# T\n\n## Exercise 1\n\nHow long?\n\n${folded}\n`);
    expect(deck.slides.map(({ title }) => title)).toEqual(['T', 'Exercise 1']);
    expect(textOf(deck.slides[1] as Slide)).toMatch(/How long\?.*The maximum\./s);
  });

  test('shares a slide with other exercises, not with their solutions nor with what is none', () => {
    expect(titles('# T\n\n## 연습 문제\n\n### 연습 1\n\n가\n\n### 연습 2\n\n나\n')).toEqual(['T', '연습 문제']);
    expect(titles('# T\n\n## 연습 문제\n\n### 연습 1\n\n가\n\n### 정답\n\n나\n')).toEqual([
      'T',
      '연습 문제',
      '연습 1',
      '정답',
    ]);
    expect(titles('# T\n\n## 마지막\n\n### 연습 1\n\n가\n\n### 인사\n\n나\n')).toEqual([
      'T',
      '마지막',
      '연습 1',
      '인사',
    ]);
  });

  test('is nothing that has an answer by chance', () => {
    expect(titles('# T\n\n## 물음\n\n몇 초인가?\n\n정답:\n\n셋.\n')).toEqual(['T', '물음']);
  });
});
