import { describe, expect, test } from 'vitest';
import { setFormulas } from '../../src/node/formulas.ts';
import { readNote } from '../../src/notes/read.ts';

const formulas = (text: string) => {
  const found: string[] = [];
  const look = (node: { type: string; value?: string; children?: readonly never[] }) => {
    if (node.type === 'inlineMath' || node.type === 'math') found.push(node.value ?? '');
    for (const child of node.children ?? []) look(child);
  };
  look(readNote(text, 'a.md').tree as never);
  return found;
};

describe('a pair of dollars', () => {
  test.each([
    ['$x$', ['x']],
    ['시간은 $O(n)$이다', ['O(n)']],
    ['($x$), $y$; "$z$"', ['x', 'y', 'z']],
    ['$5 + 6$ and $2^n$', ['5 + 6', '2^n']],
    ['$\\text{속도} = 3$', ['\\text{속도} = 3']],
    ['$$a b$$ in a line', ['a b']],
    ['$$\na\n$$', ['a']],
    ['costs $5, and $x$ is', ['x']],
  ])('%j holds formulas', (text, expected) => {
    expect(formulas(text)).toEqual(expected);
  });

  test.each([
    '$5 and $6',
    '$5-$6',
    'US$5 and US$6',
    '$HOME/$USER',
    '100$ or 200$',
    '가격은 $5이고 합은 6$',
    '$ x $',
    '\\$x\\$',
    '`$x$`',
    'a $b\nc$ d',
    '{{ $value }} {{ $other }}',
  ])('%j is text', (text) => {
    expect(formulas(text)).toEqual([]);
  });

  test('one that is never closed is told of', () => {
    const { messages } = readNote('# A\n\n$$\nx\n\n## B\n', 'a.md');
    expect(messages).toMatchObject([{ line: 3, ruleId: 'math-unclosed', fatal: true }]);
  });
});

describe('setFormulas', () => {
  const problems = async (text: string) =>
    (await setFormulas(readNote(text, 'a.md'), null)).problems.map(({ line, reason }) => `${line}: ${reason}`);

  test.each([
    ['a\n\n$\\frac{a$', "3: formula: Unexpected end of input in a macro argument, expected '}'"],
    ['$$\na\n+ \\wrong\n$$', '3: formula: Undefined control sequence: \\wrong'],
    ['$\\href{javascript:alert(1)}{x}$', /^1: formula: .*\\href/],
    ['$\\includegraphics{https://a.b/c.png}$', /^1: formula: .*\\includegraphics/],
  ])('tells of %j at its line', async (text, message) => {
    expect(await problems(text)).toEqual([typeof message === 'string' ? message : expect.stringMatching(message)]);
  });

  test('knows what a formula takes, without a browser', async () => {
    const { set } = await setFormulas(readNote('$x$ and $xxxx$\n\n$$\n\\frac{a}{b}\n$$', 'a.md'), null);
    const [one, four, fraction] = [...set.values()];
    expect(one?.width).toBeCloseTo(0.572 * 1.02 + 0.05, 2);
    expect(four?.width).toBeCloseTo(4 * 0.572 * 1.02 + 0.05, 2);
    expect(fraction?.height).toBeGreaterThan(1.7);
  });

  test('loads nothing and gives nothing where there is no formula', async () => {
    expect(await setFormulas(readNote('$5 and $6', 'a.md'), null)).toEqual({ set: new Map(), css: '', problems: [] });
  });
});

test('no font is empty: browsers refuse one without characters', async () => {
  const { css } = await setFormulas(readNote('# 합\n\n$\\sum_{i=1}^{n} x_i$\n', 'n.md'), null);
  const fonts = [...css.matchAll(/@font-face\{font-family:'([^']+)'[^}]*base64,([^)]+)\)/g)];
  expect(fonts.map(([, family]) => family)).toEqual([
    'Loopreel Math Main',
    'Loopreel Math Math',
    'Loopreel Math Size1',
  ]);
});
