import { colourOf } from './colour.ts';
import type { Area, Part } from './part.ts';

/** The ground, frame and bar of an element, where it has any. */
export function cardsOf(element: Element): Part[] {
  const style = getComputedStyle(element);
  const box = element.getBoundingClientRect();
  const fill = colourOf(style.backgroundColor);
  const widths = [style.borderTopWidth, style.borderRightWidth, style.borderBottomWidth, style.borderLeftWidth].map(
    Number.parseFloat,
  );
  const [top = 0, right = 0, bottom = 0, left = 0] = widths;
  const colours = [style.borderTopColor, style.borderRightColor, style.borderBottomColor, style.borderLeftColor].map(
    colourOf,
  );
  const framed = right > 0 && bottom > 0 && left > 0 && colours[1] !== undefined;
  const cards: Part[] = [];
  if (fill || framed) {
    // A frame is drawn on its line's middle.
    const inset = framed ? right / 2 : 0;
    cards.push({
      kind: 'card',
      area: shrunk(box, inset),
      ...(fill ? { fill } : {}),
      ...(framed && colours[1] ? { edge: { colour: colours[1], width: right } } : {}),
      radius: Math.max(0, Number.parseFloat(style.borderTopLeftRadius) - inset),
    });
  }
  // A side that is drawn thicker, or alone.
  const { x, y, width, height } = box;
  const bar = (area: Area, colour: string | undefined) => {
    if (colour) cards.push({ kind: 'card', area, fill: colour, radius: 0 });
  };
  if (top > (framed ? right : 0)) bar({ x, y, width, height: top }, colours[0]);
  if (!framed && left > 0) bar({ x, y, width: left, height }, colours[3]);
  if (!framed && bottom > 0) bar({ x, y: y + height - bottom, width, height: bottom }, colours[2]);
  return [...cards, ...barOf(element, box)];
}

function shrunk({ x, y, width, height }: Area, by: number): Area {
  return { x: x + by, y: y + by, width: width - 2 * by, height: height - 2 * by };
}

/** What is drawn before an element as a rectangle of one colour; marks of lists are not. */
function barOf(element: Element, box: DOMRect): Part[] {
  if (element.matches('li, .line, .turn, .callout-title')) return [];
  const style = getComputedStyle(element, '::before');
  if (style.content === 'none') return [];
  const fill =
    colourOf(style.backgroundColor) ??
    (Number.parseFloat(style.borderTopWidth) > 0 ? colourOf(style.borderTopColor) : undefined);
  const [left, top, width, height] = [style.left, style.top, style.width, style.height].map(Number.parseFloat);
  if (!fill || !width) return [];
  const drawn = Math.max(height || 0, Number.parseFloat(style.borderTopWidth) || 0);
  const place =
    style.position === 'absolute' ? { x: box.x + (left || 0), y: box.y + (top || 0) } : { x: box.x, y: box.y };
  return [{ kind: 'card', area: { ...place, width, height: drawn }, fill, radius: Math.min(width, drawn) / 2 }];
}
