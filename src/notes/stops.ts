import type { Nodes, Parent } from 'mdast';
import { toString as plainText } from 'mdast-util-to-string';

/** Anything that stands between two fences, or a fence. */
export interface Stop {
  readonly node: Nodes;
  readonly text: string;
}

/** The note as a row of leaf blocks: paragraphs, headings, tables, fences, in order. */
export function* stops(parent: Parent): Generator<Stop> {
  for (const child of parent.children) {
    if (child.type === 'code') yield { node: child, text: child.value };
    else if (['blockquote', 'list', 'listItem', 'containerDirective', 'footnoteDefinition'].includes(child.type))
      yield* stops(child as Parent);
    else yield { node: child, text: plainText(child) };
  }
}

/** The note's line that a node begins on. */
export function line(node: Nodes): number {
  return node.position?.start.line ?? 1;
}
