import type { Blockquote, Paragraph, Parent, Root, RootContent } from 'mdast';
import type {} from 'remark-directive';
import { type CalloutKind, calloutKinds } from './directiveTable.ts';

type Container = Extract<RootContent, { type: 'containerDirective' }>;

const marker = new RegExp(`^\\[!(${calloutKinds.join('|')})\\][ \\t]*(?:\\n|$)`, 'i');

/**
 * GitHub's alerts become callouts: quotes whose first line is `[!NOTE]`, `[!TIP]`, `[!IMPORTANT]`, `[!WARNING]` or
 * `[!CAUTION]` alone. As there, other words, quotes that say nothing more and quotes in other elements stay quotes.
 * Source: GitHub Docs, "Basic writing and formatting syntax", Alerts.
 */
export function alerts(): (tree: Root) => void {
  const visit = (parent: Parent): void => {
    for (const [n, child] of parent.children.entries()) {
      if (child.type === 'containerDirective') visit(child);
      else if (child.type === 'blockquote') parent.children[n] = asCallout(child) ?? child;
    }
  };
  return visit;
}

function asCallout(quote: Blockquote): Container | undefined {
  const [first, ...rest] = quote.children;
  const text = first?.type === 'paragraph' ? first.children[0] : undefined;
  if (first?.type !== 'paragraph' || text?.type !== 'text') return undefined;
  const found = marker.exec(text.value);
  const kind = found?.[1]?.toLowerCase() as CalloutKind | undefined;
  if (!found || !kind) return undefined;
  const said = text.value.slice(found[0].length);
  const [next, ...others] = first.children.slice(1);
  // Two spaces end a line, too; whatever else stands behind the word makes it none of GitHub's.
  if (!found[0].endsWith('\n') && next && next.type !== 'break') return undefined;
  const inline = said === '' && next?.type === 'break' ? others : first.children.slice(1);
  const paragraph: Paragraph = { ...first, children: [...(said ? [{ ...text, value: said }] : []), ...inline] };
  const children: RootContent[] = paragraph.children.length > 0 ? [paragraph, ...rest] : rest;
  if (children.length === 0) return undefined;
  return {
    type: 'containerDirective',
    name: 'callout',
    attributes: { kind },
    children: children as Container['children'],
    ...(quote.position ? { position: quote.position } : {}),
  };
}
