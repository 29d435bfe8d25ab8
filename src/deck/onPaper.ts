import type { Element, ElementContent } from 'hast';
import { h } from 'hastscript';
import { anchorOf } from '../notes/anchor.ts';
import { decoded } from './anchors.ts';
import type { Deck, Slide } from './deck.ts';
import { formulaOnPaper } from './formula.ts';
import { raw } from './page.ts';

/** How links become those of a document. */
export interface PaperLinks {
  /** Where an address leads on paper: itself, a place in the same document, the site; undefined for nowhere. */
  readonly address: (href: string) => string | undefined;
  /** The name of a place: PDF's names have 127 bytes (ISO 32000-1, annex C), three a syllable and nine in an address. */
  readonly place: (id: string) => string | undefined;
}

/**
 * The links of one deck on paper. Slides and headings are places of the document; another deck is where the site has it,
 * or nowhere: beside the folder that is printed from lies nothing that a reader has.
 *
 * @param content All of the document, whose ids can be linked to.
 */
export function paperLinks({ name, site }: Deck, content: readonly ElementContent[]): PaperLinks {
  const places = new Map(content.flatMap(idsIn).map((id, n) => [id, `p${n + 1}`]));
  return {
    place: (id) => places.get(id),
    address: (href) => {
      if (/^(?:https?|mailto):/i.test(href)) return href;
      const here = /^#\/?(.+)$/.exec(href)?.[1];
      if (here === undefined)
        return site === undefined || !/^\.\.?\//.test(href) ? undefined : absolute(site, name, href);
      const heading = decoded(here);
      const place = places.get(heading) ?? places.get(anchorOf(heading));
      return place === undefined ? undefined : `#${place}`;
    },
  };
}

/**
 * Short address of the page that shows a slide live, by the numbers that reveal.js counts slides with.
 *
 * @param step A key step of its replay, from 1.
 */
export function liveAddress({ name, site }: Deck, { h, v }: Slide, step = 1): string | undefined {
  // The first key step stands on the slide from the start; the clicks behind it count from 0.
  const click = step < 2 ? '' : `/${step - 2}`;
  const place = v === 0 && click === '' ? `${h}` : `${h}/${v}${click}`;
  return site === undefined ? undefined : `${site}${encodeURIComponent(name)}/#/${place}`;
}

/** `../gather/index.html`, seen from the deck's own page. */
function absolute(site: string, name: string, href: string): string {
  return new URL(href.replace(/\/index\.html$/, '/'), `${site}${encodeURIComponent(name)}/`).href;
}

function idsIn(node: ElementContent): string[] {
  if (node.type !== 'element') return [];
  const { id } = node.properties;
  return [...(typeof id === 'string' ? [id] : []), ...node.children.flatMap(idsIn)];
}

/**
 * Nodes as paper shows them: a link that leads nowhere keeps its text and loses its address, elements have names that
 * become the right tags.
 */
export function onPaper(nodes: readonly ElementContent[], links: PaperLinks): ElementContent[] {
  return nodes.map((node) => (node.type === 'element' ? elementOnPaper(node, links) : node));
}

/**
 * What Chromium would tag otherwise: a `Figure` is a picture and has to say what it shows, while most of ours are cards
 * of code; `Strong` and `Em` are of PDF 2.0, and readers of 1.x skip their text.
 */
const tagNames: Readonly<Record<string, string>> = { figure: 'div', strong: 'b', em: 'i' };

function elementOnPaper(element: Element, links: PaperLinks): Element {
  if (element.data?.formula) return formulaOnPaper(element);
  const children = onPaper(element.children, links);
  const { id } = element.properties;
  const place = typeof id === 'string' ? links.place(id) : undefined;
  return {
    ...element,
    tagName: tagNames[element.tagName] ?? element.tagName,
    properties: {
      ...(element.tagName === 'a' ? linkOnPaper(element, links) : element.properties),
      ...(place === undefined ? {} : { id: place }),
    },
    children,
  };
}

function linkOnPaper({ properties }: Element, { address }: PaperLinks): Element['properties'] {
  const { href, target, rel, ...others } = properties;
  const place = href === undefined ? undefined : address(String(href));
  return place === undefined ? others : { ...others, href: place };
}

/** A drawing as one tagged picture with its alternative text, which replaces the one in its `<svg>`. */
export function pictureOnPaper(svg: string, label: string): Element {
  return h('div', { role: 'img', ariaLabel: label }, [raw(svg.replace(/^<svg([^>]*?) role="img"/, '<svg$1'))]);
}
