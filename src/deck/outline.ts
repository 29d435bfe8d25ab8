import type { Definition, Heading, Root, RootContent } from 'mdast';
import { toString as plainText } from 'mdast-util-to-string';
import type {} from 'remark-directive';
import { type Dress, dressOf } from './dress.ts';
import { footnotesOf, withId, withNumbers } from './footnotes.ts';

/** What stands under one heading, up to the next heading or break. */
export interface Topic {
  /** Level of the heading; a topic behind a `---` has its heading again. 0: content before any heading. */
  readonly depth: number;
  readonly heading?: Heading;
  /** Whether a `---` opened it and the heading stands on an earlier topic already. */
  readonly continued: boolean;
  /** Whether the author put a `---` before it: it begins a slide of its own. */
  readonly apart: boolean;
  readonly nodes: readonly RootContent[];
  /** The content of its `:::notes`. */
  readonly notes: readonly RootContent[];
  /** Topics that share one slide, in order, in place of `nodes`. */
  readonly parts?: readonly Topic[];
  /** The heading of its section, where the slide's title says more. */
  readonly section?: Heading;
  /** Whether it is the solution of an exercise, which is hidden until its turn. */
  readonly solution?: boolean;
  /** What `::slide` says of its slides. */
  readonly dress?: Dress;
}

/** A note cut into topics, and what belongs to all of them. */
export interface Outline {
  readonly topics: readonly Topic[];
  readonly definitions: readonly Definition[];
}

interface OpenTopic extends Topic {
  /** Texts of its footnotes, by number. */
  readonly feet: Map<number, readonly RootContent[]>;
  readonly nodes: RootContent[];
  readonly notes: RootContent[];
  dress?: Dress;
}

/**
 * Cuts a note's tree at its headings and breaks. A break next to a heading, or at an end, makes no topic.
 *
 * @param replayed Ids of the blocks that have a replay: a question about one is asked there, not on a slide of text.
 */
export function outline(tree: Root, replayed: ReadonlySet<string> = new Set()): Outline {
  const definitions = tree.children.filter((node) => node.type === 'definition');
  const footnotes = footnotesOf(tree);
  const topics: OpenTopic[] = [];
  /** Footnotes whose text has a place that can be linked to. */
  const named = new Set<number>();
  const open = (depth: number, heading: Heading | undefined, continued: boolean, apart: boolean) =>
    topics.push({ depth, ...(heading ? { heading } : {}), continued, apart, nodes: [], notes: [], feet: new Map() });
  let breakAhead = false;
  for (const node of tree.children) {
    const topic = topics.at(-1);
    if (node.type === 'yaml' || node.type === 'definition' || node.type === 'footnoteDefinition') continue;
    if (node.type === 'thematicBreak') breakAhead = (topic?.nodes.length ?? 0) > 0;
    else if (node.type === 'heading') {
      open(node.depth, node, false, breakAhead);
      breakAhead = false;
    } else {
      if (!topic) open(0, undefined, false, false);
      else if (breakAhead) open(topic.depth, topic.heading, true, true);
      breakAhead = false;
      const current = topics.at(-1);
      if (!current) continue;
      if (node.type === 'leafDirective' && node.name === 'slide') current.dress = dressOf(node.attributes ?? {});
      else if (node.type === 'containerDirective' && node.name === 'notes') current.notes.push(...node.children);
      else if (node.type === 'containerDirective' && node.name === 'ask') {
        if (!replayed.has(node.data?.askOf ?? '')) current.nodes.push(...node.children);
      } else {
        const numbered = withNumbers(node, footnotes);
        current.nodes.push(numbered.node);
        for (const [number, foot] of numbered.feet) {
          if (current.feet.has(number)) continue;
          current.feet.set(number, named.has(number) ? foot : withId(foot, number));
          named.add(number);
        }
      }
    }
  }
  return {
    topics: topics.map(({ feet, ...topic }) => ({ ...topic, nodes: [...topic.nodes, ...[...feet.values()].flat()] })),
    definitions,
  };
}

/** A heading as the deck's title: `1. Coroutines`, the first item of a note without headings, loses its number. */
export function titleOf(heading: Heading): string {
  const text = plainText(heading);
  return heading.depth === 1 ? text : text.replace(/^\d+\.\s+/, '');
}
