import { beforeAll, expect, test } from 'vitest';
import { makeDeck } from '../../src/deck/deck.ts';
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
const much = '- 줄\n'.repeat(12);
const deckOf = (titles: readonly string[], frontMatter = '') =>
  makeDeck(
    readNote(
      `${frontMatter}# 노트\n\n${titles.map((title) => `## ${title}\n\n### 하나\n\n${much}\n\n### 둘\n\n${much}`).join('\n\n')}\n`,
      'a.md',
    ),
    { shows: new Map(), highlight, measure },
  );

test('a deck of many sections lists them behind its title, each with the way to it', () => {
  const deck = deckOf(['냄비', '주전자', '화구', '식탁']);
  const [title, agenda, section] = deck.slides;
  expect([title?.title, agenda?.title, section?.title]).toEqual(['노트', '차례', '냄비']);
  expect([agenda?.h, section?.h]).toEqual([1, 2]);
  const page = renderScreen(deck, { stylesheet: '', fonts: '', script: '', sprite: '' });
  const ways = [...page.matchAll(/<a href="#\/([^"]*)">([^<]*)</g)].map(([, id, text]) => [id, text]);
  expect(ways.map(([, text]) => text)).toEqual(['냄비', '주전자', '화구', '식탁']);
  for (const [id] of ways) expect(deck.slides.filter((slide) => slide.id === id && slide.v === 0)).toHaveLength(1);
  expect(renderPrint(deck, { css: '', sprite: '' })).not.toContain('href="#/');
});

test('a section that numbers itself is not numbered again, and many stand in two columns', () => {
  const list = (deck: ReturnType<typeof deckOf>) => JSON.stringify(deck.slides[1]?.body);
  const numbered = list(deckOf(Array.from({ length: 12 }, (_, n) => `${n + 1}. 절`)));
  expect(numbered).not.toContain('"tagName":"ol"');
  expect(numbered.match(/"tagName":"ul"/g)).toHaveLength(2);
  expect(list(deckOf(['가', '나', '다', '라']))).toContain('"tagName":"ol"');
});

test('a short deck, one that has its own list and one that wants none get none', () => {
  const titles = (deck: ReturnType<typeof deckOf>) => deck.slides.map(({ title }) => title);
  expect(titles(deckOf(['냄비', '주전자', '화구']))).not.toContain('차례');
  expect(titles(deckOf(['냄비', '주전자', '화구', '식탁'], '---\nagenda: false\n---\n\n'))).not.toContain('차례');
  expect(titles(deckOf(['목차', '냄비', '주전자', '화구', '식탁']))).not.toContain('차례');
});
