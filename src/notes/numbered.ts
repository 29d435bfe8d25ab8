import type { Heading, List, Root, RootContent } from 'mdast';

/**
 * Plugin: a note without any heading uses its top-level numbered items as headings of level 2. The item's own
 * paragraph, with its number, is the title; what else the item holds follows it as content.
 */
export function numberedItemsAsHeadings() {
  return (tree: Root): void => {
    if (tree.children.some((node) => node.type === 'heading')) return;
    tree.children = tree.children.flatMap((node): RootContent[] =>
      node.type === 'list' && node.ordered ? unfold(node) : [node],
    );
  };
}

function unfold(list: List): RootContent[] {
  return list.children.flatMap((item, n): RootContent[] => {
    const [title, ...rest] = item.children;
    if (title?.type !== 'paragraph') return item.children;
    const number = `${(list.start ?? 1) + n}. `;
    const heading: Heading = {
      type: 'heading',
      depth: 2,
      children: [{ type: 'text', value: number }, ...title.children],
      ...(title.position ? { position: title.position } : {}),
    };
    return [heading, ...rest];
  });
}
