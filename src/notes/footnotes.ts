import type { Root } from 'mdast';
import { visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import { report } from './report.ts';

/** Plugin: tells of footnotes that nothing refers to: no slide would show them. */
export function usedFootnotes() {
  return (tree: Root, file: VFile): void => {
    const used = new Set<string>();
    visit(tree, 'footnoteReference', ({ identifier }) => {
      used.add(identifier);
    });
    visit(tree, 'footnoteDefinition', (node) => {
      if (used.has(node.identifier)) return;
      report(file, `nothing refers to the footnote \`[^${node.label ?? node.identifier}]\`, and no slide shows it`, {
        place: node.position?.start,
        rule: 'footnote-unused',
        actual: node.identifier,
        fix: `Write \`[^${node.label ?? node.identifier}]\` where it belongs, or take it out.`,
      });
    });
  };
}
