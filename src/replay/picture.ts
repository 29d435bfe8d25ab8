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
  /** A task that the viewer follows, by number: it is always shown, and marked. Default none. */
  readonly followed?: number | null;
}

/** What both layouts are told. */
export type LayoutOptions = Required<Pick<PictureOptions, 'width' | 'height' | 'scrubber' | 'followed'>>;

/** A picture as a value: the attributes of its `<svg>`, and what is in it. */
export interface Picture {
  readonly attributes: Readonly<Record<string, string>>;
  readonly shapes: readonly Shape[];
}

/** The picture of the state after event `index`. Depends on its arguments only. */
export function pictureOf(replay: Replay, index: number, options: PictureOptions): Picture {
  const { layout, width, height, axis: kind = 'expanded', scrubber = true, followed = null } = options;
  const state = replay.stateAt(index);
  const axis = kind === 'expanded' ? replay.axis : replay.proportional;
  const draw = layout === 'wide' ? widePicture : narrowPicture;
  const shapes = draw(replay, state, axis, { width, height, scrubber, followed });
  return {
    attributes: {
      viewBox: `0 0 ${width} ${height}`,
      class: `loopreel ${layout}`,
      role: 'img',
      'aria-label': replay.caption(index),
    },
    shapes,
  };
}
