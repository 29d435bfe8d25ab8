import { join } from 'node:path';
import { test } from 'vitest';
import { isStructure } from '../../src/node/stylesheets.ts';
import { contrast, readColour } from '../../src/node/theme/colour.ts';
import { pairs } from '../../src/node/theme/pairs.ts';
import type { Theme } from '../../src/node/theme/read.ts';
import { type Token, tokens } from '../../src/node/theme/tokens.ts';
import { expectGolden } from '../golden.ts';
import { sheets, themeNamed } from '../themes.ts';

const folder = join(import.meta.dirname, '..', '..', 'themes');
const order = ['quiet', 'contrast', 'paper', 'hall'];
const themes = order.map(themeNamed);
const firstLine = (name: string) => /\/\* ([\s\S]*?) See README/.exec(sheets.get(name) ?? '')?.[1] ?? '';

test('themes/README.md says what the themes say', () => {
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const table = (head: readonly string[], rows: readonly (readonly string[])[]) =>
    [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');
  const code = (text: string) => `\`${text}\``;
  const valueIn = ({ light, dark }: Theme, { name, kind }: Token) =>
    kind === 'colour' ? `${code(light.get(name) ?? '')} ${code(dark?.get(name) ?? '')}` : code(light.get(name) ?? '');
  const bounds = ({ kind }: Token) => {
    if (kind === 'colour') return '';
    const { unit, least, most, step } = kind;
    return ` (${least}${unit} ${step ? 'or' : 'to'} ${most}${unit})`;
  };
  expectGolden(
    join(folder, 'README.md'),
    `# Themes

<!-- Written by test/node/themesPage.test.ts from the themes and their tables; UPDATE=1 writes it anew. -->

${table(
  ['theme', 'what it is for'],
  order.map((name) => [code(name), firstLine(name)]),
)}

![The colours of the themes, light and dark](swatches.svg)

\`theme: paper\` in a note's front matter chooses one, \`loopreel build --theme paper\` chooses for all notes and goes before front matter.

## Light and dark

Every theme has both. What decides, the first that says something:

1. the address of a page: \`?scheme=dark\` or \`?scheme=light\`; for an embedded replay \`<loopreel-replay scheme="dark">\`;
2. the note's front matter: \`scheme: dark\` or \`light\`;
3. the reader's system (\`prefers-color-scheme\`).

PDFs of slides and pictures are light unless front matter says \`scheme: dark\`; handouts are always light.

## A theme of one's own

Copy \`themes/quiet.css\`, change values, and name the file: \`loopreel build --theme brand.css\` (from the working directory), or \`theme: brand.css\` in front matter (from the note's folder). A theme is a \`:root\` block with every token, one for \`[data-scheme="dark"]\` with every colour (without it the theme is the same in the dark), and below them rules of one's own, if any:

\`\`\`css
.slide.section { background: linear-gradient(var(--lr-cover-bg), #103050) }
.slide.title::after { content: url("data:image/svg+xml,…") }
\`\`\`

Colours are \`#rrggbb\`, \`rgb(…)\` or \`hsl(…)\` without transparency. Slides are measured before a browser sees them: sizes, fonts and spacing are no tokens, and a rule that changes them makes slides run over. A theme asks for nothing from anywhere: \`@import\`, \`@font-face\` and addresses other than \`data:\` pictures are refused. What is wrong is told with file, line and column; contrasts below WCAG AA are warned of, and it is the author who decides.

## Tokens

Each is a custom property that begins with \`--lr-\`. Values are light, then dark.

${table(
  ['token', 'for', ...order],
  tokens.map((token) => [code(token.name), token.use + bounds(token), ...themes.map((theme) => valueIn(theme, token))]),
)}

## Contrast

Which tokens stand on which grounds. Text has a contrast of 4.5 : 1 or more, in \`contrast\` of 7 : 1; graphics have 3 : 1. \`running 15% surface\` is a mix of two.

${table(
  ['what', 'tokens', 'on', 'kind'],
  pairs.map(({ what, tokens, grounds, kind }) => [
    what,
    tokens.map(code).join(' '),
    grounds.map(code).join(', '),
    kind,
  ]),
)}
`,
  );
});

test('themes/swatches.svg shows every colour on its ground', () => {
  const colours = tokens.filter(({ kind }) => kind === 'colour').map(({ name }) => name);
  const [columnWidth, rowHeight, left, top] = [104, 26, 150, 56];
  const columns = themes.flatMap((theme) => [
    { name: theme.name, scheme: 'light', values: theme.light },
    { name: theme.name, scheme: 'dark', values: theme.dark ?? theme.light },
  ]);
  const width = left + columns.length * columnWidth + 16;
  const height = top + colours.length * rowHeight + 16;
  const cells = columns.flatMap(({ name, scheme, values }, n) => {
    const x = left + n * columnWidth;
    const head = `<text x="${x + 8}" y="24" font-weight="700">${name}</text><text x="${x + 8}" y="44">${scheme}</text>`;
    return [
      head,
      ...colours.map((colour, row) => {
        const fill = values.get(colour) ?? '';
        const ground = readColour(fill);
        const ink = ground && contrast(ground, [0, 0, 0]) > contrast(ground, [255, 255, 255]) ? '#000' : '#fff';
        const y = top + row * rowHeight;
        return `<rect x="${x}" y="${y}" width="${columnWidth}" height="${rowHeight}" fill="${fill}"/><text x="${x + 8}" y="${y + 18}" fill="${ink}">${fill}</text>`;
      }),
    ];
  });
  const names = colours.map((name, row) => `<text x="12" y="${top + row * rowHeight + 18}">${name}</text>`);
  expectGolden(
    join(folder, 'swatches.svg'),
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="sans-serif" font-size="14">
<rect width="100%" height="100%" fill="#fff"/>
${[...names, ...cells].join('\n')}
</svg>
`,
  );
});

test('every theme is on the page', ({ expect }) => {
  expect([...sheets.keys()].filter((name) => !isStructure(name)).sort()).toEqual([...order].sort());
});
