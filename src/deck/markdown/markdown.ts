import type { Code, Nodes, RootContent } from 'mdast';
import { toString as plainText } from 'mdast-util-to-string';
import { noteLanguage } from '../../notes/language.ts';
import { type Words, wordsOf } from '../words.ts';
import { addressEdit, htmlAddresses, pictureText } from './addresses.ts';
import { folded, prefixed, prefixOf, quoted } from './blocks.ts';
import { headed } from './head.ts';
import { madeOf, stepsOf } from './results.ts';
import { solutionsIn } from './solutions.ts';
import { type MarkdownNote, type MarkdownPage, placeOf, type Walk } from './walk.ts';

/**
 * A note as plain Markdown for GitHub: what its author wrote stays byte for byte, but for directives, front matter and
 * addresses of pictures; real outputs and pictures of replays stand below the code.
 */
export function writeMarkdown(whole: MarkdownNote, page: MarkdownPage): string {
  const { frontMatter, tree } = whole.note;
  const words = wordsOf(noteLanguage(frontMatter, tree));
  const text = noteText(whole, page, words, { blocks: 0 }).trim();
  return `${headed(whole.note, text)}\n`;
}

function noteText(
  { note, included, folder }: MarkdownNote,
  page: MarkdownPage,
  words: Words,
  counter: Walk['counter'],
): string {
  const placed = new Set(note.cuts.map(({ block }) => block));
  const walk: Walk = {
    ...page,
    source: note.source,
    folder,
    words,
    blocks: new Map(),
    counter,
    placed,
    included,
    note,
  };
  const children = note.tree.children.filter(({ type }) => type !== 'yaml');
  const start = note.tree.children.find(({ type }) => type === 'yaml')?.position?.end.offset ?? 0;
  return rangeText(start, note.source.length, children, walk, true);
}

/** The text from one place to another, in which nodes stand that may have to be written otherwise. */
function rangeText(start: number, end: number, nodes: readonly Nodes[], walk: Walk, top = false): string {
  const behind = new Map<Nodes, string>();
  const solutions = top ? solutionsIn(nodes) : undefined;
  let at = start;
  let text = '';
  for (const [n, node] of nodes.entries()) {
    const { from, to } = placeOf(node);
    if (from < at || to > end) continue;
    text += walk.source.slice(at, from);
    if (node.type === 'code' && node.data?.block !== undefined) {
      const last = lastClaim(nodes, n, node.data.block);
      const made = madeOf(node, walk);
      if (made !== '') behind.set(last, (behind.get(last) ?? '') + prefixed(made, prefixOf(walk.source, from)));
    }
    if (solutions?.ends.has(node)) text += '</details>\n\n';
    const label = solutions?.labels.get(node);
    const written = label === undefined ? nodeText(node, from, to, walk) : `<details>\n<summary>${label}</summary>`;
    text += written;
    text += behind.get(node) ?? '';
    // What is no longer there leaves no empty lines.
    at = to + (written === '' ? emptyLines(walk.source, to) : extraOf(node, walk.source));
  }
  return text + walk.source.slice(at, end) + (solutions?.open ? '\n\n</details>\n' : '');
}

/** One node; what needs no other writing is as it was. */
function nodeText(node: Nodes, from: number, to: number, walk: Walk): string {
  if (node.type === 'containerDirective') {
    // A callout may have been written as GitHub's alert, which stays.
    const colons = walk.source.slice(from, to).trimStart().startsWith(':');
    if (!colons) return rangeText(from, to, node.children, walk);
    return containers[node.name]?.(node, walk) ?? innerText(node, walk);
  }
  if (node.type === 'leafDirective') return leaves[node.name]?.(node, walk) ?? '';
  if (node.type === 'code') return titleOf(node, from, walk) + walk.source.slice(from, to);
  if (node.type === 'html') return htmlAddresses(walk.source.slice(from, to), walk);
  if (node.type === 'image') return pictureText(node, from, to, walk);
  const edit = addressEdit(node, walk);
  const inner = 'children' in node ? node.children : [];
  if (!edit) return inner.length > 0 ? rangeText(from, to, inner, walk) : walk.source.slice(from, to);
  return rangeText(from, edit.from, inner, walk) + edit.text + walk.source.slice(edit.to, to);
}

/** A code's title, which GitHub does not show. */
function titleOf(node: Code, from: number, { note, source }: Walk): string {
  const block = note.blocks.find(({ id }) => id === node.data?.block);
  const title = (block?.meta ?? node.data?.look)?.title;
  return title === undefined ? '' : `**${title}**\n\n${prefixOf(source, from)}`;
}

type Container = Extract<RootContent, { type: 'containerDirective' }>;
type Leaf = Extract<RootContent, { type: 'leafDirective' }>;

/** What each container becomes; all others become what they hold. */
const containers: Readonly<Record<string, (node: Container, walk: Walk) => string>> = {
  callout(node, walk) {
    const [first, ...rest] = node.children;
    const label = first?.type === 'paragraph' && first.data?.directiveLabel ? first : undefined;
    const kind = (node.attributes?.kind ?? 'note').toUpperCase();
    const title = label ? `**${plainText(label)}**\n\n` : '';
    return quoted(`[!${kind}]\n${title}${childrenText(label ? rest : node.children, walk)}`);
  },
  columns: (node, walk) =>
    childrenText(
      node.children.filter(({ type }) => type !== 'thematicBreak'),
      walk,
      '\n\n',
    ),
  notes: (node, walk) => folded(walk.words.speakerNotes, innerText(node, walk)),
  ask: (node, walk) => quoted(innerText(node, walk)),
};

const leaves: Readonly<Record<string, (node: Leaf, walk: Walk) => string>> = {
  replay({ data }, walk) {
    const [, block = '', part = ''] = /^(b\d+)(-\d+)$/.exec(data?.show ?? '') ?? [];
    const show = walk.shows.get(`${walk.blocks.get(block) ?? ''}${part}`);
    return show ? stepsOf(show, walk) : '';
  },
  include({ attributes }, walk) {
    const found = walk.included.get(attributes?.src ?? '');
    return found ? noteText(found, walk, walk.words, walk.counter).trim() : '';
  },
};

function innerText(node: Container, walk: Walk): string {
  return childrenText(node.children, walk);
}

/** Nodes that stand one behind the other, with what stands between them; or with something else. */
function childrenText(nodes: readonly RootContent[], walk: Walk, between?: string): string {
  const [first] = nodes;
  const last = nodes.at(-1);
  if (!first || !last) return '';
  if (between !== undefined) return nodes.map((node) => childrenText([node], walk)).join(between);
  return rangeText(placeOf(first).from, placeOf(last).to, nodes, walk);
}

/** The last output that the note shows of a block, right behind it; the block itself where there is none. */
function lastClaim(nodes: readonly Nodes[], at: number, block: string): Nodes {
  let last = at;
  for (let n = at + 1; n < nodes.length && n <= last + 2; n++) {
    const node = nodes[n];
    if (node?.type === 'code' && node.data?.claimOf === block) last = n;
  }
  return nodes[last] as Nodes;
}

function emptyLines(source: string, at: number): number {
  return /^\s*\n/.exec(source.slice(at))?.[0].length ?? 0;
}

/** Characters behind a node that belong to it: a picture's braces. */
function extraOf(node: Nodes, source: string): number {
  if (node.type !== 'image' || !node.data?.width) return 0;
  return /^\{[^}\n]*\}/.exec(source.slice(placeOf(node).to))?.[0].length ?? 0;
}
