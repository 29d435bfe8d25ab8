import type { Root } from 'mdast';
import { toString as plainText } from 'mdast-util-to-string';
import type {} from 'remark-directive';
import { SKIP, visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import type { Ask, Block } from './note.ts';
import { report } from './report.ts';

declare module 'mdast-util-directive' {
  interface ContainerDirectiveData {
    /** Id of the block in whose replay this `:::ask` asks. */
    askOf?: string;
  }
}

/**
 * Finds the questions that a note asks its audience: each `:::ask` belongs to the Python block before it. One without
 * a block before it becomes the text that it holds, with a warning.
 */
export function findAsks(tree: Root, blocks: readonly Block[], file: VFile): Ask[] {
  const asks: Ask[] = [];
  visit(tree, 'containerDirective', (node, index, parent) => {
    if (node.name !== 'ask' || !parent || index === undefined) return undefined;
    const line = node.position?.start.line ?? 1;
    const block = blocks.findLast((candidate) => candidate.line < line);
    if (!block) {
      const fix = 'Put it below the block whose replay it asks about.';
      report(file, '`:::ask` has no Python block before it', { place: node, rule: 'ask-without-block', fix });
      parent.children.splice(index, 1, ...node.children);
      return index;
    }
    const { step, mark } = node.attributes ?? {};
    node.data = { ...node.data, askOf: block.id };
    const question = node.children
      .map((child) => plainText(child))
      .join(' ')
      .replace(/\s+/g, ' ')
      .trim();
    asks.push({
      block: block.id,
      line,
      ...(question === '' ? {} : { question }),
      ...(step ? { step: Number(step) } : {}),
      ...(mark ? { mark } : {}),
    });
    return SKIP;
  });
  return asks;
}
