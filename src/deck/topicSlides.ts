import type { ElementContent } from 'hast';
import { toHtml } from 'hast-util-to-html';
import type { Heading, Root, RootContent } from 'mdast';
import { toString as plainText } from 'mdast-util-to-string';
import { visit } from 'unist-util-visit';
import { type Box, leavesOf } from './box.ts';
import { type BoxContext, boxesOf } from './boxes.ts';
import { toElements, toInline } from './content.ts';
import type { Draft } from './deck.ts';
import { drawEmoji } from './emoji.ts';
import { fullSpace, headingElement, layoutElement, replayElements } from './frame.ts';
import type { Topic } from './outline.ts';
import { fitWhole, pack } from './pack.ts';

/** All that a topic shows; parts that share its slide begin with their headings, unless that is the slide's own. */
export function topicBoxes({ heading, nodes, parts }: Topic, context: BoxContext): Box[] {
  if (!parts) return boxesOf(nodes, context);
  return parts.flatMap((part) => [
    ...(part.heading && part.heading !== heading ? boxesOf([part.heading], context) : []),
    ...boxesOf(part.nodes, context),
  ]);
}

/** The slides of one topic: its content on as few as it takes, a replay behind each code that has one. */
export function topicSlides(
  topic: Topic,
  boxes: readonly Box[],
  title: string,
  section: string,
  context: BoxContext,
): Draft[] {
  const hasReplay = (block: string) => (context.shows.get(block)?.stills?.length ?? 0) > 0;
  const level = topic.depth === 2 && !topic.continued ? 2 : 3;
  const content = headingContent(topic.heading, title, context);
  const whole = topic.parts && fitWhole(boxes, fullSpace);
  const layouts = whole ? [whole] : pack(boxes, fullSpace, hasReplay);
  const drafts: Draft[] = [];
  const codes = layouts.map(({ rows }) =>
    rows.flatMap((row) =>
      row.flatMap((column) =>
        column.boxes.flatMap(leavesOf).flatMap(({ block }) => (block === undefined ? [] : [block])),
      ),
    ),
  );
  for (const [n, layout] of layouts.entries()) {
    const count = layouts.length > 1 ? ` (${n + 1}/${layouts.length})` : '';
    const shown = codes[n] ?? [];
    drafts.push({
      title: `${title}${count}`,
      kind: shown.length > 0 ? 'code' : 'text',
      ...(shown[0] === undefined ? {} : { block: shown[0] }),
      section,
      heading: headingElement(n === 0 ? level : 3, drawEmoji(content), count, context.measure),
      body: drawEmoji([layoutElement(layout)]),
    });
    for (const block of new Set(shown)) {
      const show = context.shows.get(block);
      // A code that runs over several slides has its replay behind the last part.
      if (!show?.stills || !hasReplay(block) || codes.slice(n + 1).some((later) => later.includes(block))) continue;
      const part = topic.parts?.find(({ nodes }) => holdsBlock(nodes, block))?.heading;
      drafts.push({
        title: `${part ? plainText(part) : title} · ${context.words.replay}`,
        kind: 'replay',
        block,
        section,
        heading: headingElement(
          3,
          drawEmoji(part ? headingContent(part, title, context) : content),
          ` · ${context.words.replay}`,
          context.measure,
        ),
        body: replayElements(show),
        stills: show.stills,
        ...(show.storyboard === undefined ? {} : { storyboard: show.storyboard }),
        ...(show.replayJson === undefined ? {} : { replayJson: show.replayJson }),
      });
    }
  }
  if (drafts[0]) drafts[0] = withNotes(drafts[0], topic, context);
  return drafts;
}

function headingContent(heading: Heading | undefined, title: string, context: BoxContext): readonly ElementContent[] {
  return heading ? toInline(heading.children, context.definitions) : [{ type: 'text', value: title }];
}

function holdsBlock(nodes: readonly RootContent[], block: string): boolean {
  let found = false;
  visit({ type: 'root', children: [...nodes] } satisfies Root, 'code', (node) => {
    found ||= node.data?.block === block;
  });
  return found;
}

/** The slide with the topic's speaker notes, if there are any. */
export function withNotes(draft: Draft, topic: Topic | undefined, { definitions }: BoxContext): Draft {
  if (!topic || topic.notes.length === 0) return draft;
  return {
    ...draft,
    notes: toElements(topic.notes, definitions)
      .map((node) => toHtml(node))
      .join('\n'),
  };
}
