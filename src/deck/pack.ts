import { type Box, isCodeLike } from './box.ts';
import { fitOnSlide, type Layout, type Space } from './fit.ts';
import { levels } from './geometry.ts';

/** Text and code do not shrink below this when another slide can take over. */
const comfortable = 0.9;
/** Text without code is dense below this. */
const dense = 0.95;
/** Slides of one topic up to which they are filled evenly. */
const mostEven = 20;
const smallest = levels.at(-1) ?? { scale: 1, spacing: levels[0]?.spacing };

/**
 * Spreads the boxes of a topic over as few slides as they fit on: everything on one slide if possible, else a slide for
 * each code with its text, else cut between boxes, else inside a box.
 *
 * @param boxes In order; no optional box is needed, the others all come back, split or whole.
 * @param apart Whether the code of a block must be the last on its slide, because its replay follows.
 * @returns The layouts in order, at least one when there is a box.
 */
export function pack(boxes: readonly Box[], space: Space, apart: (block: string) => boolean): Layout[] {
  if (boxes.length === 0) return [];
  const replays = boxes.filter((box) => box.block !== undefined && apart(box.block)).length;
  const segments = segmentsOf(boxes);
  const layouts: Layout[] = [];
  const whole = replays <= 1 && segments.length <= 2 ? fitWhole(boxes, space) : undefined;
  if (whole && readsWell(boxes, whole)) return [whole];
  for (const segment of segments) layouts.push(...packSegment(segment, space));
  return layouts;
}

/** A segment ends with a code and what belongs to it; text behind the last code stays with it. */
function segmentsOf(boxes: readonly Box[]): Box[][] {
  const segments: Box[][] = [[]];
  for (const box of boxes) {
    const current = segments.at(-1) ?? [];
    const ended = current.some(({ kind }) => kind === 'code') && (box.kind === 'code' || !isCodeLike(box));
    if (ended) segments.push([box]);
    else current.push(box);
  }
  const last = segments.at(-1);
  if (segments.length > 1 && last && !last.some(isCodeLike)) {
    segments.pop();
    segments.at(-1)?.push(...last);
  }
  return segments;
}

function packSegment(boxes: readonly Box[], space: Space): Layout[] {
  const whole = fitWhole(boxes, space);
  if (whole && readsWell(boxes, whole)) return [whole];
  const alike = { ...space, largest: 1 };
  const groups = spread(
    boxes.filter(({ optional }) => !optional),
    alike,
    space.height,
  );
  // The same number of slides, evenly filled, looks better than a full one and a rest.
  for (let share = 0.5; share < 1 && groups.length <= mostEven; share += 0.05) {
    const even = spread(
      boxes.filter(({ optional }) => !optional),
      alike,
      space.height * share,
    );
    if (even.length > groups.length) continue;
    const layouts = even.map((group) => fitOnSlide(group, alike));
    if (layouts.every((layout) => layout !== undefined)) return layouts;
  }
  return groups.map((group) => fitOnSlide(group, alike) ?? squeezed(group, alike));
}

/** Groups of boxes that each fit into `height`, greedily from the front. */
function spread(boxes: readonly Box[], space: Space, height: number): Box[][] {
  const groups: Box[][] = [];
  let rest = [...boxes];
  while (rest.length > 0) {
    const fits = (count: number, least: number) => {
      const layout = fitOnSlide(rest.slice(0, count), { ...space, height });
      return layout !== undefined && Math.min(layout.fit.text.scale, layout.fit.code.scale) >= least;
    };
    let count = mayFit(rest, height);
    const least = rest.some(isCodeLike) ? 0 : dense;
    while (count > 0 && !fits(count, count === rest.length ? least : comfortable)) count--;
    if (count === 0) for (count = mayFit(rest, height, rest.length - 1); count > 0 && !fits(count, 0); ) count--;
    // A heading or `…:` does not end a slide that it could begin.
    while (count > 1 && count < rest.length && rest[count - 1]?.leadsOn) count--;
    if (count > 0) {
      const filled = count < rest.length ? filledUp(rest, count, space, height) : undefined;
      groups.push(filled?.group ?? rest.slice(0, count));
      rest = filled?.rest ?? rest.slice(count);
      continue;
    }
    const [first, ...others] = rest as [Box, ...Box[]];
    const fit = { text: smallestAtEase(), code: smallestAtEase() };
    const parts = first.split?.(space.width, fit, height * 0.97);
    if (parts) {
      groups.push([parts[0]]);
      rest = [parts[1], ...others];
    } else {
      groups.push([first]);
      rest = others;
    }
  }
  return groups;
}

/** An upper bound of the boxes from the front that two columns of a slide hold, found without measuring them. */
function mayFit(boxes: readonly Box[], height: number, most = boxes.length): number {
  let used = 0;
  for (let count = 0; count < most; count++) {
    used += boxes[count]?.atLeast ?? 0;
    if (used > 2 * height) return count;
  }
  return most;
}

/** A few lines of text do not get a slide of their own when the code behind them is cut anyway: its first part joins. */
function filledUp(boxes: readonly Box[], count: number, space: Space, height: number) {
  const group = boxes.slice(0, count);
  const next = boxes[count];
  if (!next?.split || group.some(isCodeLike) || next.kind !== 'code') return undefined;
  const fit = { text: smallestAtEase(), code: smallestAtEase() };
  if (next.height(space.width, fit) <= height) return undefined;
  const used = group.reduce((sum, box) => sum + box.height(space.width, fit) + 32, 0);
  const parts = used < height * 0.45 ? next.split(space.width, fit, (height - used) * 0.97) : undefined;
  if (!parts || !fitOnSlide([...group, parts[0]], { ...space, height })) return undefined;
  return { group: [...group, parts[0]], rest: [parts[1], ...boxes.slice(count + 1)] };
}

/** A program is better seen whole than large, text alone is better read on two slides than small. */
function readsWell(boxes: readonly Box[], { fit }: Layout): boolean {
  return boxes.some(isCodeLike) || fit.text.scale >= dense;
}

/**
 * Boxes on one slide, with the optional ones where these leave the others large enough; undefined when they do not fit.
 */
export function fitWhole(boxes: readonly Box[], space: Space): Layout | undefined {
  const all = fitOnSlide(boxes, space);
  if (!boxes.some(({ optional }) => optional)) return all;
  if (all && Math.min(all.fit.text.scale, all.fit.code.scale) >= comfortable) return all;
  return (
    fitOnSlide(
      boxes.filter(({ optional }) => !optional),
      space,
    ) ?? all
  );
}

/** What is split is drawn at a size that reads well. */
function smallestAtEase() {
  return levels.find(({ scale }) => scale === comfortable) ?? (smallest as (typeof levels)[number]);
}

/** A box that cannot be cut and does not fit: the smallest size, and the browser test tells. */
function squeezed(boxes: readonly Box[], space: Space): Layout {
  const level = smallest as (typeof levels)[number];
  return { rows: [[{ width: space.width, boxes }]], fit: { text: level, code: level }, gap: 16 };
}
