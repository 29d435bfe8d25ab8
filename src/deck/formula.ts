import type { Element, ElementContent } from 'hast';
import { h } from 'hastscript';
import { type Box, remembered } from './box.ts';
import { geometry } from './geometry.ts';

/** A formula, set at build time. */
export interface Formula {
  readonly html: string;
  /** The same for screen readers. */
  readonly mathml: string;
  /** As the author wrote it. */
  readonly tex: string;
  /** Em of its own size. */
  readonly width: number;
  readonly height: number;
}

declare module 'hast' {
  interface ElementData {
    formula?: Formula & {
      readonly display: boolean;
      /** Size in which it is drawn where its line is too short for it. */
      readonly pixels?: number;
    };
  }
}

/** The name of a formula among those of its note. */
export function formulaKey(tex: string, display: boolean): string {
  return (display ? '$$' : '$') + tex;
}

/** Its size against that of the text around it; `themes/authoring.css` sets the same. */
const sizes = { inline: 1.1, display: 1.2 } as const;

/** A formula in its place: MathML first, which paper leaves out. */
export function formulaElement(formula: Formula, display: boolean): Element {
  const raw = (value: string) => ({ type: 'raw', value }) as unknown as ElementContent;
  return {
    ...h(display ? 'div' : 'span', { class: ['formula', ...(display ? ['display'] : [])] }, []),
    children: [raw(formula.mathml), raw(formula.html)],
    data: { formula: { ...formula, display } },
  };
}

/** A formula on paper, which has no screen reader but tags: Chromium tags nothing that is hidden from the former. */
export function formulaOnPaper(element: Element): Element {
  const { data, properties } = element;
  const html = (data?.formula?.html ?? '').replaceAll(' aria-hidden="true"', '');
  return {
    ...element,
    properties: { ...properties, role: 'img', ariaLabel: data?.formula?.tex },
    children: [{ type: 'raw', value: html } as unknown as ElementContent],
  };
}

/** Width of an inline formula in em of the text around it. */
export function inlineWidth({ width }: Formula): number {
  return width * sizes.inline;
}

/** How much higher than its line an inline formula is, in em of the text around it. */
export function extraHeight({ height }: Formula, line: number): number {
  return Math.max(0, height * sizes.inline + 0.1 - line);
}

/** Pixels that a formula on a line of its own takes: it gets smaller where the line is too short for it. */
export function displaySize({ width, height }: Formula, room: number, text: number) {
  const size = Math.min(sizes.display * text, room / Math.max(width, 0.1));
  return { size, height: height * size + 0.3 * text };
}

/** A formula in a text of `text` pixels, whose line has `room` pixels: smaller where it is longer than that. */
export function fittedFormula(
  element: Element,
  formula: Formula,
  display: boolean,
  room: number,
  text: number,
): Element {
  const plain = text * sizes[display ? 'display' : 'inline'];
  const size = Math.min(plain, room / Math.max(formula.width, 0.1));
  return size < plain ? drawnIn(element, size, `font-size:${(size / text).toFixed(3)}em`) : element;
}

function drawnIn(element: Element, pixels: number, style: string): Element {
  const formula = element.data?.formula && { ...element.data.formula, pixels };
  return {
    ...element,
    properties: { ...element.properties, style },
    ...(formula ? { data: { ...element.data, formula } } : {}),
  };
}

/** A formula on a line of its own, as a box. */
export function formulaBox(element: Element, formula: Formula): Box {
  const text = (scale: number) => geometry.text * scale;
  return remembered({
    kind: 'text',
    drawn: true,
    naturalWidth: (fit) => formula.width * sizes.display * text(fit.text.scale),
    height: (width, fit) => displaySize(formula, width, text(fit.text.scale)).height,
    draw: (width, fit) => {
      const { size, height } = displaySize(formula, width, text(fit.text.scale));
      return drawnIn(element, size, `font-size:${size.toFixed(2)}px;height:${height.toFixed(2)}px`);
    },
  });
}
