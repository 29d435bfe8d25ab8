import { mayBreakBetween } from '../text/breaks.ts';
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
  const patient = (text: string, font: Run['font']) => {
    let width = known[font].get(text);
    if (width === undefined) {
      width = 0;
      for (const run of textRuns(text)) width += run.emoji === undefined ? measure(run.text, font) : 1;
      known[font].set(text, width);
    }
    return width;
  };
  return Object.assign(patient, { breaks: measure.breaks });
}

/** What breaking lines sees of a text: widths in em of what stays together, of the spaces between, forced breaks. */
type Unit =
  | { readonly kind: 'word'; readonly width: number }
  | { readonly kind: 'space'; readonly width: number }
  | { readonly kind: 'break' };

/** Cuts runs where lines may break. Words that touch may be parted, too: the language breaks between characters. */
function* units(runs: readonly Run[], measure: Measure): Generator<Unit> {
  const breaks = measure.breaks === 'words' ? undefined : measure.breaks;
  let word = 0;
  let last = '';
  for (const run of runs) {
    if (run === lineBreak) {
      if (word > 0) yield { kind: 'word', width: word };
      yield { kind: 'break' };
      word = 0;
      last = '';
      continue;
    }
    let padding = run.padding;
    // The ideographic space is none that collapses.
    for (const piece of run.text.split(/([^\S\u3000]+)/)) {
      if (piece === '') continue;
      if (/^[^\S\u3000]/.test(piece)) {
        if (word > 0) yield { kind: 'word', width: word };
        word = 0;
        last = '';
        yield { kind: 'space', width: measure(' ', run.font) * run.size };
        continue;
      }
      for (const part of breaks ? parts(piece, breaks) : [piece]) {
        if (breaks && word > 0 && mayBreakBetween(last, firstOf(part), breaks)) {
          yield { kind: 'word', width: word };
          word = 0;
        }
        word += padding + measure(part, run.font) * run.size;
        padding = 0;
        last = lastOf(part);
      }
    }
    word += padding + run.padding;
  }
  if (word > 0) yield { kind: 'word', width: word };
}

/** A text cut wherever a line may break in it. */
export function parts(text: string, breaks: 'characters' | 'phrases'): string[] {
  const found: string[] = [];
  for (const character of text) {
    const before = found.at(-1);
    if (before === undefined || mayBreakBetween(lastOf(before), character, breaks)) found.push(character);
    else found[found.length - 1] = before + character;
  }
  return found;
}

function firstOf(text: string): string {
  return String.fromCodePoint(text.codePointAt(0) ?? 0);
}

function lastOf(text: string): string {
  return Array.from(text.slice(-2)).at(-1) ?? '';
}

/**
 * Lines that a text takes when it is set greedily, broken where its language breaks lines: only at spaces
 * (`word-break: keep-all`), or between characters with the rules of kinsoku (`line-break: strict`). A word longer than a
 * line is broken anywhere (`overflow-wrap: anywhere`).
 *
 * @param runs The text in order.
 * @param width Width of a line in em.
 * @returns At least 1; infinity when there is no room for a character.
 */
export function countLines(runs: readonly Run[], width: number, measure: Measure): number {
  if (width <= 1) return Number.POSITIVE_INFINITY;
  let lines = 1;
  let used = 0;
  let space = 0;
  for (const unit of units(runs, measure)) {
    if (unit.kind === 'break') {
      lines++;
      used = 0;
      space = 0;
    } else if (unit.kind === 'space') space = Math.max(space, unit.width);
    else {
      if (used > 0 && used + space + unit.width > width) {
        lines++;
        used = 0;
      } else if (used > 0) used += space;
      used += unit.width;
      const broken = Math.ceil(used / width) - 1;
      if (broken > 0) {
        lines += broken;
        used -= broken * width;
      }
      space = 0;
    }
  }
  return lines;
}

/** Width of a text on one line, in em, and of the widest piece of it that no line break parts. */
export function widths(runs: readonly Run[], measure: Measure): { readonly line: number; readonly word: number } {
  let line = 0;
  let widest = 0;
  let longest = 0;
  for (const unit of units(runs, measure)) {
    if (unit.kind === 'break') {
      widest = Math.max(widest, line);
      line = 0;
      continue;
    }
    line += unit.width;
    if (unit.kind === 'word') longest = Math.max(longest, unit.width);
  }
  return { line: Math.max(widest, line), word: longest };
}
