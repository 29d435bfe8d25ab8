import type { Element } from 'hast';
import type { Level } from './geometry.ts';

/** Text and code are fitted apart: each has its own size and spacing. */
export interface Fit {
  readonly text: Level;
  readonly code: Level;
}

/** A piece of a slide that knows its own size. Boxes are values; splitting gives new ones. */
export interface Box {
  /** `text` and `table` go by the text's level, the others by the code's. */
  readonly kind: 'text' | 'table' | 'image' | 'code' | 'output' | 'error' | 'remark';
  /** What is drawn when it gets `width` pixels. */
  readonly draw: (width: number, fit: Fit) => Element;
  /** Pixels that it needs. */
  readonly height: (width: number, fit: Fit) => number;
  /** Pixels that it takes whatever its width and size are, known without measuring; default 0. */
  readonly atLeast?: number;
  /** Width in pixels below which its lines break; only codes, outputs and tables care. */
  readonly naturalWidth: (fit: Fit) => number;
  /**
   * Cuts off a first part that takes at most `room` pixels; undefined when there is no place to cut.
   */
  readonly split?: (width: number, fit: Fit, room: number) => readonly [Box, Box] | undefined;
  /** One of several versions of a code: each later one begins a slide, onto which the lines that stay move. */
  readonly version?: { readonly row: string; readonly first: boolean };
  /** Id of a replay's show: it takes a slide of its own here. */
  readonly replay?: string;
  /** May be left out when there is no room: it is not the note's own text. */
  readonly optional?: boolean;
  /** A picture, diagram or formula, which may have a slide for itself. */
  readonly drawn?: boolean;
  /** A code's block, when it has one. */
  readonly block?: string;
  /** The boxes that stand in it; it then goes by both levels. */
  readonly inner?: readonly Box[];
  /** The solution of an exercise, hidden at first. */
  readonly answer?: boolean;
  /** A heading: a part of the slide begins here. */
  readonly heading?: boolean;
  /** Ends with a colon or is a heading: what follows belongs to it. */
  readonly leadsOn?: boolean;
}

/** Whether a box stands on the code's side of a slide. */
export function isCodeLike(box: Box): boolean {
  return box.kind === 'code' || box.kind === 'output' || box.kind === 'error' || box.kind === 'remark';
}

/** A box and all that stands in it, that is, the boxes that hold no others. */
export function leavesOf(box: Box): readonly Box[] {
  return box.inner ? box.inner.flatMap(leavesOf) : [box];
}

/** Whether there is code in a box, or it is code. */
export function holdsCode(box: Box): boolean {
  return leavesOf(box).some(isCodeLike);
}

/** Whether there is text in a box, or it is text. */
export function holdsText(box: Box): boolean {
  return box.inner !== undefined || !isCodeLike(box);
}

/** The box with its height remembered: fitting tries the same widths and sizes many times. */
export function remembered(box: Box): Box {
  const heights = new Map<string, number>();
  return {
    ...box,
    height: (width, fit) => {
      const { scale, spacing } = isCodeLike(box) ? fit.code : fit.text;
      const code = box.inner ? ` ${fit.code.scale} ${fit.code.spacing.line}` : '';
      const key = `${width} ${scale} ${spacing.line}${code}`;
      let height = heights.get(key);
      if (height === undefined) {
        height = box.height(width, fit);
        heights.set(key, height);
      }
      return height;
    },
  };
}
