import type { RootContent } from 'mdast';
import type { LayoutName } from '../notes/layoutNames.ts';
import type { ArrangementName } from './arrange.ts';
import type { Box } from './box.ts';
import { heightAtEase, type Space } from './fit.ts';
import { fullSpace, middle } from './frame.ts';
import { geometry, loose } from './geometry.ts';
import type { Topic } from './outline.ts';
import { isAgenda, isExercise, isSummary } from './roles.ts';

/** What a layout is chosen by. */
export interface LayoutContent {
  readonly topic: Topic;
  readonly boxes: readonly Box[];
  /** Plain text of the heading, and of the section's that it stands in. */
  readonly heading: string;
  readonly section: string;
}

/** A way to show a topic. */
interface LayoutRule {
  /** Whether the content asks for it by itself; without one only the author does. */
  readonly suits?: (content: LayoutContent) => boolean;
  /** The only ways to arrange its boxes, where they can be arranged so. */
  readonly only?: readonly ArrangementName[];
  readonly space?: Partial<Space>;
  /** Short content stands in the middle, its title as large as a section's. */
  readonly centred?: true;
}

/** The lines up to which a text or list is a statement, and up to which other content is short enough for the middle. */
const fewLines = 3.2;
const shortLines = 7;

/** Every layout; where content suits several, the first is taken. */
const rules: Readonly<Record<LayoutName, LayoutRule>> = {
  agenda: { suits: ({ heading, boxes }) => isAgenda(heading) && boxes.every(isText), centred: true },
  exercise: {
    suits: ({ topic, heading, section, boxes }) =>
      !topic.solution && boxes.every(isText) && (isExercise(heading) || isExercise(section)),
    // What three cards leave between their paddings, which `themes/layouts.css` draws.
    space: { width: 1590, height: fullSpace.height - 92 },
    centred: true,
  },
  summary: { suits: ({ heading, boxes }) => isSummary(heading) && boxes.every(isText), centred: true },
  quote: {
    suits: ({ topic, boxes }) => areAll(topic.nodes, ({ type }) => type === 'blockquote') && isShort(boxes, 8),
    space: { largest: 1.6 },
  },
  picture: {
    suits: ({ topic: { nodes }, boxes }) =>
      nodes.length === 1 && (nodes.every(isPicture) || boxes.every(({ drawn }) => drawn)),
    space: { largest: 1.6 },
  },
  statement: {
    suits: ({ topic: { nodes, heading, continued, solution }, boxes }) =>
      heading !== undefined &&
      (!continued || solution === true) &&
      areAll(nodes, ({ type }) => type === 'paragraph' || type === 'list') &&
      boxes.every((box) => isText(box) && !box.leadsOn) &&
      isShort(boxes, fewLines),
    centred: true,
  },
  text: { only: ['stack'] },
  table: { only: ['stack'] },
  code: { only: ['stack'] },
  side: { only: ['beside', 'besideWithOutput'] },
  output: { only: ['outputBeside'] },
  comparison: { only: ['twoCodes', 'twoTables', 'partsBeside'] },
};

/** A layout for a topic. */
export interface ChosenLayout {
  readonly name?: LayoutName;
  readonly space: Space;
  readonly centred: boolean;
}

/** The layout that the author asks for, else the one that the content suits, else none in particular. */
export function layoutFor(content: LayoutContent): ChosenLayout {
  const asked = content.topic.dress?.layout;
  const names = Object.keys(rules) as LayoutName[];
  const name = asked ?? names.find((candidate) => rules[candidate].suits?.(content));
  if (name === undefined) return { space: fullSpace, centred: false };
  const { boxes, topic } = content;
  const { only, space, centred: may } = rules[name];
  const centred = may === true && !topic.parts && boxes.every(isText) && isShort(boxes, shortLines);
  return { name, space: { ...fullSpace, ...(centred ? middle : space), ...(only ? { only } : {}) }, centred };
}

function isText({ kind, inner }: Box): boolean {
  return (kind === 'text' || kind === 'table') && inner === undefined;
}

function isPicture(node: RootContent): boolean {
  return node.type === 'paragraph' && areAll(node.children, ({ type }) => type === 'image');
}

function isShort(boxes: readonly Box[], lines: number): boolean {
  return heightAtEase(boxes, fullSpace.width) <= lines * loose.line * geometry.text;
}

function areAll<Item>(items: readonly Item[], test: (item: Item) => boolean): boolean {
  return items.length > 0 && items.every(test);
}
