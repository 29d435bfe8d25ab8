import type { Root } from 'mdast';
import type {} from 'remark-math';
import type { Processor } from 'unified';
import { visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import { report } from './report.ts';

const dollar = 36;

/** What of micromark's machine is used here (`micromark-util-types`). */
type Code = number | null;
type State = (code: Code) => State | undefined;
interface Place {
  readonly offset: number;
}
interface Context {
  readonly previous: Code;
  now(): Place;
  sliceSerialize(range: { readonly start: Place; readonly end: Place }): string;
}
interface Construct {
  tokenize(this: Context, effects: unknown, ok: State, nok: State): State;
}

/**
 * Plugin behind remark-math: a pair of single dollars is a formula only where it cannot be money, a shell's variable or
 * a template. `$5 and $6`, `US$5`, `$HOME/$USER`, `100$` and `$가격$` stay text; `$x$는` is one.
 *
 * The rules are Pandoc's (`tex_math_dollars`: no space inside of either dollar, no digit behind the last), and: no
 * letter or digit of ASCII touches the pair, all stands on one line, and no Hangul, Kana or Han stands inside but in
 * braces, as in `$\text{속도}$`.
 */
export function carefulMath(this: Processor): undefined {
  const data = this.data();
  data.micromarkExtensions = (data.micromarkExtensions ?? []).map((extension) => {
    const text = extension.text?.[dollar];
    if (!text) return extension;
    const constructs = [text].flat() as unknown as Construct[];
    return {
      ...extension,
      text: { ...extension.text, [dollar]: constructs.map(careful) },
    } as unknown as typeof extension;
  });
}

function careful(construct: Construct): Construct {
  return {
    ...construct,
    tokenize(effects, ok, nok) {
      const before = this.previous;
      const start = this.now();
      const decide: State = (after) => {
        const written = this.sliceSerialize({ start, end: this.now() });
        return (isFormula(written, before, after) ? ok : nok)(after);
      };
      return construct.tokenize.call(this, effects, decide, nok);
    },
  };
}

function isFormula(written: string, before: Code, after: Code): boolean {
  if (written.startsWith('$$')) return true;
  const inside = written.slice(1, -1);
  const outsideBraces = inside.replace(/\{[^{}]*\}/g, '');
  return (
    !/^\s|\s$|[\r\n]/.test(inside) &&
    !isWordCharacter(before) &&
    !isWordCharacter(after) &&
    !/[\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u.test(outsideBraces)
  );
}

function isWordCharacter(code: Code): boolean {
  return code !== null && code > 0 && /\w/.test(String.fromCharCode(code));
}

/** Plugin: tells of a `$$` that is never closed, which would take in the rest of the note. */
export function closedMath() {
  return (tree: Root, file: VFile): void => {
    visit(tree, 'math', (node) => {
      const source = String(file).slice(node.position?.start.offset, node.position?.end.offset);
      if (/\n[\s>]*\${2,}\s*$/.test(source)) return;
      report(file, '`$$` is never closed', {
        place: node.position?.start,
        rule: 'math-unclosed',
        fix: 'Write `$$` on a line of its own below the formula, or `\\$\\$` for two dollars.',
        fatal: true,
      });
    });
  };
}
