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
    for (const name of Object.keys(node.attributes ?? {}).filter((key) => key !== 'step' && key !== 'mark'))
      report(file, `\`:::ask\` knows no \`${name}\``, {
        place: node,
        rule: 'directive-attribute',
        actual: name,
        expected: ['step', 'mark'],
        fix: 'Say `{step=12}` or `{mark="label"}`, or nothing for the first decision of the scheduler.',
      });
    const { step, mark } = node.attributes ?? {};
    if (step && !/^\d+$/.test(step))
      report(file, '`step` of `:::ask` is no number', {
        place: node,
        rule: 'directive-attribute',
        actual: step,
        expected: ['{step=12}'],
        fix: 'Take the number that the replay shows beside its clock.',
      });
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
      ...(step && /^\d+$/.test(step) ? { step: Number(step) } : {}),
      ...(mark ? { mark } : {}),
    });
    return SKIP;
  });
  return asks;
}
