import type { Nodes, Parent, Root, RootContent } from 'mdast';

const onlyBreaks = /^(?:\s|&nbsp;|\u00A0|<br\s*\/?>|<\/br>)*$/i;
const isBreak = (node: Nodes): boolean =>
  node.type === 'html' && /<br/i.test(node.value) && onlyBreaks.test(node.value);
const isBlank = (node: Nodes): boolean =>
  node.type === 'break' || isBreak(node) || (node.type === 'text' && onlyBreaks.test(node.value));

/**
 * Plugin: takes `<br>` and `&nbsp;` that only make room out of the tree: whole paragraphs of them, and those at the
 * ends of a text. A `<br>` between two words stays, as one `break`.
 */
export function removeSpacers() {
  return (tree: Root): void => clean(tree);
}

function clean(parent: Parent): void {
  const phrasing = parent.type === 'paragraph' || parent.type === 'heading' || parent.type === 'tableCell';
  const kept: RootContent[] = [];
  for (const child of parent.children) {
    if (!phrasing) {
      if (isBreak(child) || (child.type === 'paragraph' && child.children.every(isBlank))) continue;
      kept.push(child);
    } else if (isBreak(child)) {
      if (kept.length > 0 && kept.at(-1)?.type !== 'break') kept.push({ type: 'break', ...place(child) });
    } else kept.push(child);
    if ('children' in child) clean(child);
  }
  while (phrasing && kept.at(-1)?.type === 'break') kept.pop();
  parent.children = kept;
}

function place(node: Nodes) {
  return node.position ? { position: node.position } : {};
}
