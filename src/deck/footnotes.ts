import type { FootnoteDefinition, PhrasingContent, Root, RootContent, Text } from 'mdast';
import { visit } from 'unist-util-visit';

declare module 'mdast' {
  interface ParagraphData {
    /** Whether it is the text of a footnote. */
    footnote?: boolean;
  }
}

/** Footnotes of a note, numbered in the order in which they are first referred to. */
export type Footnotes = ReadonlyMap<string, { readonly number: number; readonly definition: FootnoteDefinition }>;

/** Finds the footnotes that a note refers to. */
export function footnotesOf(tree: Root): Footnotes {
  const definitions = new Map<string, FootnoteDefinition>();
  visit(tree, 'footnoteDefinition', (definition) => {
    definitions.set(definition.identifier, definition);
  });
  const footnotes = new Map<string, { number: number; definition: FootnoteDefinition }>();
  visit(tree, 'footnoteReference', ({ identifier }) => {
    const definition = definitions.get(identifier);
    if (definition && !footnotes.has(identifier)) footnotes.set(identifier, { number: footnotes.size + 1, definition });
  });
  return footnotes;
}

/**
 * A node with numbers in the places of its references.
 *
 * @returns The node, and the texts of the footnotes by number, which stand at the foot of its topic: a slide has no foot of its
 * document.
 */
export function withNumbers(
  node: RootContent,
  footnotes: Footnotes,
): { readonly node: RootContent; readonly feet: ReadonlyMap<number, readonly RootContent[]> } {
  if (footnotes.size === 0) return { node, feet: new Map() };
  const copy = structuredClone(node);
  const feet = new Map<number, readonly RootContent[]>();
  visit(copy, 'footnoteReference', (reference, index, parent) => {
    const footnote = footnotes.get(reference.identifier);
    if (!footnote || !parent || index === undefined) return;
    parent.children[index] = raised([
      { type: 'link', url: `#/${idPrefix}${footnoteId(footnote.number)}`, children: [digits(footnote.number)] },
    ]);
    const [first, ...rest] = structuredClone(footnote.definition.children);
    if (first?.type === 'paragraph') {
      first.children.unshift(raised([digits(footnote.number)]), { type: 'text', value: ' ' });
      first.data = { ...first.data, footnote: true };
    }
    if (first) feet.set(footnote.number, [first, ...rest]);
  });
  return { node: copy, feet };
}

/** A footnote's text with the name that its references link to; of several copies in a deck only one may have it. */
export function withId(foot: readonly RootContent[], number: number): readonly RootContent[] {
  const [first, ...rest] = foot;
  if (!first) return foot;
  const properties = { ...first.data?.hProperties, id: footnoteId(number) };
  return [{ ...first, data: { ...first.data, hProperties: properties } } as RootContent, ...rest];
}

/** What sanitising puts before the ids of a note (hast-util-sanitize, `clobberPrefix`). */
const idPrefix = 'user-content-';

function footnoteId(number: number): string {
  return `footnote-${number}`;
}

/** `<sup>`, which Markdown has no node for. */
function raised(children: PhrasingContent[]): PhrasingContent {
  return { type: 'emphasis', data: { hName: 'sup' }, children };
}

function digits(number: number): Text {
  return { type: 'text', value: String(number) };
}
