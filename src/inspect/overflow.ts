import type { Fault, Side } from './fault.ts';
import { type Leaf, leavesOf } from './leaves.ts';
import { placeOf } from './place.ts';

const sides = ['left', 'right', 'top', 'bottom'] as const;

/** Pixels that the browser's own rounding may cost. */
const rounding = 2;
/** A line of text may be so much higher than its row, in em: what stands out is empty. */
const airEm = 0.3;

/**
 * Texts and pictures that leave a box: any in which they stand, also one inside of the slide that cuts them off, and
 * the slide itself.
 */
export function overflowsOf(slide: Element): Fault[] {
  const styles = new Map<Element, CSSStyleDeclaration>();
  const styleOf = (element: Element) => {
    const style = styles.get(element) ?? getComputedStyle(element);
    styles.set(element, style);
    return style;
  };
  const faults: Fault[] = [];
  for (const leaf of leavesOf(slide)) {
    const place = placeOf(leaf.element);
    for (const box of boxesAround(leaf, slide, styleOf)) {
      const style = styleOf(box);
      const outer = box.getBoundingClientRect();
      for (const side of sides) {
        const pixels = Math.max(...leaf.boxes.map((inner) => excess(inner, outer, side)));
        const sideways = side === 'left' || side === 'right';
        const air = sideways || leaf.text === '' ? 0 : airEm * Number.parseFloat(styleOf(leaf.element).fontSize);
        if (pixels <= rounding + air) continue;
        const lost = box === slide || (sideways ? style.overflowX : style.overflowY) !== 'visible';
        faults.push({ ...place, kind: 'overflow', pixels: Math.round(pixels), side, lost });
      }
    }
  }
  return [...faults, ...ellipses(slide, styleOf)];
}

/** The blocks that a leaf stands in, the slide last. */
function* boxesAround(
  { element, text }: Leaf,
  slide: Element,
  styleOf: (element: Element) => CSSStyleDeclaration,
): Generator<Element> {
  const whole = text === '' || element.matches('.emoji, .katex');
  let box: Element | null = whole ? containerOf(element, styleOf) : element;
  while (box && box !== slide && slide.contains(box)) {
    if (!/^(?:inline|contents|none)$/.test(styleOf(box).display)) yield box;
    box = containerOf(box, styleOf);
  }
  yield slide;
}

/** What is taken out of the flow stands in the box that it is placed by. */
function containerOf(element: Element, styleOf: (element: Element) => CSSStyleDeclaration): Element | null {
  const placed = /^(?:absolute|fixed)$/.test(styleOf(element).position);
  return placed && element instanceof HTMLElement ? element.offsetParent : element.parentElement;
}

/** Pixels by which one box leaves another on a side; negative inside. */
function excess(inner: DOMRect, outer: DOMRect, side: Side): number {
  return side === 'left' || side === 'top' ? outer[side] - inner[side] : inner[side] - outer[side];
}

/** Texts that are cut off with an ellipsis: the boxes of what is drawn lie inside. */
function ellipses(slide: Element, styleOf: (element: Element) => CSSStyleDeclaration): Fault[] {
  return [...slide.querySelectorAll('*')].flatMap((element): Fault[] => {
    if (element.clientWidth === 0 || element.scrollWidth <= element.clientWidth + rounding) return [];
    if (styleOf(element).textOverflow !== 'ellipsis') return [];
    const pixels = element.scrollWidth - element.clientWidth;
    return [{ ...placeOf(element), kind: 'overflow', pixels, side: 'right', lost: true }];
  });
}
