import { narrowTrack, strip } from './narrow.ts';
import { type PictureOptions, pictureOf } from './picture.ts';
import { render } from './render.ts';
import type { Replay } from './replay.ts';
import type { Box } from './shapes.ts';
import { wideTrack } from './wide.ts';

/** How a picture is drawn. */
export interface DrawOptions extends PictureOptions {
  /** 0, the default, cuts; else the length of a transition, which the next call interrupts. */
  readonly milliseconds?: number;
}

/**
 * Draws the state after event `index` into `svg`, whatever it showed before: same arguments, same picture. Colours and
 * fonts come from `themes/replay.css`.
 */
export function drawReplay(svg: SVGSVGElement, replay: Replay, index: number, options: DrawOptions): void {
  const { attributes, shapes } = pictureOf(replay, index, options);
  for (const [name, value] of Object.entries(attributes)) svg.setAttribute(name, value);
  render(svg, shapes, options.milliseconds ?? 0);
}

/** Height of what `drawStrip` draws. */
const stripHeight = 50;

/** Draws the narrow picture's scrubber alone, so that it can stay in sight while the picture is scrolled. */
export function drawStrip(
  svg: SVGSVGElement,
  replay: Replay,
  index: number,
  { width, axis: kind = 'expanded', milliseconds = 0 }: Pick<DrawOptions, 'width' | 'axis' | 'milliseconds'>,
): void {
  svg.setAttribute('viewBox', `0 0 ${width} ${stripHeight}`);
  svg.setAttribute('class', 'loopreel narrow');
  const axis = kind === 'expanded' ? replay.axis : replay.proportional;
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
