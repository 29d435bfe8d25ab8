import type { Heading } from 'mdast';
import { toString as plainText } from 'mdast-util-to-string';
import { isAnswerWord } from '../notes/outputWords.ts';
import type { Box } from './box.ts';
import type { BoxContext } from './boxes.ts';
import { areContrasted } from './contrast.ts';
import { fitOnSlide, heightAtEase, type Layout } from './fit.ts';
import { fullSpace, titleWidth } from './frame.ts';
import type { Topic } from './outline.ts';
import { fitWhole } from './pack.ts';
import { isExercise } from './roles.ts';
import { topicBoxes } from './topicSlides.ts';

/** Share of a slide: what takes less looks lost alone. */
const sparse = 0.42;
const mostParts = 4;

/**
 * Joins topics that would leave their slides half empty with their neighbours, where the headings say that they belong
 * together: subtopics of one heading that are short, a code and the short text that explains it, and the two sides of
 * a comparison, which are longer. A `---` keeps them apart. A section whose parts all fit on one slide, or that has
 * only one part, is that slide: it needs none that announces it.
 *
 * @returns The topics in order; those with `parts` are shown on one slide each.
 */
export function joinTopics(topics: readonly Topic[], context: BoxContext): Topic[] {
  const known = new Map<Topic, readonly Box[]>();
  const boxes = (topic: Topic) => {
    const found = known.get(topic) ?? topicBoxes(topic, context);
    known.set(topic, found);
    return found;
  };
  const joined: Topic[] = [];
  for (let n = 0; n < topics.length; ) {
    const topic = topics[n] as Topic;
    const inside = topic.nodes.length === 0 && topic.heading ? childrenOf(topics, n) : [];
    const section = inside.length > 0 ? asOneSlide(topic, inside, boxes, context) : undefined;
    if (section) {
      joined.push(section);
      n += 1 + inside.length;
      continue;
    }
    const above = headingAbove(topics, n);
    let group = [topic];
    for (let next = topics[n + 1]; next && mayJoin(group, next); next = topics[n + group.length]) {
      if (!shareSlide([...group, next], above, boxes)) break;
      group = [...group, next];
    }
    joined.push(group.length > 1 ? together(group, above) : topic);
    n += group.length;
  }
  return joined;
}

type BoxesOf = (topic: Topic) => readonly Box[];

/** A section without text of its own as the one slide that its parts fit on. */
function asOneSlide(topic: Topic, inside: readonly Topic[], boxes: BoxesOf, context: BoxContext): Topic | undefined {
  const [only, ...others] = inside;
  if (!topic.heading || !only?.heading || inside.some(({ apart }) => apart)) return undefined;
  if (others.length === 0) {
    const heading: Heading = {
      ...topic.heading,
      children: [...topic.heading.children, { type: 'text', value: ' · ' }, ...only.heading.children],
    };
    if (only.nodes.length === 0 || titleWidth(plainText(heading), context.measure) > fullSpace.width) return undefined;
    const dress = only.dress ?? topic.dress;
    return {
      ...topic,
      ...(dress ? { dress } : {}),
      heading,
      nodes: only.nodes,
      notes: [...topic.notes, ...only.notes],
    };
  }
  const alike = inside.every((part, n) => n === 0 || mayJoin(inside.slice(0, n), part));
  return alike && shareSlide(inside, topic.heading, boxes) ? together([topic, ...inside], topic.heading) : undefined;
}

/** Topics under one slide's title: that of the first, where the others stand below it, else of what is above all. */
function together(group: readonly Topic[], above: Heading | undefined): Topic {
  const [first, second] = group as [Topic, Topic];
  const heading = second.depth > first.depth ? first.heading : (above ?? first.heading);
  const parts = group.filter((part) => part.nodes.length > 0);
  return { ...first, ...(heading ? { heading } : {}), nodes: [], parts, notes: group.flatMap(({ notes }) => notes) };
}

/** Whether headings allow that `next` stands on the slide of the topics before it. */
function mayJoin(group: readonly Topic[], next: Topic): boolean {
  const [first, second] = group as [Topic, ...Topic[]];
  if (first.dress || next.dress) return false;
  if (next.depth < 3 || next.apart || next.nodes.length === 0 || !next.heading || !first.heading) return false;
  if (first.nodes.length === 0 || group.length >= mostParts) return false;
  if (isAnswerWord(plainText(next.heading))) return false;
  return next.depth >= (second ?? next).depth && next.depth >= first.depth;
}

/** Whether topics make one good slide together. */
function shareSlide(group: readonly Topic[], above: Heading | undefined, boxesOf: BoxesOf): boolean {
  const [first, second] = group as [Topic, Topic];
  const titles = group.map(({ heading }) => (heading ? plainText(heading) : ''));
  const led = second.depth > first.depth;
  if (new Set(titles.slice(led ? 1 : 0).map(isExercise)).size > 1) return false;
  const own = group.map((topic) => boxesOf(topic).filter(({ optional }) => !optional));
  const boxes = boxesOf(together(group, above)).filter(({ optional }) => !optional);
  // What the author has arranged stays as it is.
  if (boxes.some(({ inner, version, replay }) => inner || version || replay !== undefined)) return false;
  const count = (kind: Box['kind']) => boxes.filter((box) => box.kind === kind).length;

  // 1. Two sides of a comparison stand side by side, even where each would fill a slide.
  const [left = '', right = ''] = titles;
  const pair = group.length === 2 && !led && areContrasted(left, right, above ? plainText(above) : '');
  if (pair && own.every((part) => part.filter(({ kind }) => kind === 'code' || kind === 'table').length === 1))
    return inColumns(fitWhole(boxes, fullSpace));

  // 2. So do two codes of which one is short, as long as they stay large.
  const short = (part: readonly Box[]) => heightAtEase(part, fullSpace.width) <= sparse * fullSpace.height;
  if (count('table') + count('image') > 1 || count('code') > 2) return false;
  if (count('code') === 2) {
    if (group.length > 2 || led || !own.every((part) => part.some(isCode)) || !own.some(short)) return false;
    const layout = fitOnSlide(boxesOf(together(group, above)), { ...fullSpace, largest: 1 });
    return inColumns(layout) && (layout?.fit.code.scale ?? 0) >= 0.95;
  }

  // 3. Else all but a code that leads are short, and nothing gets smaller for it.
  if (!own.every((part, n) => short(part) || (led && n === 0 && group.length === 2))) return false;
  if (led && !own.slice(1).every((part) => part.every(({ kind }) => kind === 'text'))) return false;
  const layout = fitOnSlide(boxes, { ...fullSpace, largest: 1 });
  return layout !== undefined && layout.fit.text.scale === 1 && layout.fit.code.scale >= 0.95;
}

function isCode({ kind }: Box): boolean {
  return kind === 'code';
}

function inColumns(layout: Layout | undefined): boolean {
  return layout?.rows.some((row) => row.length === 2) ?? false;
}

/** The topics that stand below topic `n`'s heading. */
function childrenOf(topics: readonly Topic[], n: number): Topic[] {
  const depth = topics[n]?.depth ?? 0;
  const behind = topics.slice(n + 1);
  const end = behind.findIndex((topic) => topic.depth <= depth);
  return end < 0 ? behind : behind.slice(0, end);
}

/** The nearest heading of a higher level above topic `n`. */
function headingAbove(topics: readonly Topic[], n: number): Heading | undefined {
  const depth = topics[n]?.depth ?? 0;
  return topics.slice(0, n).findLast((topic) => topic.depth < depth)?.heading;
}
