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

/**
 * Makes a measure that takes each emoji as 1 em wide and remembers every text: fitting asks for the same words over
 * and over.
 */
export function patientMeasure(measure: Measure): Measure {
  const known = {
    sans: new Map<string, number>(),
    'sans-bold': new Map<string, number>(),
    mono: new Map<string, number>(),
  };
  return (text, font) => {
    let width = known[font].get(text);
    if (width === undefined) {
      width = 0;
      for (const run of textRuns(text)) width += run.emoji === undefined ? measure(run.text, font) : 1;
      known[font].set(text, width);
    }
    return width;
  };
}

/**
 * Lines that a text takes when it is set greedily, broken only at spaces (`word-break: keep-all`); a word longer than
 * a line is broken anywhere (`overflow-wrap: anywhere`).
 *
 * @param runs The text in order; spaces in them are where lines may break.
 * @param width Width of a line in em.
 * @returns At least 1; infinity when there is no room for a character.
 */
export function countLines(runs: readonly Run[], width: number, measure: Measure): number {
  if (width <= 1) return Number.POSITIVE_INFINITY;
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
    const broken = Math.ceil(used / width) - 1;
    if (broken > 0) {
      lines += broken;
      used -= broken * width;
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
      } else word += measure(piece, run.font) * run.size;
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
    line += measure(run.text, run.font) * run.size + 2 * run.padding;
    for (const piece of run.text.split(/(\s+)/)) {
      if (piece === '') continue;
      if (piece.trim() === '') word = 0;
      else {
        word += measure(piece, run.font) * run.size + 2 * run.padding;
        longest = Math.max(longest, word);
      }
    }
  }
  return { line: Math.max(widest, line), word: longest };
}
