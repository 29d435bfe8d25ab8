import { textRuns } from '../text/emoji.ts';
import type { Measure } from './show.ts';

/** A piece of a line of prose. */
export interface Run {
  readonly text: string;
  readonly font: 'sans' | 'sans-bold' | 'mono';
  /** Size relative to the text around it. */
  readonly size: number;
  /** Added to each end, in em of the text around it. */
  readonly padding: number;
}

/** A forced line break among runs. */
export const lineBreak: Run = { text: '\n', font: 'sans', size: 1, padding: 0 };

/** Width of a text in em where each emoji is 1 em wide. */
export function textWidth(text: string, font: Run['font'], measure: Measure): number {
  let sum = 0;
  for (const run of textRuns(text)) sum += run.emoji === undefined ? measure(run.text, font) : 1;
  return sum;
}

/**
 * Lines that a text takes when it is set greedily, broken only at spaces (`word-break: keep-all`); a word longer than
 * a line is broken anywhere (`overflow-wrap: anywhere`).
 *
 * @param runs The text in order; spaces in them are where lines may break.
 * @param width Width of a line in em.
 * @returns At least 1.
 */
export function countLines(runs: readonly Run[], width: number, measure: Measure): number {
  let lines = 1;
  let used = 0;
  let word = 0;
  let space = 0;
  const place = () => {
    if (word === 0) return;
    if (used > 0 && used + space + word > width) {
      lines++;
      used = 0;
    } else if (used > 0) used += space;
    used += word;
    while (used > width) {
      lines++;
      used -= width;
    }
    word = 0;
    space = 0;
  };
  for (const run of runs) {
    if (run === lineBreak) {
      place();
      lines++;
      used = 0;
      continue;
    }
    word += run.padding;
    for (const piece of run.text.split(/(\s+)/)) {
      if (piece === '') continue;
      if (piece.trim() === '') {
        place();
        space = Math.max(space, measure(' ', run.font) * run.size);
      } else word += textWidth(piece, run.font, measure) * run.size;
    }
    word += run.padding;
  }
  place();
  return lines;
}

/** Width of a text on one line, in em, and of its longest word. */
export function widths(runs: readonly Run[], measure: Measure): { readonly line: number; readonly word: number } {
  let line = 0;
  let widest = 0;
  let word = 0;
  let longest = 0;
  for (const run of runs) {
    if (run === lineBreak) {
      widest = Math.max(widest, line);
      line = 0;
      word = 0;
      continue;
    }
    line += textWidth(run.text, run.font, measure) * run.size + 2 * run.padding;
    for (const piece of run.text.split(/(\s+)/)) {
      if (piece === '') continue;
      if (piece.trim() === '') word = 0;
      else {
        word += textWidth(piece, run.font, measure) * run.size + 2 * run.padding;
        longest = Math.max(longest, word);
      }
    }
  }
  return { line: Math.max(widest, line), word: longest };
}
