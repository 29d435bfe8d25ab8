import { textRuns } from '../text/emoji.ts';
import { columns, sansWidth } from '../text/width.ts';
import type { Subject } from './subjects.ts';

/** One SVG element of a picture, as a value: panels give these, `render.ts` joins them to the page by key. */
export interface Shape {
  /** Distinct among its siblings; the same key in the next picture is the same object, moved. */
  readonly key: string;
  readonly tag: 'g' | 'rect' | 'path' | 'text' | 'tspan' | 'use' | 'line' | 'circle';
  /** Attributes; numbers are pixels, rounded to one decimal when drawn. `class` is one of them. */
  readonly attributes: Readonly<Record<string, string | number>>;
  readonly text?: string;
  readonly children?: readonly Shape[];
  /** What it stands for at a point of the view box, for pointers; no part of what is drawn. */
  readonly about?: (x: number, y: number) => Subject | null;
}

/** A rectangle, in pixels. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A group, moved when `x` or `y` is not 0. */
export function group(key: string, name: string, children: readonly Shape[], x = 0, y = 0): Shape {
  const place = x === 0 && y === 0 ? {} : { transform: `translate(${round(x)},${round(y)})` };
  return { key, tag: 'g', attributes: { ...(name === '' ? {} : { class: name }), ...place }, children };
}

export function rect(key: string, name: string, { x, y, width, height }: Box): Shape {
  const attributes = { class: name, x, y, width: Math.max(0, width), height };
  return { key, tag: 'rect', attributes };
}

export function path(key: string, name: string, d: string, x = 0, y = 0): Shape {
  const place = x === 0 && y === 0 ? {} : { transform: `translate(${round(x)},${round(y)})` };
  return { key, tag: 'path', attributes: { ...(name === '' ? {} : { class: name }), d, ...place } };
}

/** An upright line. */
export function vertical(key: string, name: string, x: number, top: number, bottom: number): Shape {
  return { key, tag: 'line', attributes: { class: name, x1: x, x2: x, y1: top, y2: bottom } };
}

/** How a text is set; `size` is only given where it differs from the class's. */
export interface TextStyle {
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly size: number;
  readonly weight?: 'regular' | 'bold';
  readonly mono?: boolean;
}

/** Width of a text set in `style`, in pixels. */
export function widthOf(text: string, style: TextStyle): number {
  return style.mono ? (columns(text) * style.size) / 2 : sansWidth(text, style.size, style.weight);
}

/** The largest size of `sizes` (falling) in which a text fits into a width; the last when none does. */
export function fittingSize(text: string, width: number, sizes: readonly number[], weight?: 'bold'): number {
  const fits = sizes.find((size) => sansWidth(text, size, weight) <= width);
  return fits ?? sizes.at(-1) ?? 0;
}

/**
 * One line of text with its baseline at `y`. Emoji are drawn as pictures of the page's sprite; the characters stay,
 * transparent, so that they can be copied.
 */
export function text(key: string, name: string, x: number, y: number, content: string, style: TextStyle): Shape {
  return words(key, name, x, y, [{ text: content, name: '' }], style);
}

/** Like `text`, of pieces with a class each. */
export function words(
  key: string,
  name: string,
  x: number,
  y: number,
  pieces: readonly { readonly text: string; readonly name: string }[],
  style: TextStyle,
): Shape {
  const runs = pieces.flatMap((piece) => textRuns(piece.text).map((run) => ({ ...run, name: piece.name })));
  const base = { class: name, 'font-size': style.size };
  const anchor = style.anchor ?? 'start';
  if (!runs.some((run) => run.emoji !== undefined)) {
    const anchored = anchor === 'start' ? base : { ...base, 'text-anchor': anchor };
    const only = runs.length <= 1 ? runs[0] : undefined;
    if (runs.length === 0 || only?.name === '')
      return { key, tag: 'text', attributes: { ...anchored, x, y }, text: only?.text ?? '' };
    return { key, tag: 'text', attributes: { ...anchored, x, y }, children: runs.map((run, n) => span(n, run)) };
  }
  const width = runs.reduce((sum, run) => sum + widthOf(run.text, style), 0);
  let left = anchor === 'start' ? x : anchor === 'middle' ? x - width / 2 : x - width;
  const spans: Shape[] = [];
  const pictures: Shape[] = [];
  // Fallback fonts give emoji odd widths, so whatever follows one is placed by its own `x`.
  runs.forEach((run, n) => {
    const placed = n === 0 || run.emoji !== undefined || runs[n - 1]?.emoji !== undefined ? { x: left } : {};
    spans.push(span(n, run.emoji === undefined ? run : { ...run, name: 'emoji' }, placed));
    if (run.emoji !== undefined) {
      const attributes = {
        href: `#emoji-${run.emoji}`,
        x: left,
        y: y - style.size * 0.86,
        width: style.size,
        height: style.size,
      };
      pictures.push({ key: `e${n}`, tag: 'use', attributes });
    }
    left += widthOf(run.text, style);
  });
  return group(key, '', [{ key: 't', tag: 'text', attributes: { ...base, y }, children: spans }, ...pictures]);
}

function span(n: number, run: { text: string; name: string }, placed: Record<string, number> = {}): Shape {
  return {
    key: `s${n}`,
    tag: 'tspan',
    attributes: { ...(run.name === '' ? {} : { class: run.name }), ...placed },
    text: run.text,
  };
}

/** One decimal is enough for a picture 1776 pixels wide, and keeps hundreds of stills small. */
export function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** A path's text, its numbers rounded like all others. */
export function drawn(strings: TemplateStringsArray, ...numbers: readonly number[]): string {
  return strings.reduce((text, part, n) => `${text}${round(numbers[n - 1] ?? 0)}${part}`);
}

/** An attribute's value as it stands in the page. */
export function written(value: string | number): string {
  return typeof value === 'number' ? String(round(value)) : value;
}

/** What a thing does, as a small picture: always together with place and pattern, never colour alone. */
export type Glyph = 'run' | 'ready' | 'wait' | 'done' | 'cancelled' | 'error' | 'thread';

/** Paths in a 24 × 24 box around the origin. */
const glyphs: Readonly<Record<Glyph, string>> = {
  run: 'M-9-11 11 0-9 11z',
  ready: 'M0-12 11 0H5V11H-5V0H-11z',
  wait: 'M-9-11h6v22h-6zM3-11h6v22h-6z',
  done: 'M-9-9h18v18h-18z',
  cancelled: 'M-9-9 9 9M9-9-9 9',
  error: 'M-8-12h6l-1 14h-4zM2-12h6l-1 14h-4zM-8 5h5v5h-5zM2 5h5v5h-5z',
  thread: 'M-9-8h18M-9 0h18M-9 8h18',
};

/** A glyph with its middle at (x, y); 24 pixels high at scale 1. */
export function glyph(key: string, kind: Glyph, x: number, y: number, scale = 1): Shape {
  const place = `translate(${round(x)},${round(y)})${scale === 1 ? '' : ` scale(${scale})`}`;
  return { key, tag: 'path', attributes: { class: `glyph ${kind}`, d: glyphs[kind], transform: place } };
}
