import type { Paragraph, Root, RootContent } from 'mdast';
import type {} from 'remark-directive';
import type { Processor } from 'unified';
import type { Node } from 'unist';
import { SKIP, visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import { report } from './report.ts';

/** What becomes of a container directive. Unlisted names stay as visible text. */
const containers: Readonly<Record<string, 'keep' | 'unwrap'>> = {
  notes: 'keep',
  callout: 'unwrap',
  columns: 'unwrap',
  column: 'unwrap',
  fragment: 'unwrap',
  ask: 'keep',
};

/**
 * Plugin: takes the text form (`:name`) out of remark-directive's syntax. In prose `10:30`, `a:b` and `:30` are words
 * of the author, and no text directive is part of the format.
 */
export function blockDirectivesOnly(this: Processor): undefined {
  const data = this.data();
  data.micromarkExtensions = (data.micromarkExtensions ?? []).map((extension) =>
    extension.text?.[58] && extension.flow?.[58] ? { ...extension, text: {} } : extension,
  );
}

/**
 * Plugin: keeps `:::notes` (speaker notes) and `:::ask` as directive nodes, puts the content of the other known containers in
 * their place, and turns unknown ones back into the text that they are, with a warning.
 */
export function readDirectives() {
  return (tree: Root, file: VFile): void => {
    visit(tree, (node, index, parent) => {
      if (node.type !== 'containerDirective' && node.type !== 'leafDirective') return undefined;
      if (!parent || index === undefined) return undefined;
      const siblings: RootContent[] = parent.children;
      if (node.type === 'leafDirective') {
        warn(file, node, `::${node.name}`);
        siblings.splice(index, 1, asText(node, source(file, node)));
        return index + 1;
      }
      const rule = Object.hasOwn(containers, node.name) ? containers[node.name] : undefined;
      if (rule === 'keep') return SKIP;
      const content: RootContent[] = [...node.children];
      if (!rule) {
        warn(file, node, `:::${node.name}`);
        const opening = source(file, node).split('\n')[0] ?? '';
        const label = content[0]?.type === 'paragraph' && content[0].data?.directiveLabel;
        if (label) content.shift();
        content.unshift(asText(node, opening));
      }
      siblings.splice(index, 1, ...content);
      return index;
    });
  };
}

function source(file: VFile, node: Node): string {
  return String(file).slice(node.position?.start.offset, node.position?.end.offset);
}

function asText(node: Node, value: string): Paragraph {
  const place = node.position ? { position: node.position } : {};
  return { type: 'paragraph', children: [{ type: 'text', value, ...place }], ...place };
}

function warn(file: VFile, node: Node, shown: string): void {
  report(file, `Unknown directive \`${shown}\` is shown as text`, {
    place: node,
    rule: 'directive-unknown',
    actual: shown,
    expected: Object.keys(containers).map((name) => `:::${name}`),
    fix: 'Use a known directive, or write a space between the colons and the word.',
  });
}
