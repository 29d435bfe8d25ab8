import { describe, expect, test } from 'vitest';
import { isStructure } from '../../src/node/stylesheets.ts';
import { contrast, mix, readColour } from '../../src/node/theme/colour.ts';
import { lowContrasts, pairs } from '../../src/node/theme/pairs.ts';
import { readTheme } from '../../src/node/theme/read.ts';
import { tokens } from '../../src/node/theme/tokens.ts';
import { sheets, themeNamed } from '../themes.ts';

const themes = [...sheets.keys()].filter((name) => !isStructure(name));
const structure = [...sheets].filter(([name]) => isStructure(name));

test('there are four themes, each light and dark', () => {
  expect(themes).toEqual(['contrast', 'hall', 'paper', 'quiet']);
  for (const name of themes) expect(themeNamed(name).dark).toBeDefined();
});

describe('every pair of tokens that stand on each other can be read', () => {
  const schemes = themes.flatMap((name) => (['light', 'dark'] as const).map((scheme) => [name, scheme] as const));
  test.each(schemes)('in %s, %s', (name, scheme) => {
    const theme = themeNamed(name);
    const values = new Map([...theme.light, ...(scheme === 'dark' ? (theme.dark ?? []) : [])]);
    const found = lowContrasts(values, name === 'contrast' ? 'AAA' : 'AA');
    expect(
      found.map(({ token, ground, ratio, least }) => `${token} on ${ground}: ${ratio.toFixed(2)} < ${least}`),
    ).toEqual([]);
  });
});

test('in contrast, lines too are at 3 : 1', () => {
  const { light, dark } = themeNamed('contrast');
  for (const values of [light, dark ?? new Map<string, string>()]) {
    const [rule, ground] = [values.get('rule') ?? '', values.get('bg') ?? ''].map(readColour);
    expect(rule && ground && contrast(rule, ground)).toBeGreaterThanOrEqual(3);
  }
});

/** Lines that part things, textures and grounds behind nothing: they tell nothing that is not told otherwise. */
const decorative = ['rule', 'cover-rule', 'code-bg', 'console-bg', 'surface', 'ready-fill', 'error-fill', 'cover-bg'];

test('the table of pairs leaves out no colour and no mix that a sheet of themes/ draws with', () => {
  const named = pairs.flatMap(({ tokens, grounds }) => [...tokens, ...grounds]);
  const known = new Set([...named, ...decorative, 'bg', 'radius']);
  const mixes = new Set([...named, 'waiting 65% bg', 'waiting 40% bg', 'ink 30% bg', 'error 35% bg', 'ink 6% bg']);
  const unknown = structure.flatMap(([name, css]) => {
    // Through a mix with nothing the ground shines: hover and press only.
    const mixed = [
      ...css.matchAll(/color-mix\(\s*in srgb,\s*var\(--lr-([\w-]+)\) ([\d.]+%),\s*var\(--lr-([\w-]+)\)\s*\)/g),
    ]
      .map(([, first, share, second]) => `${first} ${share} ${second}`)
      .filter((mix) => !mixes.has(mix));
    const single = [
      ...css.matchAll(/(?:color|fill|stroke|background|border[\w-]*|outline|box-shadow):[^;{}]*?var\(--lr-([\w-]+)\)/g),
    ]
      .map(([, token = '']) => token)
      .filter((token) => !known.has(token));
    return [...mixed, ...single].map((found) => `${name}: ${found}`);
  });
  expect(unknown).toEqual([]);
});

test('every sheet of themes/ uses tokens that there are, and every token is used', () => {
  const used = new Set(
    structure.flatMap(([, css]) => [...css.matchAll(/var\(--lr-([\w-]+)/g)].map(([, name]) => name)),
  );
  const names = new Set(tokens.map(({ name }) => name));
  expect([...used].filter((name) => name && !names.has(name) && !name.startsWith('font-'))).toEqual([]);
  expect([...names].filter((name) => !used.has(name))).toEqual([]);
});

describe('colours', () => {
  test.each([
    ['#fff', [255, 255, 255]],
    ['#0072b2', [0, 114, 178]],
    ['rgb(0, 114, 178)', [0, 114, 178]],
    ['rgb(100% 0% 50%)', [255, 0, 127.5]],
    ['hsl(0 100% 50%)', [255, 0, 0]],
    ['hsl(-120deg, 100%, 50%)', [0, 0, 255]],
  ])('readColour() reads %s', (text, colour) => {
    expect(readColour(text)?.map((channel) => Math.round(channel * 10) / 10)).toEqual(colour);
  });

  test.each([
    'red',
    '#ffff',
    '#12345678',
    'rgb(0 0 0 / 50%)',
    'rgba(0,0,0,.5)',
    'rgb(300 0 0)',
    'hsl(0 120% 5%)',
    'var(--x)',
    '',
  ])('readColour() does not read `%s`', (text) => {
    expect(readColour(text)).toBeUndefined();
  });

  test('contrast() is that of WCAG', () => {
    expect(contrast([0, 0, 0], [255, 255, 255])).toBeCloseTo(21, 5);
    expect(contrast([0x77, 0x77, 0x77], [255, 255, 255])).toBeCloseTo(4.48, 2);
  });

  test('mix() is color-mix in srgb', () => {
    expect(mix([200, 0, 0], 0.25, [0, 100, 0])).toEqual([50, 75, 0]);
  });
});

describe('readTheme()', () => {
  const quiet = sheets.get('quiet') ?? '';
  const problems = (source: string) =>
    readTheme(source, 'own').messages.map(
      ({ line, column, reason, fatal }) => `${line}:${column}${fatal ? '' : ' warns'} ${reason}`,
    );

  test('takes rules of one’s own behind the tokens', () => {
    const { theme, messages } = readTheme(
      `${quiet}\n.slide.section { outline: 9px solid var(--lr-accent) }\n@media (width > 9px) { .slide { margin: 0 } }`,
      'own',
    );
    expect(messages).toEqual([]);
    expect(theme?.rules).toBe(
      '.slide.section { outline: 9px solid var(--lr-accent) }\n@media (width > 9px) { .slide { margin: 0 } }',
    );
    expect(theme?.dark?.get('bg')).toBe('#16191d');
  });

  test('takes a theme of one scheme, properties of one’s own, comments and pictures inside', () => {
    const light = quiet.slice(0, quiet.indexOf('[data-scheme'));
    const source = `/* a "theme" */${light.replace('{', '{ --mine: 3px; color-scheme: light;')} .logo { background: url("data:image/svg+xml,<svg/>") }`;
    const { theme, messages } = readTheme(source, 'own');
    expect(messages).toEqual([]);
    expect(theme?.dark).toBeUndefined();
    expect(theme?.rules).toContain('data:image');
  });

  test.each([
    ['nothing', '', '1:1 this is no theme: it has no `:root { … }` with tokens'],
    ['Markdown', '# Title\n\ntext', '1:1 `# Title text` is no rule'],
    ['a block without end', ':root {\n --lr-bg: #fff;', '1:7 `{` is never closed'],
    ['a bracket too many', 'a { }\n}', '2:1 `}` closes nothing'],
    ['a string without end', 'a { content: "x\n" }', '1:14 the string that begins with `"` does not end on its line'],
    ['a comment without end', 'a { }\n/* b', '2:1 the comment that begins here never ends'],
    ['HTML', '<!doctype html>', '1:1 `<!` is HTML, not CSS'],
    ['a hidden name', 'a { background: u\\72l("x") }', '1:18 a backslash outside of a string'],
  ])('tells of %s', (_name, source, message) => {
    expect(problems(source)).toEqual([message]);
  });

  test.each([
    ['an import', '@import "https://example.com/x.css";', '`@import` would bring in something from outside'],
    ['an import by URL', '@IMPORT url(x.css);', '`@IMPORT` would bring in something from outside'],
    [
      'a font',
      '@font-face { font-family: x; src: url(x) }',
      'a theme brings no fonts: slides are measured with Loopreel’s',
    ],
    [
      'a picture from the network',
      '.a { background: URL( https://example.com/a.png ) }',
      '`URL(…)` would fetch something from outside',
    ],
    ['a picture beside it', ".a { background: url('a.png') }", '`url(…)` would fetch something from outside'],
    [
      'a set of pictures',
      '.a { background: image-set("a.png" 1x) }',
      '`image-set(…)` would fetch something from outside',
    ],
    ['one in a property', '.a { --x: url(//example.com) }', '`url(…)` would fetch something from outside'],
    ['a page', '.a { background: url("data:text/html,x") }', '`url(…)` would fetch something from outside'],
  ])('refuses %s', (_name, rule, reason) => {
    const lines = quiet.split('\n').length;
    const found = problems(`${quiet}${rule}`);
    expect(found[0]).toContain(reason);
    expect(found.every((message) => message.startsWith(`${lines}:`))).toBe(true);
  });

  test('names what is missing, unknown or no value at its line, all at once', () => {
    const source = quiet
      .replace(/.*--lr-heading: .*\n/, '')
      .replace('--lr-rule:', '--lr-rules:')
      .replace('--lr-radius: 12px', '--lr-radius: 80px')
      .replace('--lr-ink: #eef0f2', '--lr-ink: white');
    const line = (text: string) => source.split('\n').findIndex((candidate) => candidate.includes(text)) + 1;
    expect(problems(source)).toEqual([
      `${line('--lr-rules')}:3 \`--lr-rules\` is no token. Did you mean \`--lr-rule\`?`,
      `${line('80px')}:3 \`80px\` is no value for \`--lr-radius\``,
      `${line('ink: white')}:3 \`white\` is no colour for \`--lr-ink\``,
      '2:1 `:root` lacks `--lr-heading`, `--lr-rule`, `--lr-radius`',
      `${line('data-scheme')}:1 \`[data-scheme="dark"]\` lacks \`--lr-ink\``,
    ]);
  });

  test('warns of what is hard to read, at the token’s line', () => {
    const source = quiet.replace('--lr-ink-muted: #5a6069', '--lr-ink-muted: #b9bec5');
    expect(readTheme(source, 'own').theme).toBeDefined();
    expect(problems(source)).toEqual([
      '6:1 warns `ink-muted` on `cancelled 20% surface` (lines of code that are marked, run or fail) has a contrast of 1.46 instead of 4.5 in the light scheme, and is too weak on 9 more',
    ]);
  });
});
