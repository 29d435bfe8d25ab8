import type { Element, ElementContent, Nodes } from 'hast';
import type { Deck, Slide } from './deck.ts';

/**
 * The deck with the line of the note on every element that comes from one, as `data-note-line`. Pages for readers go
 * without; it is for those that are checked.
 */
export function withNoteLines(deck: Deck): Deck {
  return {
    ...deck,
    slides: deck.slides.map((slide) => ({
      ...slide,
      heading: marked(slide.heading, lineOf(slide.heading)),
      body: slide.body.map(withLine),
    })),
  };
}

/** The line of the note at which a slide begins; undefined for one that only the front matter speaks of. */
export function slideLine({ heading, body }: Slide): number | undefined {
  return lineOf(heading) ?? body.map(lineOf).find((line) => line !== undefined);
}

function withLine(node: ElementContent): ElementContent {
  return node.type === 'element' ? marked(node, node.position?.start.line) : node;
}

function marked(element: Element, line: number | undefined): Element {
  return {
    ...element,
    ...(line === undefined ? {} : { properties: { ...element.properties, dataNoteLine: line } }),
    children: element.children.map(withLine),
  };
}

/** The line of a node, or of the first inside of it that has one. */
function lineOf(node: Nodes): number | undefined {
  if (node.position) return node.position.start.line;
  if (!('children' in node)) return undefined;
  for (const child of node.children) {
    const line = lineOf(child);
    if (line !== undefined) return line;
  }
  return undefined;
}
