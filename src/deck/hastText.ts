import type { Nodes } from 'hast';

/** The text of a node, without anything between its pieces. */
export function hastText(node: Nodes): string {
  if (node.type === 'text') return node.value;
  return 'children' in node ? node.children.map(hastText).join('') : '';
}
