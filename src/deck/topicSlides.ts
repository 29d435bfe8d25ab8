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
import { boxesOn, type Layout, overhang } from './fit.ts';
import { fullSpace, headingElement, largeHeading, layoutElement, replayElements } from './frame.ts';
import { hastText } from './hastText.ts';
import { layoutFor } from './layouts.ts';
import { firstPlace } from './noteLines.ts';
import type { Topic } from './outline.ts';
import { fitWhole } from './pack.ts';
import { packAlike } from './pieces.ts';
import type { BlockShow } from './show.ts';

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
  // A `#` behind the first opens a section as `##` does.
  const level = (topic.depth === 1 || topic.depth === 2) && !topic.continued ? 2 : 3;
  const content = headingContent(topic.heading, title, context);
  const chosen = layoutFor({ topic, boxes, heading: title, section });
  const whole = topic.parts && fitWhole(boxes, chosen.space);
  const pieces = whole ? [{ layout: whole }] : packAlike(boxes, chosen.space, hasReplay);
  const layouts = pieces.flatMap((piece) => ('layout' in piece ? [piece] : []));
  const centred = chosen.centred && layouts.length === 1;
  const blocks = layouts.map(({ layout }) => blocksOn(layout));
  const placed = new Set(context.placed.values());
  const drafts: Draft[] = [];
  const replayOf = (show: BlockShow): Draft => {
    const block = context.placed.get(show.id) ?? show.id;
    const part = topic.parts?.find(({ nodes }) => holdsBlock(nodes, block))?.heading;
    const own = drawEmoji(part ? headingContent(part, title, context) : content);
    return {
      title: `${part ? plainText(part) : title} · ${context.words.replay}`,
      kind: 'replay',
      block,
      section,
      heading: headingElement(3, own, ` · ${context.words.replay}`, context.measure),
      body: replayElements(show),
      stills: show.stills ?? [],
      ...(show.storyboard === undefined ? {} : { storyboard: show.storyboard }),
      ...(show.replayJson === undefined ? {} : { replayJson: show.replayJson }),
    };
  };
  // Between the versions of one code stands no replay: their lines move from one slide to the next.
  let waiting: Draft[] = [];
  let n = 0;
  for (const piece of pieces) {
    if (!('layout' in piece)) {
      const show = context.shows.get(piece.replay);
      if (show?.stills?.length) drafts.push(replayOf(show));
      continue;
    }
    const { layout, row } = piece;
    const count = layouts.length > 1 ? ` (${n + 1}/${layouts.length})` : '';
    const shown = blocks[n] ?? [];
    drafts.push({
      title: `${title}${count}`,
      name: title,
      kind: shown.length > 0 ? 'code' : 'text',
      ...(shown[0] === undefined ? {} : { block: shown[0] }),
      section,
      ...(chosen.name ? { layout: chosen.name } : {}),
      ...(centred ? { centred } : {}),
      ...(topic.dress ? { dress: topic.dress } : {}),
      ...(boxesOn(layout).some(({ answer }) => answer) ? { answered: true } : {}),
      ...(row ? { row } : {}),
      heading: centred
        ? largeHeading(level, drawEmoji(content), chosen.space.width, context.measure)
        : headingElement(n === 0 ? level : 3, drawEmoji(content), count, context.measure),
      body: drawEmoji([layoutElement(layout)]),
      ...overflowing(layout, chosen.space.height),
    });
    n++;
    for (const block of new Set(shown)) {
      const show = context.shows.get(block);
      // A code that runs over several slides has its replay behind the last part.
      if (!show || !hasReplay(block) || placed.has(block)) continue;
      if (!blocks.slice(n).some((later) => later.includes(block))) waiting.push(replayOf(show));
    }
    if (row !== undefined && layouts[n]?.row === row) continue;
    drafts.push(...waiting);
    waiting = [];
  }
  if (drafts[0]) drafts[0] = withNotes(drafts[0], topic, context);
  return drafts;
}

/** What of a slide's content has no room on it; mostly nothing. */
function overflowing(layout: Layout, height: number): Pick<Draft, 'overhang'> {
  const over = overhang(layout, height);
  if (!over) return {};
  const { pixels, box } = over;
  const element = box.draw(fullSpace.width, layout.fit);
  return { overhang: { pixels, kind: box.kind, text: hastText(element), place: firstPlace(element) } };
}

function headingContent(heading: Heading | undefined, title: string, context: BoxContext): readonly ElementContent[] {
  return heading ? toInline(heading.children, context) : [{ type: 'text', value: title }];
}

function holdsBlock(nodes: readonly RootContent[], block: string): boolean {
  let found = false;
  visit({ type: 'root', children: [...nodes] } satisfies Root, 'code', (node) => {
    found ||= node.data?.block === block;
  });
  return found;
}

/** The blocks whose code a slide shows, in order. */
function blocksOn(layout: Layout): string[] {
  return boxesOn(layout)
    .flatMap(leavesOf)
    .flatMap(({ block }) => block ?? []);
}

/** The slide with the topic's speaker notes, if there are any. */
export function withNotes(draft: Draft, topic: Topic | undefined, context: BoxContext): Draft {
  if (!topic || topic.notes.length === 0) return draft;
  return {
    ...draft,
    notes: toElements(topic.notes, context)
      .map((node) => toHtml(node, { allowDangerousHtml: true }))
      .join('\n'),
    notesBoxes: boxesOf(topic.notes, context),
  };
}
