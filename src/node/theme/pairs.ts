import { type Colour, contrast, mix, readColour } from './colour.ts';

/** Tokens that stand on grounds. A ground is a token, or a mix as sheets write it: `running 15% surface`. */
interface Pairs {
  readonly what: string;
  readonly tokens: readonly string[];
  readonly grounds: readonly string[];
  readonly kind: keyof typeof required;
}

/** Least contrast by WCAG 2.2: 1.4.3 for text, 1.4.11 for graphics; 1.4.6 (AAA) knows text only. */
const required = { text: { AA: 4.5, AAA: 7 }, graphics: { AA: 3, AAA: 3 } } as const;

/** What a theme promises: every shipped one AA, the one for bad projectors AAA. */
export type Level = keyof (typeof required)['text'];

const syntax = ['keyword', 'string', 'number', 'comment', 'function', 'type', 'constant', 'operator'].map(
  (kind) => `tok-${kind}`,
);

/** Which tokens stand on which grounds in the sheets of `themes/`; a test holds that none is left out. */
export const pairs: readonly Pairs[] = [
  { what: 'text', tokens: ['ink', 'ink-muted'], grounds: ['bg', 'surface'], kind: 'text' },
  { what: 'titles, emphasis, links', tokens: ['heading', 'accent'], grounds: ['bg'], kind: 'text' },
  { what: 'code in a sentence', tokens: ['ink', 'accent', 'ink-muted'], grounds: ['code-bg'], kind: 'text' },
  {
    what: 'title and section slides',
    tokens: ['cover-ink', 'cover-muted', 'cover-accent'],
    grounds: ['cover-bg'],
    kind: 'text',
  },
  { what: 'code', tokens: syntax, grounds: ['surface', 'code-bg'], kind: 'text' },
  {
    what: 'lines of code that are marked, run or fail',
    tokens: ['ink', 'ink-muted', ...syntax],
    grounds: ['ready-fill', 'running 15% surface', 'error 15% surface', 'cancelled 20% surface'],
    kind: 'text',
  },
  { what: 'outputs', tokens: ['console-ink', 'console-muted'], grounds: ['console-bg'], kind: 'text' },
  { what: 'errors in outputs', tokens: ['error 55% console-ink'], grounds: ['console-bg'], kind: 'text' },
  { what: 'outputs on paper', tokens: ['error 55% ink'], grounds: ['code-bg'], kind: 'text' },
  { what: 'errors', tokens: ['ink', 'error-ink'], grounds: ['error-fill', 'bg'], kind: 'text' },
  {
    what: 'labels in a replay',
    tokens: ['ink', 'ink-muted'],
    grounds: ['ink 4% bg', 'ink 4.5% bg', 'ink 11% bg'],
    kind: 'text',
  },
  {
    what: 'rows of running and ready tasks, cards of cancelled ones',
    tokens: ['ink'],
    grounds: ['running 15% bg', 'ready-fill', 'cancelled 28% bg'],
    kind: 'text',
  },
  { what: 'across a blocked loop', tokens: ['ink'], grounds: ['error 14% bg', 'accent 14% bg'], kind: 'text' },
  { what: 'running and failed tasks', tokens: ['bg'], grounds: ['running', 'error-ink', 'accent'], kind: 'text' },
  {
    what: 'signs and outlines of tasks',
    tokens: ['running', 'ready', 'waiting', 'cancelled', 'error'],
    grounds: ['bg', 'ink 4% bg'],
    kind: 'graphics',
  },
  {
    what: 'outlines on their own ground',
    tokens: ['ready'],
    grounds: ['ready-fill'],
    kind: 'graphics',
  },
  { what: 'the ring’s progress', tokens: ['cover-accent'], grounds: ['cover-bg', 'cover-rule'], kind: 'graphics' },
];

/** A pair that cannot be told apart well enough. */
export interface LowContrast {
  readonly token: string;
  readonly ground: string;
  readonly ratio: number;
  readonly least: number;
  readonly what: string;
}

/**
 * Holds a scheme's colours against {@link pairs}.
 *
 * @param values Colours by token, all of them there and readable.
 */
export function lowContrasts(values: ReadonlyMap<string, string>, level: Level): LowContrast[] {
  return pairs.flatMap(({ what, tokens, grounds, kind }) =>
    tokens.flatMap((token) =>
      grounds.flatMap((ground) => {
        const least = required[kind][level];
        const ratio = contrast(colourOf(token, values), colourOf(ground, values));
        return ratio < least ? [{ token, ground, ratio, least, what }] : [];
      }),
    ),
  );
}

function colourOf(name: string, values: ReadonlyMap<string, string>): Colour {
  const [first = '', share, second] = name.split(' ');
  if (share && second) return mix(colourOf(first, values), Number.parseFloat(share) / 100, colourOf(second, values));
  const colour = readColour(values.get(first) ?? '');
  if (!colour) throw new Error(`no colour \`${first}\` in the theme`);
  return colour;
}
