import type { Element, ElementContent, Nodes } from 'hast';
import type { Deck, Slide } from './deck.ts';

/** A place in a note. */
export interface NotePlace {
  readonly line: number;
  /** Path of the included note that the line is in; absent for the note's own. */
  readonly file?: string | undefined;
}

/**
 * The deck with the place in the note on every element that comes from one, as `data-note-line` and, in an included note,
 * `data-note-file`. Pages for readers go without; it is for those that are checked.
 */
export function withNoteLines(deck: Deck): Deck {
  return {
    ...deck,
    slides: deck.slides.map((slide) => ({
      ...slide,
      heading: marked(slide.heading, firstPlace(slide.heading)),
      body: slide.body.map(withPlace),
    })),
  };
}

/** Where a slide begins in the note; undefined for one that only the front matter speaks of. */
export function slidePlace({ heading, body }: Slide): NotePlace | undefined {
  return firstPlace(heading) ?? body.map(firstPlace).find((place) => place !== undefined);
}

function withPlace(node: ElementContent): ElementContent {
  return node.type === 'element' ? marked(node, ownPlace(node)) : node;
}

function marked(element: Element, place: NotePlace | undefined): Element {
  const { line, file } = place ?? {};
  return {
    ...element,
    ...(line === undefined
      ? {}
      : {
          properties: {
            ...element.properties,
            dataNoteLine: line,
            ...(file === undefined ? {} : { dataNoteFile: file }),
          },
        }),
    children: element.children.map(withPlace),
  };
}

/** The place of a node, or of the first inside of it that has one. */
export function firstPlace(node: Nodes): NotePlace | undefined {
  const own = ownPlace(node);
  if (own || !('children' in node)) return own;
  for (const child of node.children) {
    const place = firstPlace(child);
    if (place) return place;
  }
  return undefined;
}

function ownPlace({ position }: Nodes): NotePlace | undefined {
  return position && { line: position.start.line, ...(position.file === undefined ? {} : { file: position.file }) };
}
