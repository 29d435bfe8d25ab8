import type { Element, ElementContent } from 'hast';
import { formulaOnPaper } from './formula.ts';

/** Addresses that mean something outside of the site. */
const lasting = /^(?:https?|mailto):/i;

/**
 * Nodes as paper shows them: a link into the site, to another deck for example, keeps its text and loses its address,
 * which would point into the folder that was printed from.
 */
export function onPaper(nodes: readonly ElementContent[]): ElementContent[] {
  return nodes.map((node) => (node.type === 'element' ? elementOnPaper(node) : node));
}

function elementOnPaper(element: Element): Element {
  if (element.data?.formula) return formulaOnPaper(element);
  const { href, target, rel, ...others } = element.properties;
  const dead = element.tagName === 'a' && !lasting.test(String(href ?? ''));
  return { ...element, ...(dead ? { properties: others } : {}), children: onPaper(element.children) };
}
