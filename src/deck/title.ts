import type { Element } from 'hast';
import { h } from 'hastscript';
import { toString as plainText } from 'mdast-util-to-string';
import type { FrontMatter } from '../notes/note.ts';
import type { Box, Fit } from './box.ts';
import { type BoxContext, boxesOf } from './boxes.ts';
import { toInline } from './content.ts';
import type { Draft } from './deck.ts';
import { drawEmoji } from './emoji.ts';
import { largeTitle, largeTitleSize } from './frame.ts';
import { geometry, loose } from './geometry.ts';
import type { Topic } from './outline.ts';
import { ring } from './ring.ts';

const width = 1080;
/** Text may stand below the title as long as both together leave the slide air. */
const leadHeight = 300;

/**
 * The deck's first slide.
 *
 * @param title The deck's title.
 * @param frontMatter `subtitle`, `author` and `date` stand below it; a `title` that differs from the note's `#` stands
 * above.
 * @param opening The topic of the note's `#`, if it begins with one.
 * @returns The slide, and what of the topic did not fit there.
 */
export function titleSlide(
  title: string,
  { subtitle, author, date }: FrontMatter,
  opening: Topic | undefined,
  context: BoxContext,
): { readonly slide: Draft; readonly rest: readonly Box[] } {
  const { measure } = context;
  const own = opening?.heading ? plainText(opening.heading) : title;
  const content = opening?.heading
    ? toInline(opening.heading.children, context)
    : [{ type: 'text', value: title } as const];
  const size = largeTitleSize(content, width, measure);

  // The paragraphs that open the note, as many as fit.
  const level = { scale: 1, spacing: loose };
  const fit: Fit = { text: level, code: level };
  const boxes = opening ? boxesOf(opening.nodes, context) : [];
  const lead: Element[] = [];
  let used = 0;
  for (const box of boxes) {
    const height = box.height(width, fit) + (lead.length > 0 ? loose.gap * geometry.text : 0);
    const element = box.draw(width, fit);
    if (box.kind !== 'text' || element.tagName !== 'p' || box.leadsOn || used + height > leadHeight) break;
    lead.push(element);
    used += height;
  }
  const byline = [author, date].filter((text) => text !== undefined).join(' · ');
  return {
    slide: {
      title: own,
      kind: 'title',
      section: '',
      heading: largeTitle(1, drawEmoji(content), size, width),
      body: drawEmoji([
        ...(title === own ? [] : [h('p', { class: 'eyebrow' }, title)]),
        ...(subtitle === undefined ? [] : [h('p', { class: 'subtitle' }, subtitle)]),
        ...(lead.length > 0 ? [h('div', { class: 'lead' }, lead)] : []),
        ...(byline ? [h('p', { class: 'byline' }, byline)] : []),
        ring(0.13),
      ]),
    },
    rest: boxes.slice(lead.length),
  };
}
