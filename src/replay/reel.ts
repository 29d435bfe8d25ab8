import { pictureOf } from './picture.ts';
import type { Replay } from './replay.ts';
import type { Shape } from './shapes.ts';
import { writeSvg } from './write.ts';

/** A replay's key steps as one drawing: what several of them have in common is in it once. */
export interface Reel {
  /** Pixels of the drawing. */
  readonly width: number;
  readonly height: number;
  readonly frames: readonly ReelFrame[];
  /** A whole `<svg>` element. What is not in every frame has the class `f<n>`, where n is its place in `sets`. */
  readonly svg: string;
  /** Numbers of the frames that a part is in, from 0, rising. */
  readonly sets: readonly (readonly number[])[];
}

/** One key step. */
export interface ReelFrame {
  readonly caption: string;
  /** Seconds that it takes to read. */
  readonly seconds: number;
}

/** A shape and the frames that it is in. */
interface Part {
  readonly identity: string;
  readonly shape: Shape;
  readonly frames: number[];
  readonly children: Part[];
}

/** Seconds that a frame stands at least and at most, that a letter takes, and that the last one stands longer. */
const reading = { least: 1.8, most: 5, letter: 0.06, end: 3 } as const;

/** Draws the key steps of a replay, 1776 × 836, one on top of the other; or the last alone. */
export function makeReel(replay: Replay, last = false): Reel {
  const keySteps = last ? replay.keySteps.slice(-1) : replay.keySteps;
  const [width, height] = [1776, 836];
  const parts: Part[] = [];
  let attributes: Readonly<Record<string, string>> = {};
  for (const [n, { index }] of keySteps.entries()) {
    const picture = pictureOf(replay, index, { layout: 'wide', width, height, scrubber: false });
    attributes = picture.attributes;
    merge(parts, picture.shapes, n);
  }
  const frames = keySteps.map(({ caption }, n) => {
    const read = Math.min(reading.most, Math.max(reading.least, 1 + reading.letter * caption.length));
    return { caption, seconds: Math.round((n < keySteps.length - 1 ? read : read + reading.end) * 10) / 10 };
  });
  const sets = new Map<string, readonly number[]>();
  const shapes = parts.map((part) => marked(part, frames.length, sets));
  const { role: _, 'aria-label': __, ...drawn } = attributes;
  return { width, height, frames, svg: writeSvg({ attributes: drawn, shapes }), sets: [...sets.values()] };
}

/**
 * Adds a frame's shapes to the parts of the frames before it. Each frame finds its shapes in its own order, so that
 * what is painted later stays later; a part that would have to go back is added anew.
 */
function merge(parts: Part[], shapes: readonly Shape[], frame: number): void {
  let at = 0;
  for (const shape of shapes) {
    const identity = identityOf(shape);
    const found = parts.findIndex((part, n) => n >= at && part.identity === identity);
    if (found < 0) parts.splice(at, 0, { identity, shape, frames: [], children: [] });
    else at = found;
    const part = parts[at];
    part?.frames.push(frame);
    if (part && shape.children) merge(part.children, shape.children, frame);
    at++;
  }
}

/** Equal for shapes that look the same but for what is in them. */
function identityOf({ tag, attributes, text }: Shape): string {
  return JSON.stringify([tag, attributes, text]);
}

/** The part as a shape with the class of its set; what is in all frames of its group needs none. */
function marked({ shape, frames, children }: Part, among: number, sets: Map<string, readonly number[]>): Shape {
  const inner = children.map((child) => marked(child, frames.length, sets));
  const base = { ...shape, ...(shape.children ? { children: inner } : {}) };
  if (frames.length === among) return base;
  const key = frames.join(' ');
  sets.set(key, frames);
  const name = `f${[...sets.keys()].indexOf(key)}`;
  return { ...base, attributes: { ...shape.attributes, class: `${shape.attributes.class ?? ''} ${name}`.trim() } };
}
