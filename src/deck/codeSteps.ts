import type { Element } from 'hast';
import { h } from 'hastscript';
import { fragmentIndex } from './fragment.ts';

/** One step of `{1-3|5}`: the lines that it points at. */
export interface LineStep {
  /** First and last line of each range, from 1. */
  readonly ranges: readonly (readonly [number, number])[];
  /** Where it comes among the fragments of its slide. */
  readonly index: number;
}

/**
 * The steps of a fence's `{1-3|5}`.
 *
 * @param line The note's line of the fence.
 */
export function lineSteps(written: string, line: number): LineStep[] {
  return written.split('|').map((step, n) => ({
    ranges: step.split(',').map((range) => {
      const [from = 0, to = from] = range.split('-').map(Number);
      return [from, to] as const;
    }),
    index: fragmentIndex(line, n),
  }));
}

/** Whether a step points at a line. */
export function markedIn({ ranges }: LineStep, line: number): boolean {
  return ranges.some(([from, to]) => line >= from && line <= to);
}

/** The steps that point at some line of a part of the code. */
export function stepsIn(steps: readonly LineStep[], first: number, last: number): LineStep[] {
  return steps.filter(({ ranges }) => ranges.some(([from, to]) => to >= first && from <= last));
}

/**
 * What a click goes to for each step but the first, which shows from the start. They draw nothing: the page's own code
 * (`browser/codeSteps.ts`) moves the mark.
 */
export function stepFragments(steps: readonly LineStep[]): Element[] {
  return steps
    .slice(1)
    .map(({ index }) =>
      h('span', { class: 'code-step fragment', dataFragmentIndex: String(index), ariaHidden: 'true' }),
    );
}
