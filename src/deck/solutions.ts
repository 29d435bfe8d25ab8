import type { Heading, RootContent } from 'mdast';
import { toString as plainText } from 'mdast-util-to-string';
import type {} from 'remark-directive';
import { isAnswerWord } from '../notes/outputWords.ts';
import { leavesOf } from './box.ts';
import type { BoxContext } from './boxes.ts';
import { fitOnSlide } from './fit.ts';
import { fullSpace } from './frame.ts';
import type { Topic } from './outline.ts';
import { isExercise } from './roles.ts';
import { topicBoxes } from './topicSlides.ts';

/**
 * Hides the solution of an exercise: it comes with a click below the task where both fit on a slide in their full size,
 * else on a slide of its own behind. It begins at a line that says so: `정답:`, `**Solution**`, the summary of a
 * `<details>`.
 */
export function withSolutions(topics: readonly Topic[], context: BoxContext): Topic[] {
  let above: string[] = [];
  return topics.flatMap((topic) => {
    const heading = topic.heading ? plainText(topic.heading) : '';
    above = [...above.slice(0, Math.max(0, topic.depth - 1)), heading];
    if (!topic.heading || !above.some(isExercise)) return [topic];
    if (isAnswerWord(heading)) return [{ ...topic, solution: true, apart: true }];
    const at = topic.nodes.findIndex((node) => answerLabel(node) !== undefined);
    const marker = topic.nodes[at];
    if (at < 1 || !marker) return [topic];
    const label = answerLabel(marker) ?? '';
    const task = topic.nodes.slice(0, at);
    const solution = topic.nodes.slice(at + 1).filter((node) => !isClosing(node));
    const below = { ...topic, nodes: [...task, answer(label, marker, solution)] };
    if (solution.length > 0 && fitsBelow(below, context)) return [below];
    const title: Heading = {
      ...topic.heading,
      children: [...topic.heading.children, { type: 'text', value: ` · ${label}` }],
    };
    return [
      { ...topic, nodes: task },
      { ...topic, heading: title, nodes: solution, notes: [], continued: true, apart: true, solution: true },
    ];
  });
}

/** The solution as one node: the name is no directive that an author may write. */
function answer(label: string, { position }: RootContent, solution: readonly RootContent[]): RootContent {
  const children = solution as Extract<RootContent, { type: 'containerDirective' }>['children'];
  return { type: 'containerDirective', name: 'answer', attributes: { label }, children, ...(position && { position }) };
}

/** Whether a task and its solution share a slide without getting small. */
function fitsBelow(topic: Topic, context: BoxContext): boolean {
  const boxes = topicBoxes(topic, context);
  if (boxes.flatMap(leavesOf).some(({ version, replay }) => version || replay !== undefined)) return false;
  const layout = fitOnSlide(boxes, { ...fullSpace, largest: 1 });
  return layout !== undefined && layout.fit.text.scale === 1 && layout.fit.code.scale === 1;
}

/** What is left of a `<details>` whose parts have become slides. */
function isClosing(node: RootContent): boolean {
  return node.type === 'html' && /^\s*<\/details>\s*$/i.test(node.value);
}

/** What a node calls the answer behind it; undefined when it is something else. */
export function answerLabel(node: RootContent): string | undefined {
  const text =
    node.type === 'html' ? node.value.replace(/<[^>]*>/g, ' ') : node.type === 'paragraph' ? plainText(node) : '';
  // `정답 보기`, `Show solution`: what a reader of a page is to click on.
  const label = text.trim().replace(/\s*(?:보기|펼치기|확인)$|^(?:show|see|click for)(?:\s+the)?\s+/i, '');
  return isAnswerWord(label) ? label.replace(/\s*[:：.]$/, '') : undefined;
}
