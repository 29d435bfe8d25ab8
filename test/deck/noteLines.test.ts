import { toHtml } from 'hast-util-to-html';
import { expect, test } from 'vitest';
import { makeDeck } from '../../src/deck/deck.ts';
import { slidePlace, withNoteLines } from '../../src/deck/noteLines.ts';
import { readNote } from '../../src/notes/read.ts';
import { columns } from '../../src/text/width.ts';

const deckOf = (text: string) =>
  makeDeck(readNote(text, 'lines.md'), {
    shows: new Map(),
    highlight: (code) => code.split('\n').map((text) => [{ text, kind: 'plain' }]),
    measure: (text) => columns(text) * 0.55,
  });

/** The note's line on every element of the deck whose own text is `text`. */
function linesOf(source: string, text: string): number[] {
  const html = withNoteLines(deckOf(source))
    .slides.flatMap(({ heading, body }) => [heading, ...body].map((node) => toHtml(node)))
    .join('\n');
  return [...html.matchAll(/data-note-line="(\d+)"[^>]*>(?:<sup>\d+<\/sup>)?([^<]*)/g)]
    .filter(([, , own]) => own?.trim() === text)
    .map(([, line]) => Number(line));
}

test.each([
  ['a paragraph', '# 제목\n\n## 장\n\n첫 글\n\n둘째 글', '둘째 글', [7]],
  ['an item', '# 제목\n\n## 장\n\n- 하나\n- 둘', '둘', [6]],
  ['a cell', '# 제목\n\n## 장\n\n| 가 | 나 |\n|---|---|\n| 다 | 라 |', '라', [7]],
  ['raw HTML', '# 제목\n\n## 장\n\n글\n\n<b>굵게</b>', '굵게', [7]],
  ['a footnote', '# 제목\n\n## 장\n\n글[^1]\n\n더\n\n[^1]: 주석', '주석', [9]],
])('withNoteLines() knows the line of %s', (_, source, text, lines) => {
  expect(linesOf(source, text)).toEqual(lines);
});

test('withNoteLines() knows the fence of a code, on each slide that it takes', () => {
  const code = Array.from({ length: 60 }, (_, n) => `value_${n} = ${n}`).join('\n');
  const { slides } = withNoteLines(deckOf(`# 제목\n\n## 장\n\n글\n\n\`\`\`js\n${code}\n\`\`\`\n`));
  const html = slides.map(({ body }) => body.map((node) => toHtml(node)).join(''));
  const figures = html.flatMap((page) => page.match(/<figure[^>]*>/g) ?? []);
  expect(figures.length).toBeGreaterThan(1);
  for (const figure of figures) expect(figure).toContain('data-note-line="7"');
});

test('slidePlace() is that of the heading, or of what stands below', () => {
  expect(
    deckOf('# 제목\n\n글\n\n## 장 (API) 🎉\n\n본문\n\n---\n\n또').slides.map((slide) => slidePlace(slide)?.line),
  ).toEqual([1, 5, 5]);
  expect(deckOf('---\ntitle: 이름\n---\n\n첫 글').slides.map((slide) => slidePlace(slide)?.line)).toContain(5);
});
