import { h } from 'hastscript';
import type { RootContent } from 'mdast';
import { toString as plainText } from 'mdast-util-to-string';
import type {} from 'remark-directive';
import { type CalloutKind, calloutKinds } from '../notes/directiveTable.ts';
import type { Box, Fit } from './box.ts';
import { type BoxContext, boxesOf } from './boxes.ts';
import { calloutBox } from './calloutBox.ts';
import { columnsBox } from './columnsBox.ts';
import { inFragment, named } from './fragment.ts';

type Leaf = Extract<RootContent, { type: 'leafDirective' }>;
type Container = Extract<RootContent, { type: 'containerDirective' }>;

/** How each container of the tree becomes boxes. */
const makers: Readonly<Record<string, (node: Container, context: BoxContext) => readonly Box[]>> = {
  columns: (node, context) => {
    const parts = columnParts(node);
    const weights = (node.attributes?.widths ?? '').split(/[: ]/).map(Number);
    const columns = parts.map((part, n) => ({ weight: weights[n] || 1, boxes: boxesOf(part, context) }));
    return [columnsBox(columns.filter(({ boxes }) => boxes.length > 0))];
  },
  callout: (node, context) => {
    const [first, ...rest] = node.children;
    const label = first?.type === 'paragraph' && first.data?.directiveLabel ? plainText(first) : undefined;
    const kind = calloutKind(node.attributes?.kind);
    const title = label ?? context.words.callout[kind];
    return [calloutBox(kind, title, boxesOf(label === undefined ? node.children : rest, context), context.measure)];
  },
  // See `solutions.ts`.
  answer: (node, context) => {
    const box = calloutBox('tip', node.attributes?.label ?? '', boxesOf(node.children, context), context.measure);
    const hidden = { ...box, draw: (width: number, fit: Fit) => named(box.draw(width, fit), 'answer') };
    return [{ ...inFragment(hidden, node.position?.start.line ?? 0, false), answer: true }];
  },
  // A question about a block that is replayed is asked there.
  ask: (node, context) =>
    context.shows.get(node.data?.askOf ?? '')?.stills?.length ? [] : boxesOf(node.children, context),
  fragment: (node, context) => {
    const line = node.position?.start.line ?? 0;
    return boxesOf(node.children, context).map((box) => inFragment(box, line, node.attributes?.by === 'item'));
  },
};

/** The boxes of a container directive; of one that only groups, those of what it holds. */
export function containerBoxes(node: Container, context: BoxContext): readonly Box[] {
  return makers[node.name]?.(node, context) ?? boxesOf(node.children, context);
}

/** The boxes of a leaf directive; what it says of the whole slide is read elsewhere (`outline.ts`). */
export function leafBoxes({ name, data }: Leaf): readonly Box[] {
  return name === 'replay' && data?.show !== undefined ? [replayPlace(data.show)] : [];
}

/** Where a replay is put: it takes no room, and the slide behind it is its own. */
function replayPlace(show: string): Box {
  const draw = () => h('div');
  return { kind: 'text', replay: show, draw, height: () => 0, naturalWidth: () => 0 };
}

function calloutKind(kind: string | null | undefined): CalloutKind {
  return calloutKinds.find((known) => known === kind) ?? 'note';
}

/** A column is a `:::column`; without any, what stands between `---`; without those, each block. */
function columnParts({ children }: Container): RootContent[][] {
  if (children.some(isColumn))
    return children.map((child) => (child.type === 'containerDirective' && isColumn(child) ? child.children : [child]));
  if (!children.some(({ type }) => type === 'thematicBreak')) return children.map((child) => [child]);
  const parts: RootContent[][] = [[]];
  for (const child of children) {
    if (child.type === 'thematicBreak') parts.push([]);
    else parts.at(-1)?.push(child);
  }
  return parts;
}

function isColumn(node: RootContent): boolean {
  return node.type === 'containerDirective' && node.name === 'column';
}
