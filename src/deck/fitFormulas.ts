import type { Element } from 'hast';
import { fittedFormula } from './formula.ts';
import { geometry } from './geometry.ts';

/**
 * Prose whose formulas are no longer than its lines: nothing breaks a formula, so one that is too long gets smaller.
 *
 * @param room Pixels of a line.
 * @param size Pixels of the text.
 */
export function fitFormulas(element: Element, room: number, size: number, nested = false): Element {
  const { formula } = element.data ?? {};
  if (formula) return fittedFormula(element, formula, formula.display, room, size);
  const list = element.tagName === 'ul' || element.tagName === 'ol';
  const own = list && nested ? size * geometry.nestedSize : size;
  const indent = list ? geometry.numberEm : element.tagName === 'blockquote' ? geometry.quoteEm : 0;
  const children = element.children.map((child) =>
    child.type === 'element' ? fitFormulas(child, room - indent * own, own, nested || list) : child,
  );
  return { ...element, children };
}

/** Whether there is a formula in an element. */
export function holdsFormula(element: Element): boolean {
  return (
    element.data?.formula !== undefined ||
    element.children.some((child) => child.type === 'element' && holdsFormula(child))
  );
}
