import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type {} from 'remark-math';
import { visit } from 'unist-util-visit';
import type { VFileMessage } from 'vfile-message';
import { type Formula, formulaKey } from '../deck/formula.ts';
import type { Note } from '../notes/note.ts';
import { cutFont } from './cutFont.ts';
import { openFont } from './fontFile.ts';
import { type Advance, formulaSize, formulaText, type KatexNode } from './formulaSize.ts';
import { noteProblem } from './problems.ts';
import { contentKey, writeWhole } from './record/cache.ts';

/** The formulas of a note, set. */
export interface Formulas {
  /** By {@link formulaKey}. */
  readonly set: ReadonlyMap<string, Formula>;
  /** Styles with the fonts that they need; empty where there is no formula. */
  readonly css: string;
  /** One message for each formula that cannot be set, at its place. */
  readonly problems: readonly VFileMessage[];
}

const none: Formulas = { set: new Map(), css: '', problems: [] };

/** KaTeX's faces, each with the classes of its style sheet that choose it; the first is that of all formulas. */
const faces: readonly (readonly [string, RegExp])[] = [
  ['Main-Regular', /^/],
  ['Main-Bold', /^(?:mathbf|textbf)$/],
  ['Main-Italic', /^(?:mathit|textit)$/],
  ['Main-BoldItalic', /^(?:textbf|mathbf)$/],
  ['Math-Italic', /^mathnormal$/],
  ['Math-BoldItalic', /^boldsymbol$/],
  ['AMS-Regular', /^(?:amsrm|mathbb|textbb)$/],
  ['Caligraphic-Regular', /^mathcal$/],
  ['Fraktur-Regular', /^(?:mathfrak|textfrak)$/],
  ['Script-Regular', /^(?:mathscr|textscr)$/],
  ['SansSerif-Regular', /^(?:mathsf|textsf)$/],
  ['SansSerif-Bold', /^(?:mathboldsf|textboldsf)$/],
  ['SansSerif-Italic', /^(?:mathitsf|mathsfit|textitsf)$/],
  ['Typewriter-Regular', /^(?:mathtt|texttt)$/],
  ['Size1-Regular', /^(?:size1|delim-size1|small-op)$/],
  ['Size2-Regular', /^(?:size2|large-op)$/],
  ['Size3-Regular', /^size3$/],
  ['Size4-Regular', /^(?:size4|delim-size4)$/],
];

/**
 * Sets a note's formulas with KaTeX, which is loaded only when there is one: strict, so that what LaTeX would not take
 * is told of, and trusting nothing, so that a formula neither links nor loads.
 *
 * @param cacheDirectory Where styles are kept; null makes them anew.
 */
export async function setFormulas(note: Note, cacheDirectory: string | null): Promise<Formulas> {
  const written: { tex: string; display: boolean; line: number; column: number; file?: string | undefined }[] = [];
  visit(note.tree, (node) => {
    if (node.type !== 'math' && node.type !== 'inlineMath') return;
    const { line = 1, column = 1 } = node.position?.start ?? {};
    written.push({ tex: node.value, display: node.type === 'math', line, column, file: node.position?.file });
  });
  if (written.length === 0) return none;

  const katex = await import('katex');
  const trust = ({ command }: { readonly command: string }) => {
    throw new katex.ParseError(`${command} is not part of a slide's formula`);
  };
  const advance = await advances();
  const set = new Map<string, Formula>();
  const problems: VFileMessage[] = [];
  const classes = new Set<string>();
  let text = '';
  for (const { tex, display, line, column, file } of written) {
    if (set.has(formulaKey(tex, display))) continue;
    const options = {
      displayMode: display,
      strict: 'error',
      throwOnError: true,
      trust,
      maxSize: 20,
      maxExpand: 1000,
    } as const;
    try {
      const tree = (
        katex as unknown as { __renderToHTMLTree(tex: string, options: object): KatexNode }
      ).__renderToHTMLTree(tex, options);
      const found = formulaText(tree);
      text += found.text;
      for (const name of found.classes) classes.add(name);
      const html = katex.renderToString(tex, { ...options, output: 'html' });
      const mathml = `<span class="visually-hidden">${katex.renderToString(tex, { ...options, output: 'mathml' })}</span>`;
      set.set(formulaKey(tex, display), { html, mathml, tex, ...formulaSize(tree, advance) });
    } catch (error) {
      if (!(error instanceof katex.ParseError)) throw error;
      const offset = 'position' in error && typeof error.position === 'number' ? error.position : 0;
      const above = tex.slice(0, offset).split('\n').length - 1;
      const at = display ? { line: line + 1 + above, column: 1 } : { line, column };
      const place = file ? { ...at, file } : at;
      problems.push(
        noteProblem(`formula: ${reasonOf(error.message)}`, place, 'math', 'Correct it, or write `\\$` for a dollar.'),
      );
    }
  }
  return { set, css: set.size > 0 ? await formulaStyles(text, classes, cacheDirectory) : '', problems };
}

/** Advance widths in the two faces that hold runs of letters and digits; what they lack is taken as 1 em wide. */
async function advances(): Promise<Advance> {
  const require = createRequire(import.meta.url);
  const open = async (name: string) => openFont(await readFile(require.resolve(`katex/dist/fonts/KaTeX_${name}.ttf`)));
  const [upright, slanted] = await Promise.all([open('Main-Regular'), open('Math-Italic')]);
  return (text, classes) => {
    const font = classes.includes('mathnormal') ? slanted : upright;
    const width = (point: number) => (font.has(point) ? font.advance(point) : 1);
    return Array.from(text).reduce((sum, character) => sum + width(character.codePointAt(0) ?? 0), 0);
  };
}

/**
 * A page without its formulas: their characters are of KaTeX's fonts, which draw all that it lets pass. One pass, since
 * a note may hold thousands.
 */
export function withoutFormulas(html: string, { set }: Formulas): string {
  const markup = new Set([...set.values()].flatMap((formula) => [formula.html, formula.mathml]));
  const lengths = [...new Set([...markup].map(({ length }) => length))].sort((a, b) => b - a);
  const starts = /<span class="(?:katex|visually-hidden)/g;
  let rest = '';
  let from = 0;
  for (let start = starts.exec(html); start; start = starts.exec(html)) {
    const { index } = start;
    const length = lengths.find((long) => markup.has(html.slice(index, index + long)));
    if (length === undefined) continue;
    rest += html.slice(from, index);
    from = index + length;
    starts.lastIndex = from;
  }
  return rest + html.slice(from);
}

/** `KaTeX parse error: Expected '}', got 'EOF' at position 3: \̲f…` without what points into its line. */
function reasonOf(message: string): string {
  return message
    .replace(/^KaTeX parse error: /, '')
    .replace(/ at (?:position \d+|end of input): [\s\S]*$/, '')
    .replace(/^LaTeX-incompatible input and strict mode is set to 'error': /, '')
    .replace(/\s*\[\w+\]$/, '');
}

/** KaTeX's style sheet with our names for its fonts, cut down to what is used. */
async function formulaStyles(
  text: string,
  classes: ReadonlySet<string>,
  cacheDirectory: string | null,
): Promise<string> {
  const characters = [...new Set(text)].sort().join('');
  const used = faces.filter(([, pattern]) => pattern.source === '^' || [...classes].some((name) => pattern.test(name)));
  const require = createRequire(import.meta.url);
  const sheet = await readFile(require.resolve('katex/dist/katex.css'), 'utf8');
  const names = used.map(([name]) => name);
  const path = cacheDirectory && join(cacheDirectory, 'fonts', `${contentKey('math 2', characters, names, sheet)}.css`);
  const cached = path ? await readFile(path, 'utf8').catch(() => undefined) : undefined;
  if (cached?.endsWith('}\n')) return cached;
  const rules = await Promise.all(
    names.map(async (name) =>
      fontRule(await readFile(require.resolve(`katex/dist/fonts/KaTeX_${name}.ttf`)), name, characters),
    ),
  );
  const styles = sheet
    .replace(/@font-face\s*\{[^}]*\}/g, '')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replaceAll('"Times New Roman"', '"Loopreel Sans"')
    .replaceAll('Times New Roman', 'Loopreel Sans')
    .replace(/KaTeX_(\w+)/g, '"Loopreel Math $1"');
  const made = `${rules.filter((rule) => rule !== '').join('\n')}\n${styles.replace(/\n\s*\n/g, '\n').trim()}\n`;
  if (path) await writeWhole(path, made);
  return made;
}

/**
 * Nothing for a font that draws none of the characters: KaTeX gives other things the classes of large delimiters too,
 * and browsers refuse an empty font.
 */
async function fontRule(file: Buffer, name: string, characters: string): Promise<string> {
  const [family = '', style = ''] = name.split('-');
  const font = openFont(file);
  if (!Array.from(characters).some((character) => font.has(character.codePointAt(0) ?? 0))) return '';
  const naming = { family: `Loopreel Math ${family}`, style, copyright: font.copyright };
  const source = await cutFont(file, characters, { keepFeatures: [] }, naming);
  const weight = style.startsWith('Bold') ? 700 : 400;
  const slant = style.endsWith('Italic') ? 'italic' : 'normal';
  return `@font-face{font-family:'${naming.family}';font-weight:${weight};font-style:${slant};font-display:block;src:${source}}`;
}
