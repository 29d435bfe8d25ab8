import type { Fault } from './fault.ts';
import { leavesOf } from './leaves.ts';
import { picturesOf, textsOf } from './pictureOverflow.ts';
import { placeOf } from './place.ts';

/** Smallest sizes in pixels on a slide of 1920 × 1080; the first that fits counts. */
const floors: readonly (readonly [selector: string, pixels: number])[] = [
  // Marks at words, formulas' indices and the emoji's hidden characters need not be read from the last row.
  ['sup, sub, .katex, .emoji, .number', 0],
  ['svg text', 24],
  ['pre, code, samp, kbd', 24],
  ['figcaption, .title-suffix, .status-label', 24],
  ['*', 28],
];

/** Scales that are steps of hundredths leave so much. */
const rounding = 0.1;

/** Texts that are too small to be read from the last row. */
export function smallTextsOf(slide: Element): Fault[] {
  const texts = leavesOf(slide).flatMap(({ element, text }) => (text.trim() === '' ? [] : [element]));
  const drawn = picturesOf(slide).flatMap(textsOf);
  return [...new Set<Element>([...texts, ...drawn])].flatMap((element): Fault[] => {
    const floor = floors.find(([selector]) => element.matches(selector) || element.closest(selector))?.[1] ?? 0;
    const pixels = Number.parseFloat(getComputedStyle(element).fontSize) * scaleOf(element);
    if (pixels >= floor - rounding) return [];
    return [{ ...placeOf(element), kind: 'size', pixels: Math.round(pixels * 10) / 10, floor }];
  });
}

/** How much larger an element is drawn than its style says. */
function scaleOf(element: Element): number {
  if (element instanceof SVGGraphicsElement) {
    const matrix = element.getScreenCTM();
    return matrix ? Math.hypot(matrix.a, matrix.b) : 1;
  }
  const block = element.closest('p, li, td, th, pre, figure, div, section');
  if (!(block instanceof HTMLElement) || block.offsetWidth === 0) return 1;
  const scale = block.getBoundingClientRect().width / block.offsetWidth;
  // `offsetWidth` is whole pixels.
  return Math.abs(scale - 1) < 0.02 ? 1 : scale;
}
