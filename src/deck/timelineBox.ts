import type { Element } from 'hast';
import { h, s } from 'hastscript';
import type { Bar, BarDiagram, BarGroup } from './bars.ts';
import { type Box, type Fit, remembered } from './box.ts';
import type { Measure } from './show.ts';

/** Sizes in pixels at scale 1; no text gets smaller than the floor of body text. */
const sizes = { title: 36, label: 34, tick: 30, floor: 28, row: 62, bar: 40, head: 58, foot: 48, gap: 34 } as const;

/** Pixels of the moment in which a task ran before it waited, where tasks share a thread. */
const sliver = 12;

/**
 * A diagram of bars as a drawing in the replay's look: solid where a task runs, hatched where it waits. All groups have
 * one axis, so that their lengths can be compared.
 *
 * @param source The diagram as the note has it, which the drawing holds as metadata.
 */
export function timelineBox(diagram: BarDiagram, source: string, measure: Measure): Box {
  return remembered({
    kind: 'image',
    naturalWidth: () => 0,
    height: (_width, fit) => layout(diagram, fit).height,
    draw: (width, fit) => h('figure', { class: 'timeline' }, [drawing(diagram, source, width, fit, measure)]),
  });
}

interface PlacedGroup {
  readonly group: BarGroup;
  readonly top: number;
}

/** Where each group begins, and the height of all. */
function layout(
  { groups }: BarDiagram,
  fit: Fit,
): { readonly placed: readonly PlacedGroup[]; readonly height: number } {
  const { scale } = fit.text;
  let y = 0;
  const placed = groups.map((group, n) => {
    if (n > 0) y += sizes.gap * scale;
    const top = y;
    y += (group.title ? sizes.head : 0) * scale + group.rows.length * sizes.row * scale;
    y += ((group.ticks.length > 0 ? sizes.foot : 0) + group.remarks.length * sizes.foot) * scale;
    return { group, top };
  });
  return { placed, height: y };
}

function drawing(diagram: BarDiagram, source: string, width: number, fit: Fit, measure: Measure): Element {
  const { scale } = fit.text;
  const { placed, height } = layout(diagram, fit);
  const size = (pixels: number) => Math.max(sizes.floor, pixels * scale);
  const rows = diagram.groups.flatMap((group) => group.rows);
  const wide = (texts: readonly string[], font: 'sans' | 'sans-bold', pixels: number) =>
    Math.max(0, ...texts.map((text) => measure(text, font))) * pixels * 1.02;
  const left = Math.min(
    width * 0.4,
    wide(
      rows.map(({ label }) => label),
      'sans-bold',
      size(sizes.label),
    ) + 28,
  );
  // Behind the longest bar stand its remark, or half of the last number.
  const right =
    Math.max(
      wide(
        rows.map(({ remark }) => remark),
        'sans',
        size(sizes.label),
      ),
      wide([`00${diagram.unit}`], 'sans', size(sizes.tick)) / 2,
    ) + 24;
  const ends = rows.flatMap(({ bars }) => bars.map(({ to }) => to));
  const starts =
    diagram.unit || diagram.groups.some(({ ticks }) => ticks.length > 0)
      ? [0]
      : rows.map(({ bars }) => bars[0]?.from ?? 0);
  const start = Math.min(...starts);
  const ticks = [...new Set(diagram.groups.flatMap((group) => group.ticks))].sort((a, b) => a - b);
  const end = Math.max(...ends, ...ticks);
  const x = (time: number) => round(left + ((width - left - right) * (time - start)) / (end - start || 1));
  return s(
    'svg',
    {
      viewBox: `0 0 ${round(width)} ${round(height)}`,
      width: round(width),
      height: round(height),
      role: 'img',
      ariaLabel: inWords(diagram),
    },
    [
      s('metadata', source),
      ...placed.flatMap(({ group, top }) =>
        drawGroup(group, top, { x, ticks, size, scale, width, unit: diagram.unit }),
      ),
    ],
  );
}

interface Canvas {
  readonly x: (time: number) => number;
  readonly ticks: readonly number[];
  readonly size: (pixels: number) => number;
  readonly scale: number;
  readonly width: number;
  readonly unit: string;
}

function drawGroup(
  { title, rows, ticks, remarks, shared }: BarGroup,
  top: number,
  { x, size, scale, width, unit, ...all }: Canvas,
): Element[] {
  const write = (kind: string, at: number, baseline: number, pixels: number, value: string) =>
    s('text', { className: kind, x: round(at), y: round(baseline), style: `font-size:${round(pixels)}px` }, value);
  const first = top + (title ? sizes.head : 0) * scale;
  const rowHeight = sizes.row * scale;
  const bottom = first + rows.length * rowHeight;
  const shapes: Element[] = title ? [write('title', 0, top + sizes.title * scale, size(sizes.title), title)] : [];
  if (ticks.length > 0)
    for (const tick of all.ticks) {
      shapes.push(s('line', { className: 'tick', x1: x(tick), x2: x(tick), y1: round(first), y2: round(bottom + 4) }));
      shapes.push(write('time', x(tick), bottom + sizes.tick * scale + 8, size(sizes.tick), `${tick}${unit}`));
    }
  for (const [n, row] of rows.entries()) {
    const y = first + n * rowHeight + (rowHeight - sizes.bar * scale) / 2;
    const middle = y + (sizes.bar * scale) / 2 + size(sizes.label) * 0.35;
    shapes.push(write('label', 0, middle, size(sizes.label), row.label));
    for (const bar of row.bars) shapes.push(...drawBar(bar, shared, x, y, sizes.bar * scale));
    const end = Math.max(...row.bars.map(({ to }) => to));
    if (row.remark) shapes.push(write('remark', x(end) + 14, middle, size(sizes.label), row.remark));
  }
  const below = bottom + (ticks.length > 0 ? sizes.foot : 0) * scale;
  for (const [n, remark] of remarks.entries())
    shapes.push(
      write(
        'remark',
        Math.min(x(all.ticks[0] ?? 0), width),
        below + (n * sizes.foot + sizes.label) * scale,
        size(sizes.label),
        remark,
      ),
    );
  return shapes;
}

function drawBar(
  { from, to, state }: Bar,
  shared: boolean,
  x: (time: number) => number,
  y: number,
  height: number,
): Element[] {
  const [left, right] = [x(from), x(to)];
  const width = Math.max(2, right - left);
  const rect = (className: string, wide: number) =>
    s('rect', { className, x: round(left), y: round(y), width: round(wide), height: round(height), rx: 5 });
  if (state === 'running') return [rect('running', width)];
  const bar = [rect('waiting', width), s('path', { className: 'hatch', d: hatch(left, y, width, height) })];
  return shared ? [...bar, rect('running', Math.min(width, sliver))] : bar;
}

/** Slanted strokes within a rectangle; strokes, since Chromium's PDFs turn patterns into bitmaps. */
function hatch(left: number, top: number, width: number, height: number): string {
  const strokes: string[] = [];
  for (let start = sliver; start < width + height - 4; start += 16) {
    const [x1, x2] = [Math.max(sliver + 2, start - height), Math.min(width - 4, start)];
    if (x2 - x1 < 3) continue;
    strokes.push(`M${round(left + x1)} ${round(top + start - x1)}L${round(left + x2)} ${round(top + start - x2)}`);
  }
  return strokes.join('');
}

/** The diagram as a sentence, for those who cannot see it: `A 0–2 s, B 2–4 s`. */
function inWords({ groups, unit }: BarDiagram): string {
  return groups
    .map(({ title, rows, remarks }) => {
      const told = rows.map(({ label, bars, remark }) => {
        const times = unit ? bars.map(({ from, to }) => `${from}–${to}${unit}`).join(', ') : '';
        return [label, times, remark].filter((part) => part !== '').join(' ');
      });
      return `${title ? `${title}: ` : ''}${[told.join('; '), ...remarks].join('. ')}`;
    })
    .join('. ');
}

function round(pixels: number): number {
  return Math.round(pixels * 10) / 10;
}
