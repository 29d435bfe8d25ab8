import type { Element } from 'hast';
import { h } from 'hastscript';
import { type Box, type Fit, remembered } from './box.ts';
import { type LineStep, markedIn, stepFragments, stepsIn } from './codeSteps.ts';
import { geometry, leastCodeLine } from './geometry.ts';
import type { Highlight, Measure } from './show.ts';
import { inRows, turnsOf } from './turns.ts';

type CodeLines = ReturnType<Highlight>;

/** What a fence of code shows. */
export interface CodeContent {
  readonly lines: CodeLines;
  /** Number of the first line; numbers show when it is not 1 or when `numbered`. */
  readonly first: number;
  readonly numbered: boolean;
  /** File name or title in the card's head. */
  readonly title?: string;
  readonly block?: string;
  /** Made of strokes that have to meet: lines stand closely. */
  readonly drawing?: boolean;
  /** The steps of a `{1-3|5}` in the fence's meta string. */
  readonly steps?: readonly LineStep[];
  /** Its place among versions of one code; `lines` names the lines of the whole code. */
  readonly version?: { readonly row: string; readonly first: boolean; readonly lines: readonly string[] };
}

/** A fence of code as a card. It splits at blank lines and before top-level definitions, and keeps its numbers. */
export function codeBox(content: CodeContent, measure: Measure): Box {
  const { lines, first, numbered, title, block, drawing, version } = content;
  // Lines are looked at when they are asked for: a code of thousands is cut as often as it has slides.
  const textOf = (n: number) => lines[n]?.map(({ text }) => text).join('') ?? '';
  const known: number[] = [];
  const widthOf = (n: number) => {
    known[n] ??= measure(textOf(n).replaceAll('\t', '    '), 'mono');
    return known[n];
  };
  const gutter = numbered ? geometry.gutterEm : 0;
  const head = title ? geometry.fileNameHeight : 0;
  const sizeOf = (fit: Fit) => geometry.code * fit.code.scale;
  const frame = 2 * geometry.codePadX + 2 * geometry.borderWidth;

  const turns = (n: number, width: number, fit: Fit) => {
    const room = (width - frame) / sizeOf(fit) - gutter;
    return widthOf(n) <= room ? [] : turnsOf(textOf(n), room, measure);
  };
  const padding = (fit: Fit) => head + 2 * fit.code.spacing.codePadY + 2 * geometry.borderWidth;
  const lineHeight = (fit: Fit) => (drawing ? geometry.drawingLine : fit.code.spacing.codeLine) * sizeOf(fit);
  const part = (from: number, to: number, numbers: boolean): Box => {
    let start = from;
    let end = to;
    while (start < end && textOf(start).trim() === '') start++;
    while (end > start && textOf(end - 1).trim() === '') end--;
    return codeBox({ ...content, lines: lines.slice(start, end), first: first + start, numbered: numbers }, measure);
  };

  return remembered({
    kind: 'code',
    atLeast: lines.length * leastCodeLine,
    ...(block ? { block } : {}),
    // Only its first part begins with the version.
    ...(version && first === 1 ? { version } : {}),
    // One per cent more than it needs: fitting counts with a little less width than there is.
    naturalWidth: (fit) => {
      const widest = lines.reduce((most, _, n) => Math.max(most, widthOf(n)), 0);
      return ((widest + gutter) * sizeOf(fit) + frame) * 1.01;
    },
    height: (width, fit) =>
      lines.reduce((sum, _, n) => sum + turns(n, width, fit).length + 1, 0) * lineHeight(fit) + padding(fit),
    draw: (width, fit) =>
      drawCode(
        content,
        lines.map((_, n) => turns(n, width, fit)),
      ),
    split: (width, fit, room) => {
      let used = padding(fit);
      let fitting = 0;
      while (fitting < lines.length) {
        used += (turns(fitting, width, fit).length + 1) * lineHeight(fit);
        if (used > room) break;
        fitting++;
      }
      const cut = cutBefore(textOf, fitting);
      return cut > 0 && cut < lines.length ? [part(0, cut, true), part(cut, lines.length, true)] : undefined;
    },
  });
}

/** The best line to begin the next part with, at most `limit`: a definition at the top, else one after a blank line. */
function cutBefore(textOf: (n: number) => string, limit: number): number {
  const opens = (n: number) => /^(?:@|async def|def|class|if __name__)/.test(textOf(n)) && !/^@/.test(textOf(n - 1));
  for (let n = limit; n > limit / 3; n--) if (opens(n)) return n;
  for (let n = limit; n > limit / 3; n--) if (n > 0 && textOf(n - 1).trim() === '') return n;
  return limit;
}

function drawCode(
  { lines, first, numbered, title, steps = [], drawing, version }: CodeContent,
  turns: readonly number[][],
): Element {
  const shown = stepsIn(steps, first, first + lines.length - 1);
  const code = h(
    'code',
    lines.flatMap((line, n) => {
      const number = first + n;
      const drawn = h(
        'span',
        {
          class: ['line', ...(shown[0] && markedIn(shown[0], number) ? ['marked'] : [])],
          ...(numbered ? { dataLine: String(number) } : {}),
          ...(version && line.length > 0 ? { dataId: version.lines[number - 1] } : {}),
          ...(shown.length > 1
            ? { dataSteps: shown.flatMap((step, k) => (markedIn(step, number) ? [k] : [])).join(' ') }
            : {}),
        },
        inRows(line, turns[n] ?? [], ({ text, kind }) =>
          kind === 'plain' ? text : h('span', { class: `tok-${kind}` }, text),
        ),
      );
      return n < lines.length - 1 ? [drawn, '\n'] : [drawn];
    }),
  );
  const classes = [...(numbered ? ['numbered'] : []), ...(drawing ? ['drawing'] : []), ...(version ? ['version'] : [])];
  return h('figure', { class: ['code-card', ...classes] }, [
    ...(title ? [h('figcaption', title)] : []),
    h('pre', code),
    ...stepFragments(shown),
  ]);
}
