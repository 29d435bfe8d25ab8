import { proportionalAxis } from './axis.ts';
import { narrowPicture } from './narrow.ts';
import type { Replay } from './replay.ts';
import type { Shape } from './shapes.ts';
import { widePicture } from './wide.ts';

/** What a picture shows and how large it is. */
export interface PictureOptions {
  /** `wide` for slides and pages from about 700 pixels, `narrow` for one column. */
  readonly layout: 'wide' | 'narrow';
  /** Size of the view box; the wide picture is made for 1776 × 912, the narrow one for 360 × 640 and up. */
  readonly width: number;
  readonly height: number;
  /** Default `expanded`: every step of an instant has its room. `proportional`: seconds have. */
  readonly axis?: 'expanded' | 'proportional';
  /** Default true. */
  readonly scrubber?: boolean;
}

/** A picture as a value: the attributes of its `<svg>`, and what is in it. */
export interface Picture {
  readonly attributes: Readonly<Record<string, string>>;
  readonly shapes: readonly Shape[];
}

/**
 * The picture of the state after event `index`. Depends on its arguments only.
 *
 * @param id Distinct for each svg of a page: ids inside begin with it.
 */
export function pictureOf(replay: Replay, index: number, id: string, options: PictureOptions): Picture {
  const { layout, width, height, axis: kind = 'expanded', scrubber = true } = options;
  const state = replay.stateAt(index);
  const axis = kind === 'expanded' ? replay.axis : proportionalAxis(replay.trace, replay.history, replay.axis.length);
  const draw = layout === 'wide' ? widePicture : narrowPicture;
  const shapes = draw(replay, state, axis, { width, height, patterns: `${id}-`, scrubber });
  return {
    attributes: {
      id,
      viewBox: `0 0 ${width} ${height}`,
      class: `loopreel ${layout}`,
      role: 'img',
      'aria-label': replay.caption(index),
    },
    shapes: [patterns(`${id}-`), ...shapes],
  };
}

/** Dots are ready, hatches wait, crosses are cancelled: told apart without colour. */
function patterns(prefix: string): Shape {
  const pattern = (name: string, size: number, name2: string, d: string): Shape => ({
    key: name,
    tag: 'pattern',
    attributes: { id: `${prefix}${name}`, width: size, height: size, patternUnits: 'userSpaceOnUse' },
    children: [
      { key: 'ground', tag: 'rect', attributes: { class: `${name2} ground`, width: size, height: size } },
      { key: 'ink', tag: 'path', attributes: { class: name2, d } },
    ],
  });
  return {
    key: 'patterns',
    tag: 'defs',
    attributes: {},
    children: [
      pattern('dots', 10, 'dots', 'M2.5 2.5h.01M7.5 7.5h.01'),
      pattern('hatch', 12, 'hatch', 'M-3 3 3-3M0 12 12 0M9 15 15 9'),
      pattern('cross', 12, 'cross', 'M-3 3 3-3M0 12 12 0M9 15 15 9M-3 9 3 15M0 0 12 12M9-3 15 3'),
    ],
  };
}
