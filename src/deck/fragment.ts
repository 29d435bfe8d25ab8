import type { Element, ElementContent } from 'hast';
import type { Box } from './box.ts';

/**
 * Reveal sorts fragments by their index. Ours go by the line of the note, so that they appear in the order of writing
 * wherever the layout has put them.
 *
 * @param step Which of several fragments of that line, from 0.
 */
export function fragmentIndex(line: number, step = 0): number {
  return line * 100 + Math.min(step, 99);
}

/**
 * A box that a click reveals; paper shows it from the start.
 *
 * @param line The note's line of the directive.
 * @param byItem Whether a list's items come one after the other.
 */
export function inFragment(box: Box, line: number, byItem: boolean, first = 0): Box {
  return {
    ...box,
    draw: (width, fit) => {
      const element = box.draw(width, fit);
      return byItem && /^[uo]l$/.test(element.tagName)
        ? { ...element, children: itemsRevealed(element.children, line, first) }
        : revealed(element, fragmentIndex(line, first));
    },
    ...(box.split
      ? {
          split: (width, fit, room) => {
            const parts = box.split?.(width, fit, room);
            if (!parts) return undefined;
            const shown = byItem ? parts[0].draw(width, fit).children.filter(isItem).length : 0;
            return [inFragment(parts[0], line, byItem, first), inFragment(parts[1], line, byItem, first + shown)];
          },
        }
      : {}),
  };
}

function itemsRevealed(children: readonly ElementContent[], line: number, first: number): ElementContent[] {
  let step = first;
  return children.map((child) => (isItem(child) ? revealed(child, fragmentIndex(line, step++)) : child));
}

function isItem(node: ElementContent): node is Element {
  return node.type === 'element' && node.tagName === 'li';
}

function revealed(element: Element, index: number): Element {
  const fragment = named(element, 'fragment');
  return { ...fragment, properties: { ...fragment.properties, dataFragmentIndex: String(index) } };
}

/** The element with one more class. */
export function named(element: Element, name: string): Element {
  const { className } = element.properties;
  const classes = Array.isArray(className) ? className : className === undefined ? [] : [String(className)];
  return { ...element, properties: { ...element.properties, className: [...classes, name] } };
}
