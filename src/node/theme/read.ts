import type { VFileMessage } from 'vfile-message';
import { meantKey } from '../../notes/meantKey.ts';
import { noteWarning } from '../problems.ts';
import { readColour } from './colour.ts';
import { cutCss, declarationsOf, type Piece, type Statement, statementsOf } from './css.ts';
import { fatal, foreign } from './foreign.ts';
import { type Level, lowContrasts } from './pairs.ts';
import { type Token, tokens } from './tokens.ts';

/** Colours on a screen: a theme has both, or light alone. */
export type Scheme = 'light' | 'dark';

/** A theme: values for all tokens, and what rules its author added. */
export interface Theme {
  /** `quiet`, or the file's name without its ending. */
  readonly name: string;
  /** Values by token, without `--lr-`. */
  readonly light: ReadonlyMap<string, string>;
  /** Colours only; undefined for a theme that is the same in the dark. */
  readonly dark: ReadonlyMap<string, string> | undefined;
  /** CSS behind all other sheets; asks for nothing from anywhere. */
  readonly rules: string;
}

const blocks: readonly (readonly [Scheme, RegExp])[] = [
  ['light', /^:root$/],
  ['dark', /^(?::root)?\[data-scheme=["']?dark["']?\]$/],
];

/**
 * Reads a theme: a block of tokens for `:root`, one for `[data-scheme="dark"]`, then rules of one's own.
 *
 * @param level What its contrasts have to reach; what does not is a warning.
 * @returns The theme, undefined when one of the messages is fatal.
 */
export function readTheme(
  source: string,
  name: string,
  level: Level = 'AA',
): { readonly theme: Theme | undefined; readonly messages: readonly VFileMessage[] } {
  const { pieces, problems } = cutCss(source);
  const messages = problems.map((problem) => fatal(problem, 'theme-css', 'Correct it; a theme is a stylesheet.'));
  if (messages.length > 0) return { theme: undefined, messages };

  // 1. The blocks of tokens are taken out; all else is the author's own.
  const values: Partial<Record<Scheme, Map<string, string>>> = {};
  const rules: string[] = [];
  for (const statement of statementsOf(pieces)) {
    const scheme = blocks.find(([, selector]) => selector.test(statement.prelude))?.[0];
    if (scheme && statement.block) {
      const read = readTokens(statement, statement.block, scheme);
      messages.push(...read.messages);
      values[scheme] = new Map([...(values[scheme] ?? []), ...read.values]);
    } else if (statement.block) rules.push(source.slice(statement.start, statement.end));
    else if (!statement.prelude.startsWith('@'))
      messages.push(
        fatal(
          { ...statement, reason: `\`${shortened(statement.prelude)}\` is no rule` },
          'theme-css',
          'Correct it; a theme is a stylesheet.',
        ),
      );
  }
  messages.push(...foreign(pieces));

  // 2. Every token has a value.
  if (!values.light && messages.length === 0) {
    const reason = 'this is no theme: it has no `:root { … }` with tokens';
    messages.push(fatal({ line: 1, column: 1, reason }, 'theme-token', 'Begin with a copy of `themes/quiet.css`.'));
  }
  for (const [scheme] of blocks) {
    const given = values[scheme];
    if (given) messages.push(...missingTokens(source, given, scheme));
  }
  if (messages.length > 0 || !values.light) return { theme: undefined, messages };

  // 3. What is hard to read is told, and stays the author's decision.
  const theme: Theme = { name, light: values.light, dark: values.dark, rules: rules.join('\n') };
  return { theme, messages: contrastWarnings(theme, source, level) };
}

function readTokens(statement: Statement, block: readonly Piece[], scheme: Scheme) {
  const values = new Map<string, string>();
  const messages: VFileMessage[] = [];
  if (block.some(({ text }) => text === '{')) {
    const reason = `a block in \`${statement.prelude}\``;
    return {
      values,
      messages: [fatal({ ...statement, reason }, 'theme-token', 'Write rules outside of the block of tokens.')],
    };
  }
  for (const { name, value, line, column } of declarationsOf(block)) {
    const place = { line, column };
    if (value === undefined || value === '') {
      messages.push(
        fatal({ ...place, reason: `\`${shortened(name)}\` has no value` }, 'theme-css', 'Write `--lr-name: value;`.'),
      );
      continue;
    }
    const token = tokens.find((candidate) => `--lr-${candidate.name}` === name);
    if (!token && (name === 'color-scheme' || (name.startsWith('--') && !name.startsWith('--lr-')))) continue;
    const problem = token ? wrongValue(token, value, scheme) : unknown(name);
    if (problem) messages.push(fatal({ ...place, reason: problem.reason }, 'theme-token', problem.fix));
    else if (token) values.set(token.name, value);
  }
  return { values, messages };
}

function unknown(name: string) {
  const meant = meantKey(
    name,
    tokens.map((token) => `--lr-${token.name}`),
  );
  return {
    reason: `\`${shortened(name)}\` is no token.${meant ? ` Did you mean \`${meant}\`?` : ''}`,
    fix: 'See `themes/README.md` for the tokens; other properties stand in rules of their own, below.',
  };
}

function wrongValue({ name, kind }: Token, value: string, scheme: Scheme) {
  if (kind === 'colour') {
    if (readColour(value)) return undefined;
    return {
      reason: `\`${shortened(value)}\` is no colour for \`--lr-${name}\``,
      fix: 'Write `#rrggbb`, `rgb(…)` or `hsl(…)`, without transparency: contrast is told beforehand.',
    };
  }
  if (scheme === 'dark')
    return { reason: `\`--lr-${name}\` is the same in both schemes`, fix: 'Keep it in `:root` only.' };
  const { unit, least, most, step } = kind;
  const number = Number(new RegExp(`^(-?\\d*\\.?\\d+)${unit}$`).exec(value)?.[1] ?? (value === '0' ? 0 : Number.NaN));
  if (number >= least && number <= most && (!step || (number - least) % step === 0)) return undefined;
  const range = step ? `${least}${unit} or ${most}${unit}` : `${least}${unit} to ${most}${unit}`;
  return {
    reason: `\`${shortened(value)}\` is no value for \`--lr-${name}\``,
    fix: `Write ${range}: slides are measured before a browser sees them.`,
  };
}

function missingTokens(source: string, values: ReadonlyMap<string, string>, scheme: Scheme): VFileMessage[] {
  const missing = tokens.filter(({ name, kind }) => !values.has(name) && (scheme === 'light' || kind === 'colour'));
  if (missing.length === 0) return [];
  const selector = scheme === 'light' ? ':root' : '[data-scheme="dark"]';
  const line = lineOf(source, scheme === 'light' ? /:root\s*\{/ : /data-scheme/);
  const reason = `\`${selector}\` lacks ${missing.map(({ name }) => `\`--lr-${name}\``).join(', ')}`;
  return [fatal({ line, column: 1, reason }, 'theme-token', 'Copy what is missing from `themes/quiet.css`.')];
}

/** One warning a token, of the ground on which it is worst. */
function contrastWarnings({ light, dark }: Theme, source: string, level: Level): VFileMessage[] {
  return blocks.flatMap(([scheme]) => {
    const values = scheme === 'light' ? light : dark;
    const found = values ? lowContrasts(values, level).sort((a, b) => a.ratio / a.least - b.ratio / b.least) : [];
    const names = new Set(found.map(({ token }) => token));
    return [...names].flatMap((name) => {
      const [worst, ...others] = found.filter(({ token }) => token === name);
      if (!worst) return [];
      const { ground, ratio, least, what } = worst;
      const more = others.length > 0 ? `, and is too weak on ${others.length} more` : '';
      const reason = `\`${name}\` on \`${ground}\` (${what}) has a contrast of ${ratio.toFixed(2)} instead of ${least} in the ${scheme} scheme${more}`;
      const line = lineOfToken(source, name.split(' ')[0] ?? name, scheme);
      return [
        noteWarning(reason, line, 'theme-contrast', 'Make one of them lighter or darker; see `themes/README.md`.'),
      ];
    });
  });
}

function lineOfToken(source: string, name: string, scheme: Scheme): number {
  const lines = source.split('\n').flatMap((line, n) => (line.includes(`--lr-${name}:`) ? [n + 1] : []));
  return (scheme === 'dark' ? lines.at(-1) : lines[0]) ?? 1;
}

function lineOf(source: string, pattern: RegExp): number {
  return source.slice(0, Math.max(0, source.search(pattern))).split('\n').length;
}

function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
