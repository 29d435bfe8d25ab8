import type { Nodes, RootContent } from 'mdast';
import { toString as plainText } from 'mdast-util-to-string';
import { isExercise } from '../roles.ts';
import { answerLabel } from '../solutions.ts';

/** Where solutions of exercises stand among the nodes of a note. */
export interface Solutions {
  /** The lines that say so, with what they say. */
  readonly labels: ReadonlyMap<Nodes, string>;
  /** What stands behind them. */
  readonly ends: ReadonlySet<Nodes>;
  /** Whether the note ends with one. */
  readonly open: boolean;
}

/** Finds what decks show with a click (`../solutions.ts`); an author's own `<details>` needs no other. */
export function solutionsIn(nodes: readonly Nodes[]): Solutions {
  const labels = new Map<Nodes, string>();
  const ends = new Set<Nodes>();
  let above: string[] = [];
  let first = true;
  let open = false;
  for (const node of nodes) {
    if (node.type === 'heading' || node.type === 'thematicBreak') {
      if (open) ends.add(node);
      open = false;
      first = true;
      if (node.type === 'heading') above = [...above.slice(0, Math.max(0, node.depth - 1)), plainText(node)];
      continue;
    }
    const label = node.type === 'html' || open || first ? undefined : answerLabel(node as RootContent);
    first = false;
    if (label === undefined || !above.some(isExercise)) continue;
    labels.set(node, label);
    open = true;
  }
  return { labels, ends, open };
}
