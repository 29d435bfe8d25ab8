import type { Element } from 'hast';
import { h } from 'hastscript';
import type { Heading } from 'mdast';
import { toString as plainText } from 'mdast-util-to-string';
import { anchorOf } from '../notes/anchor.ts';
import type { FrontMatter } from '../notes/note.ts';
import { type Box, isCodeLike } from './box.ts';
import { type BoxContext, boxesOf } from './boxes.ts';
import { toInline } from './content.ts';
import { drawEmoji } from './emoji.ts';
import type { Topic } from './outline.ts';
import { proseBox } from './proseBox.ts';
import type { BlockShow } from './show.ts';

/** A piece of a note that is read as one text. */
export type ArticlePart =
  | {
      readonly kind: 'heading';
      /** 1 to 6, as the author wrote it; only the title is 1. */
      readonly level: number;
      readonly title: string;
      /** Unique in the article: the name by which GitHub links to the heading. */
      readonly id: string;
      readonly box: Box;
    }
  /** What stands below the title, a paragraph. */
  | { readonly kind: 'byline'; readonly box: Box }
  | { readonly kind: 'box'; readonly box: Box }
  /** A replay, behind its code or where the author put it. */
  | { readonly kind: 'replay'; readonly show: BlockShow };

/**
 * A note as one text: everything that it says, in its order, without what only its speaker reads.
 *
 * @param title Stands above a note that begins without a `#`.
 */
export function articleOf(
  title: string,
  { subtitle, author, date }: FrontMatter,
  topics: readonly Topic[],
  context: BoxContext,
): readonly ArticlePart[] {
  const ids = new Map<string, number>();
  const byline = [author, date].filter((text) => text !== undefined).join(' · ');
  const below = [subtitle, byline].flatMap((text): ArticlePart[] =>
    text
      ? [
          {
            kind: 'byline',
            box: proseBox(
              h('p', { class: 'article-byline' }, drawEmoji([{ type: 'text', value: text }])),
              context.measure,
            ),
          },
        ]
      : [],
  );
  const titled = topics[0]?.depth === 1 && topics[0].heading;
  const own: Heading = { type: 'heading', depth: 1, children: [{ type: 'text', value: title }] };
  const placed = new Set(context.placed.values());
  const replay = (id: string): ArticlePart[] => {
    const show = context.shows.get(id);
    return show?.stills?.length ? [{ kind: 'replay', show }] : [];
  };
  const above: readonly ArticlePart[] = titled ? [] : [headingPart(own, 1, ids, context), ...below];
  const text = topics.flatMap(({ heading, continued, nodes }, n) => {
    const parts: ArticlePart[] =
      heading && !continued
        ? [headingPart(heading, n === 0 ? heading.depth : Math.max(2, heading.depth), ids, context)]
        : [];
    if (n === 0 && titled) parts.push(...below);
    // A replay follows what belongs to its code: the output that the note claims, the error.
    let waiting: ArticlePart[] = [];
    for (const [n, box, following] of withNext(boxesOf(nodes, context))) {
      const { block } = box;
      // Its replay tells what a code printed.
      if (box.optional && waiting.length > 0) continue;
      if (n > 0 && (!isCodeLike(box) || box.kind === 'code')) {
        parts.push(...waiting);
        waiting = [];
      }
      parts.push(...(box.replay === undefined ? [{ kind: 'box', box } as const] : replay(box.replay)));
      if (block !== undefined && !placed.has(block) && following?.block !== block) waiting = replay(block);
    }
    return [...parts, ...waiting];
  });
  return [...above, ...text];
}

function* withNext(boxes: readonly Box[]): Generator<[number, Box, Box | undefined]> {
  for (const [n, box] of boxes.entries()) yield [n, box, boxes[n + 1]];
}

function headingPart(heading: Heading, level: number, ids: Map<string, number>, context: BoxContext): ArticlePart {
  const title = plainText(heading);
  const anchor = anchorOf(title) || 'part';
  const count = ids.get(anchor) ?? 0;
  ids.set(anchor, count + 1);
  const id = count === 0 ? anchor : `${anchor}-${count}`;
  const element: Element = h(`h${level}`, drawEmoji(toInline(heading.children, context)));
  return { kind: 'heading', level, title, id, box: proseBox(element, context.measure) };
}
