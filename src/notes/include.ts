import type { Nodes, Root, RootContent } from 'mdast';
import type {} from 'remark-directive';
import { visit } from 'unist-util-visit';
import type { Note } from './note.ts';

declare module 'unist' {
  interface Position {
    /** Path of the included note that the place is in; absent for the note's own. */
    file?: string | undefined;
  }
}

/** A place where a note asks for another one. */
export type Include = Extract<RootContent, { type: 'leafDirective' }>;

/** The `::include`s of a note, in order. */
export function includesOf(tree: Root): Include[] {
  const includes: Include[] = [];
  visit(tree, 'leafDirective', (node) => {
    if (node.name === 'include') includes.push(node);
  });
  return includes;
}

/** Another note, as it stands in the one that includes it. */
export interface Included {
  readonly note: Note;
  /** Leads from the including note's folder to its own: `parts`, `..`; empty for the same. */
  readonly folder: string;
}

/**
 * Puts notes in the places of the `::include`s that ask for them; an include without one disappears. Blocks are counted
 * anew through the whole; those of included notes carry their file, as every position does, and lines stay those of
 * the file. Of an included note's front matter only `network` counts.
 */
export function withIncluded(note: Note, included: ReadonlyMap<Include, Included>): Note {
  const parts: Note[] = [note];
  let count = 0;
  visit(note.tree, 'leafDirective', (node, index, parent) => {
    if (node.name !== 'include' || !parent || index === undefined) return undefined;
    const found = included.get(node);
    const part = found && asPart(found, `i${++count}-`);
    const content = part ? part.tree.children.filter(({ type }) => type !== 'yaml') : [];
    if (part) parts.push(part);
    const siblings: RootContent[] = parent.children;
    siblings.splice(index, 1, ...content);
    return index + content.length;
  });
  if (parts.length === 1) return note;
  const whole: Note = {
    ...note,
    source: parts.map(({ source }) => source).join('\n'),
    frontMatter: {
      ...note.frontMatter,
      ...(parts.some(({ frontMatter }) => frontMatter.network)
        ? { network: parts.flatMap(({ frontMatter }) => frontMatter.network ?? []) }
        : {}),
    },
    blocks: parts.flatMap(({ blocks }) => blocks),
    asks: parts.flatMap(({ asks }) => asks),
    cuts: parts.flatMap(({ cuts }) => cuts),
    messages: parts.flatMap(({ messages }) => messages),
  };
  // In the order in which they stand there now.
  const names = new Map<string, string>();
  visit(whole.tree, 'code', ({ data }) => {
    if (data?.block !== undefined) names.set(data.block, `b${names.size + 1}`);
  });
  const order = [...names.keys()];
  const counted = renamed(whole, (id) => id.replace(/^(?:i\d+-)*b\d+/, (block) => names.get(block) ?? block));
  const blocks = [...counted.blocks].sort((a, b) => place(a.id, names, order) - place(b.id, names, order));
  return { ...counted, blocks };
}

function place(id: string, names: ReadonlyMap<string, string>, order: readonly string[]): number {
  return order.findIndex((old) => names.get(old) === id);
}

/** An included note whose names cannot meet those around it, whose positions tell its file and whose addresses lead on. */
function asPart({ note, folder }: Included, prefix: string): Note {
  const part = renamed(note, (id) => prefix + id);
  const address = (url: string) =>
    folder === '' || /^(?:[a-z][a-z0-9+.-]*:|[/#])/i.test(url) ? url : `${folder}/${url}`;
  visit(part.tree, (node: Nodes) => {
    if (node.position) node.position = { ...node.position, file: node.position.file ?? note.path };
    if (node.type === 'image' || node.type === 'link' || node.type === 'definition') node.url = address(node.url);
    else if (node.type === 'html')
      node.value = node.value.replace(
        /(<img\b[^>]*?\ssrc\s*=\s*["']?)([^"'\s>]+)/gi,
        (_, head: string, url: string) => head + address(url),
      );
    else if (node.type === 'leafDirective' && node.attributes?.background?.includes('.'))
      node.attributes.background = address(node.attributes.background);
  });
  return { ...part, blocks: part.blocks.map((block) => ({ ...block, file: block.file ?? note.path })) };
}

/** A note with other names for its blocks and rows of versions; its tree is a new one. */
function renamed(note: Note, rename: (id: string) => string): Note {
  const tree = structuredClone(note.tree);
  visit(tree, (node: Nodes) => {
    if (node.type === 'code' && node.data) {
      const { block, claimOf, morph } = node.data;
      if (block !== undefined) node.data.block = rename(block);
      if (claimOf !== undefined) node.data.claimOf = rename(claimOf);
      if (morph) node.data.morph = { ...morph, row: rename(morph.row), lines: morph.lines.map(rename) };
    } else if (node.type === 'containerDirective' && node.data?.askOf !== undefined)
      node.data.askOf = rename(node.data.askOf);
    else if (node.type === 'leafDirective' && node.data?.show !== undefined) node.data.show = rename(node.data.show);
  });
  return {
    ...note,
    tree,
    blocks: note.blocks.map((block) => ({ ...block, id: rename(block.id) })),
    asks: note.asks.map((ask) => ({ ...ask, block: rename(ask.block) })),
    cuts: note.cuts.map((cut) => ({ ...cut, block: rename(cut.block), show: rename(cut.show) })),
  };
}
