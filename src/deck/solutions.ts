import type { Heading, RootContent } from 'mdast';
import { toString as plainText } from 'mdast-util-to-string';
import { isAnswerWord } from '../notes/outputWords.ts';
import type { Topic } from './outline.ts';
import { isExercise } from './roles.ts';

/**
 * Gives the solution of an exercise a slide of its own behind the task. It begins at a line that says so: `정답:`,
 * `**Solution**`, the summary of a `<details>`.
 */
export function withSolutions(topics: readonly Topic[]): Topic[] {
  let above: string[] = [];
  return topics.flatMap((topic) => {
    const heading = topic.heading ? plainText(topic.heading) : '';
    above = [...above.slice(0, Math.max(0, topic.depth - 1)), heading];
    if (!topic.heading || !above.some(isExercise)) return [topic];
    if (isAnswerWord(heading)) return [{ ...topic, solution: true, apart: true }];
    const at = topic.nodes.findIndex((node) => answerLabel(node) !== undefined);
    const marker = topic.nodes[at];
    if (at < 1 || !marker) return [topic];
    const title: Heading = {
      ...topic.heading,
      children: [...topic.heading.children, { type: 'text', value: ` · ${answerLabel(marker)}` }],
    };
    const solution = {
      ...topic,
      heading: title,
      nodes: topic.nodes.slice(at + 1).filter((node) => !isClosing(node)),
      notes: [],
    };
    return [
      { ...topic, nodes: topic.nodes.slice(0, at) },
      { ...solution, continued: true, apart: true, solution: true },
    ];
  });
}

/** What is left of a `<details>` whose parts have become slides. */
function isClosing(node: RootContent): boolean {
  return node.type === 'html' && /^\s*<\/details>\s*$/i.test(node.value);
}

/** What a node calls the answer behind it; undefined when it is something else. */
function answerLabel(node: RootContent): string | undefined {
  const text =
    node.type === 'html' ? node.value.replace(/<[^>]*>/g, ' ') : node.type === 'paragraph' ? plainText(node) : '';
  // `정답 보기`, `Show solution`: what a reader of a page is to click on.
  const label = text.trim().replace(/\s*(?:보기|펼치기|확인)$|^(?:show|see|click for)(?:\s+the)?\s+/i, '');
  return isAnswerWord(label) ? label.replace(/\s*[:：.]$/, '') : undefined;
}
