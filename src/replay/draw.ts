import { proportionalAxis } from './axis.ts';
import { narrowPicture, narrowTrack, strip } from './narrow.ts';
import { render } from './render.ts';
import type { Replay } from './replay.ts';
import type { Box, Shape } from './shapes.ts';
import { widePicture, wideTrack } from './wide.ts';

/** How a picture is drawn. */
export interface DrawOptions {
  /** `wide` for slides and pages from about 700 pixels, `narrow` for one column. */
  readonly layout: 'wide' | 'narrow';
  /** Size of the view box; the wide picture is made for 1776 × 912, the narrow one for 360 × 640 and up. */
  readonly width: number;
  readonly height: number;
  /** Default `expanded`: every step of an instant has its room. `proportional`: seconds have. */
  readonly axis?: 'expanded' | 'proportional';
  /** 0, the default, cuts; else the length of a transition, which the next call interrupts. */
  readonly milliseconds?: number;
  /** Default true. */
  readonly scrubber?: boolean;
}

/**
 * Draws the state after event `index` into `svg`, whatever it showed before: same arguments, same picture. Colours and
 * fonts come from `themes/replay.css`. Ids inside begin with the svg's own id, or with the block's, so give each svg
 * of a page an id of its own.
 */
export function drawReplay(svg: SVGSVGElement, replay: Replay, index: number, options: DrawOptions): void {
  const { layout, width, height, axis: kind = 'expanded', milliseconds = 0, scrubber = true } = options;
  const prefix = `${svg.id || `${replay.data.id}-${layout}`}-`;
  svg.setAttribute('viewBox', `0 0 ${width} ${height}`);
  svg.setAttribute('class', `loopreel ${layout}`);
  svg.setAttribute('role', 'img');
  svg.setAttribute('aria-label', replay.caption(index));
  const state = replay.stateAt(index);
  const axis = kind === 'expanded' ? replay.axis : proportionalAxis(replay.trace, replay.history, replay.axis.length);
  const picture = (layout === 'wide' ? widePicture : narrowPicture)(replay, state, axis, {
    width,
    height,
    patterns: prefix,
    scrubber,
  });
  render(svg, [patterns(prefix), ...picture], milliseconds);
}

/** Height of what `drawStrip` draws. */
export const stripHeight = 50;

/** Draws the narrow picture's scrubber alone, so that it can stay in sight while the picture is scrolled. */
export function drawStrip(
  svg: SVGSVGElement,
  replay: Replay,
  index: number,
  { width, axis: kind = 'expanded', milliseconds = 0 }: Pick<DrawOptions, 'width' | 'axis' | 'milliseconds'>,
): void {
  svg.setAttribute('viewBox', `0 0 ${width} ${stripHeight}`);
  svg.setAttribute('class', 'loopreel narrow');
  const axis = kind === 'expanded' ? replay.axis : proportionalAxis(replay.trace, replay.history, replay.axis.length);
  const shape = strip(replay, replay.stateAt(index), axis, narrowTrack(width, stripHeight));
  render(svg, [shape], milliseconds);
}

/** Where the scrubber's track is, in the view box's pixels: the part of the picture that a pointer may drag on. */
export function scrubberTrack(options: Pick<DrawOptions, 'layout' | 'width' | 'height'>): Box {
  return (options.layout === 'wide' ? wideTrack : narrowTrack)(options.width, options.height);
}

/** The stop (an event index) nearest to a point `x` of the view box on the scrubber's track. */
export function stopAt(replay: Replay, x: number, options: Pick<DrawOptions, 'layout' | 'width' | 'height'>): number {
  const track = scrubberTrack(options);
  const share = Math.max(0, Math.min(1, (x - track.x) / track.width));
  const { stops, axis } = replay;
  if (options.layout === 'wide') return stops[Math.round(share * (stops.length - 1))] ?? 0;
  const distance = (index: number) => Math.abs(axis.position(index) - share * axis.length);
  return stops.reduce((best, index) => (distance(index) < distance(best) ? index : best), stops[0] ?? 0);
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
