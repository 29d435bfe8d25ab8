import type { Fault, Scheme } from './fault.ts';
import { leavesOf } from './leaves.ts';
import { picturesOf, textsOf } from './pictureOverflow.ts';
import { placeOf } from './place.ts';

type Colour = readonly [red: number, green: number, blue: number, alpha: number];

/** WCAG 2.2, 1.4.3: for text from 24 pixels on, or bold from 18.66 on, and for smaller. */
const needs = { large: 3, small: 4.5 };

/** A text with how it is painted. */
interface Painted {
  readonly element: Element;
  /** Rectangle in the window of a part of it. */
  readonly box: DOMRect;
  /** Any CSS colour. */
  readonly colour: string;
  readonly opacity: number;
  /** What texts have in common that look alike on every slide; of others each is looked at. */
  readonly kind?: string;
}

/**
 * Texts that stand out too little from what is painted below them. axe-core gives up where boxes are placed one over
 * the other, as all of reveal's are (`bgOverlap`), and never looks at drawn pictures.
 *
 * @param known Kinds of text that have been looked at on earlier slides, which are not looked at again; is added to.
 */
export function faintTextsOf(slide: Element, scheme: Scheme, known: Set<string>): Fault[] {
  const read = colourReader();
  return paintedTexts(slide).flatMap(({ element, box, colour, opacity, kind }): Fault[] => {
    if (kind !== undefined && known.has(`${scheme} ${kind}`)) return [];
    if (kind !== undefined) known.add(`${scheme} ${kind}`);
    const [red, green, blue, alpha] = read(colour);
    if (alpha * opacity === 0) return [];
    const ground = groundOf(element, box, read);
    if (!ground) return [];
    const ratio = contrast(over([red, green, blue, alpha * opacity], ground), ground);
    const { fontSize, fontWeight } = getComputedStyle(element);
    const size = Number.parseFloat(fontSize);
    const needed = size >= 24 || (size >= 18.66 && Number(fontWeight) >= 700) ? needs.large : needs.small;
    if (ratio >= needed) return [];
    const colours = [hex([red, green, blue, 1]), hex(ground)] as const;
    return [{ ...placeOf(element), kind: 'contrast', ratio: Math.floor(ratio * 100) / 100, needed, colours, scheme }];
  });
}

function paintedTexts(slide: Element): Painted[] {
  const footer = document.querySelector('.deck-footer');
  const written = [slide, ...(footer ? [footer] : [])].flatMap((part) =>
    leavesOf(part).flatMap(({ element, text, boxes: [box] }): Painted[] => {
      if (text.trim() === '' || !box || element.matches('.emoji')) return [];
      const { color } = getComputedStyle(element);
      const kind = part === footer ? { kind: `footer ${color}` } : {};
      return [{ element, box, colour: color, opacity: opacityOf(element), ...kind }];
    }),
  );
  const drawn = picturesOf(slide)
    .flatMap(textsOf)
    .flatMap(piecesOf)
    .map((element): Painted => {
      const { fill, fillOpacity } = getComputedStyle(element);
      const opacity = Number(fillOpacity) * opacityOf(element);
      return { element, box: element.getBoundingClientRect(), colour: fill, opacity, ...kindOf(element) };
    });
  return [...written, ...drawn];
}

/** The kinds of text in a slide's replay; on all slides, one kind is painted alike. */
export function kindsOf(slide: Element): string[] {
  return picturesOf(slide)
    .flatMap(textsOf)
    .flatMap(piecesOf)
    .flatMap((text) => kindOf(text).kind ?? []);
}

/** The parts of a text that have a colour each: its spans, or itself. */
function piecesOf(text: Element): Element[] {
  const pieces = [text, ...text.querySelectorAll('tspan')];
  return pieces.filter(({ childNodes }) =>
    [...childNodes].some((node) => node instanceof Text && node.data.trim() !== ''),
  );
}

function kindOf(text: Element): { readonly kind?: string } {
  return text.closest('.loopreel') ? { kind: classesOf(text) } : {};
}

/** How much of an element is seen through those that it stands in. */
function opacityOf(element: Element): number {
  const above = element.parentElement ? opacityOf(element.parentElement) : 1;
  return above * Number(getComputedStyle(element).opacity);
}

/** Classes up to the picture: texts of one kind have the same. */
function classesOf(text: Element): string {
  const classes: string[] = [];
  for (let node: Element | null = text; node && node.tagName !== 'svg'; node = node.parentElement)
    classes.push(node.getAttribute('class') ?? '');
  return classes.join('<');
}

/**
 * The colour under the middle of a text: what is painted there, from the topmost box down to one that is opaque.
 *
 * @returns Undefined over pictures and gradients.
 */
function groundOf(text: Element, { left, top, width, height }: DOMRect, read: Reader): Colour | undefined {
  const layers: Colour[] = [];
  for (const element of document.elementsFromPoint(left + width / 2, top + height / 2)) {
    if (element instanceof SVGTextContentElement) continue;
    const { fill, fillOpacity, opacity, backgroundColor, backgroundImage } = getComputedStyle(element);
    if (backgroundImage !== 'none' || (element.matches('img, canvas, video') && element !== text)) return undefined;
    const shape = element instanceof SVGGeometryElement;
    const painted = shape ? fill : backgroundColor;
    if (painted === 'none') continue;
    const [red, green, blue, alpha] = read(painted);
    const shown = alpha * Number(opacity) * (shape ? Number(fillOpacity) : 1);
    layers.push([red, green, blue, shown]);
    if (shown === 1) break;
  }
  return layers.reduceRight<Colour>((below, layer) => over(layer, below), [255, 255, 255, 1]);
}

type Reader = (colour: string) => Colour;

function over([red, green, blue, alpha]: Colour, below: Colour): Colour {
  const mix = (one: number, other: number) => one * alpha + other * (1 - alpha);
  return [mix(red, below[0]), mix(green, below[1]), mix(blue, below[2]), 1];
}

/** Any CSS colour as the browser paints it. */
function colourReader(): Reader {
  const canvas = document.createElement('canvas');
  canvas.width = 1;
  canvas.height = 1;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  const known = new Map<string, Colour>();
  return (colour) => {
    const before = known.get(colour);
    if (before || !context) return before ?? [0, 0, 0, 1];
    context.clearRect(0, 0, 1, 1);
    context.fillStyle = colour;
    context.fillRect(0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0, alpha = 0] = context.getImageData(0, 0, 1, 1).data;
    const read: Colour = [red, green, blue, alpha / 255];
    known.set(colour, read);
    return read;
  };
}

/** WCAG's contrast ratio, 1 to 21. */
function contrast(one: Colour, other: Colour): number {
  const [high, low] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

function luminance([red, green, blue]: Colour): number {
  const [r = 0, g = 0, b = 0] = [red, green, blue].map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function hex(colour: Colour): string {
  const [red, green, blue] = colour.map((value) => Math.round(value).toString(16).padStart(2, '0'));
  return `#${red}${green}${blue}`;
}
