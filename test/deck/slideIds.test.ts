import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeDeck } from '../../src/deck/deck.ts';
import { createHighlight } from '../../src/deck/highlight.ts';
import { type NamedSlide, slideIds } from '../../src/deck/slideIds.ts';
import { readNote } from '../../src/notes/read.ts';
import { realMeasure } from './fonts.ts';

const idsOf = (...slides: readonly [name: string, section?: string][]) =>
  slideIds(slides.map(([name, section = '']) => ({ name, section })));

describe('slideIds()', () => {
  test('keeps letters, Hangul and digits of a title', () => {
    expect(idsOf(['asyncio.gather() 예제'], ['1. 태스크'], ['…'])).toEqual([
      'asyncio-gather-예제',
      's1-태스크',
      'slide',
    ]);
  });

  test('puts its section before a title that stands in several', () => {
    expect(idsOf(['잠금'], ['예제', '잠금'], ['큐'], ['예제', '큐'])).toEqual(['잠금', '잠금--예제', '큐', '큐--예제']);
    expect(idsOf(['잠금', '잠금'], ['잠금', '큐'])).toEqual(['잠금', '큐--잠금']);
  });

  test('numbers the slides of a title within its section', () => {
    expect(idsOf(['Tea'], ['Tea'], ['Tea 2'], ['Tea'])).toEqual(['tea', 'tea--2', 'tea-2', 'tea--3']);
  });

  test('is short enough for a file’s name', () => {
    const long = '가'.repeat(300);
    const ids = idsOf([long, 'a'], [long, `${long}b`], [long, `${long}b`]);
    expect(new Set(ids).size).toBe(3);
    for (const id of ids) expect(Buffer.byteLength(`${id}.100.png`)).toBeLessThan(256);
  });

  const words = fc.constantFrom('Tea', 'tea', 'Tea 2', '2', '차', '차 예제', '예제', '-', '', 'a--b', 'slide');
  const slide: fc.Arbitrary<NamedSlide> = fc.record({ name: words, section: fc.constantFrom('', 'Tea', '차', '2') });

  test('gives no id twice', () => {
    fc.assert(
      fc.property(fc.array(slide), (slides) => {
        expect(new Set(slideIds(slides)).size).toBe(slides.length);
      }),
    );
  });

  test('renames no slide of another title when a slide is inserted', () => {
    const plain = (name: string) => slideIds([{ name, section: '' }])[0];
    fc.assert(
      fc.property(fc.array(slide), slide, fc.nat(), (slides, added, place) => {
        const at = place % (slides.length + 1);
        const after = slideIds([...slides.slice(0, at), added, ...slides.slice(at)]);
        const kept = [...after.slice(0, at), ...after.slice(at + 1)];
        for (const [n, id] of slideIds(slides).entries())
          if (plain(slides[n]?.name ?? '') !== plain(added.name)) expect(kept[n]).toBe(id);
      }),
    );
  });
});

test('makeDeck() keeps the ids of slides when one before them is inserted, divided or continued', async () => {
  const highlight = await createHighlight();
  const measure = realMeasure();
  const ids = (text: string) =>
    makeDeck(readNote(text, 'a.md'), { shows: new Map(), highlight, measure }).slides.map(({ id }) => id);
  const items = (count: number) => Array.from({ length: count }, (_, n) => `- 줄 ${n}`).join('\n');
  const note = (first: string) =>
    `# 수업\n\n## 잠금\n\n${first}\n\n### 예제\n\n${items(9)}\n\n## 큐\n\n### 예제\n\n${items(9)}\n\n---\n\n${items(9)}\n`;
  const before = ids(note(items(3)));
  expect(before).toEqual(['수업', '잠금', '잠금--예제', '큐', '큐--예제', '큐--예제--2']);
  for (const [first, added] of [
    [`${items(9)}\n\n---\n\n${items(8)}`, ['잠금--2']],
    [items(40), ['잠금--2', '잠금--3', '잠금--4']],
    [`${items(9)}\n\n### 새 것\n\n${items(9)}`, ['새-것']],
  ] as const) {
    const after = ids(note(first));
    expect(after.filter((id) => !(added as readonly string[]).includes(id))).toEqual(before);
    expect(after.filter((id) => !before.includes(id)).length).toBeGreaterThan(0);
  }
});
