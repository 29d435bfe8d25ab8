import fc from 'fast-check';
import type { Nodes } from 'hast';
import { expect, test } from 'vitest';
import { makeDeck } from '../../src/deck/deck.ts';
import type { Diagram } from '../../src/deck/diagramBox.ts';
import { setFormulas } from '../../src/node/formulas.ts';
import { readNote } from '../../src/notes/read.ts';
import { realMeasure } from './fonts.ts';

const measure = realMeasure();
const drawing = 'flowchart LR\n  A --> B';
const diagram: Diagram = {
  label: 'A B',
  svg: '<svg viewBox="0 0 700 300"><text>A B</text></svg>',
  width: 700,
  height: 300,
};

/** Words of a sentence; `#` becomes its number, by which it is found again on a slide. */
const sentence = fc
  .integer({ min: 1, max: 45 })
  .map(
    (words) => `말#번 ${'이벤트 루프는 준비된 작업을 하나씩 꺼낸다 '.repeat(10).split(' ').slice(0, words).join(' ')}.`,
  );
const short = fc.constantFrom('말#번', '말#번 await', '말#번 짧은 글');
const lines = <Line>(line: fc.Arbitrary<Line>, most: number) => fc.array(line, { minLength: 1, maxLength: most });

const paragraph = lines(sentence, 6).map((all) => all.join(' '));
const list = lines(sentence, 14).map((all) => all.map((text, n) => `${n % 3 === 2 ? '  ' : ''}- ${text}`).join('\n'));
const numbers = lines(short, 20).map((all) => all.map((text, n) => `${n + 1}. ${text}`).join('\n'));
const table = fc.tuple(fc.integer({ min: 1, max: 6 }), lines(fc.oneof(short, sentence), 24)).map(([columns, cells]) => {
  const row = (some: readonly string[]) =>
    `|${Array.from({ length: columns }, (_, n) => ` ${some[n] ?? '–'} |`).join('')}`;
  const rows = Array.from({ length: Math.ceil(cells.length / columns) }, (_, n) =>
    row(cells.slice(n * columns, (n + 1) * columns)),
  );
  return [row(['머리']), `|${'---|'.repeat(columns)}`, ...rows].join('\n');
});
const code = fc
  .tuple(lines(fc.integer({ min: 0, max: 180 }), 60), fc.constantFrom('js', '', 'json'))
  .map(
    ([widths, lang]) =>
      `\`\`\`${lang}\n${widths.map((width) => `a "말#번" ${'x1 '.repeat(width / 3)}`).join('\n')}\n\`\`\``,
  );
const formula = fc.tuple(short, fc.integer({ min: 1, max: 12 }), fc.boolean()).map(([text, terms, display]) => {
  const tex = Array.from({ length: terms }, (_, n) => `\\frac{x_{${n}}}{2}`).join('+');
  return display ? `${text}\n\n$$\n${tex}\n$$` : `${text} $${tex}$ 이다`;
});
const quote = paragraph.map((text) => `> ${text}`);
const picture = short.map((text) => `![그림](a.png "${text}")`);
const mermaid = fc.constant(`\`\`\`mermaid\n${drawing}\n\`\`\``);
const footnote = fc.tuple(short, sentence).map(([text, note]) => `${text}[^n@]\n\n[^n@]: ${note}`);

const plain = fc.oneof(paragraph, list, numbers, table, code, formula, quote, picture, mermaid);
const blocks = (most: number) => fc.array(plain, { minLength: 1, maxLength: most }).map((all) => all.join('\n\n'));
const callout = fc
  .tuple(fc.constantFrom('note', 'tip', 'important', 'warning', 'caution'), blocks(3))
  .map(([kind, inside]) => `:::callout{kind=${kind}}\n${inside}\n:::`);
const alert = fc
  .tuple(fc.constantFrom('NOTE', 'Tip', 'caution'), fc.oneof(paragraph, list, code))
  .map(([kind, inside]) => `> [!${kind}]\n${inside.replace(/^/gm, '> ')}`);
const columns = fc
  .tuple(blocks(2), blocks(2), fc.constantFrom('', '{widths=2:1}'))
  .map(([left, right, widths]) => `::::columns${widths}\n:::column\n${left}\n:::\n:::column\n${right}\n:::\n::::`);
const fragment = blocks(2).map((inside) => `:::fragment\n${inside}\n:::`);
const dressed = fc
  .tuple(fc.constantFrom('picture', 'text', 'quote', 'summary'), picture, paragraph)
  .map(([layout, image, text]) => `::slide{layout=${layout}}\n\n${image}\n\n${text}`);

const content = fc.oneof(plain, callout, alert, columns, fragment, footnote);
const section = fc
  .tuple(fc.constantFrom('##', '###'), short, fc.oneof(dressed, fc.constant('')), fc.array(content, { maxLength: 4 }))
  .map(([depth, title, dress, all]) => [`${depth} ${title}`, ...(dress ? [dress] : []), ...all].join('\n\n'));

/** A note with all that authors may write, and the sentences in it by their numbers. */
const note = fc.array(section, { minLength: 1, maxLength: 4 }).map((sections) => {
  let said = 0;
  let notes = 0;
  const source = `# 제목\n\n${sections.join('\n\n')}\n`
    .replace(/말#/g, () => `말${said++}`)
    .replace(/\[\^n@\]([\s\S]*?)\[\^n@\]/g, (_, between: string) => `[^n${notes}]${between}[^n${notes++}]`);
  return { source, said };
});

async function deckOf(source: string) {
  const read = readNote(source, 'a.md');
  const { set } = await setFormulas(read, null);
  return makeDeck(read, {
    shows: new Map(),
    highlight: (code) => code.split('\n').map((text) => [{ text, kind: 'plain' }]),
    measure,
    formulas: set,
    diagrams: new Map([[drawing, diagram]]),
  });
}

function textOf(node: Nodes): string {
  if (node.type === 'text') return node.value;
  return 'children' in node ? node.children.map(textOf).join('') : '';
}

test('makeDeck() puts every sentence of any note on a slide, over the end of none, alike each time', async () => {
  await fc.assert(
    fc.asyncProperty(note, async ({ source, said }) => {
      const deck = await deckOf(source);
      const shown = new Set(
        deck.slides
          .flatMap(({ heading, body }) => [heading, ...body].map(textOf))
          .join('\n')
          .match(/말\d+(?=번)/g),
      );
      expect(Array.from({ length: said }, (_, n) => `말${n}`).filter((word) => !shown.has(word))).toEqual([]);
      expect(deck.slides.filter(({ overhang }) => overhang).map(({ title, overhang }) => [title, overhang])).toEqual(
        [],
      );
      expect(JSON.stringify(await deckOf(source))).toBe(JSON.stringify(deck));
    }),
    { numRuns: 25, seed: Number(process.env.FIT_SEED ?? 5), endOnFailure: false },
  );
}, 120_000);
