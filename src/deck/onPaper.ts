import type { Element, ElementContent } from 'hast';
import { h } from 'hastscript';
import type { Deck } from './deck.ts';
import { formulaOnPaper } from './formula.ts';
import { raw } from './page.ts';

/** Where an address leads on paper: itself, a place in the same document, the site; undefined for nowhere. */
export type PaperAddress = (href: string) => string | undefined;

/**
 * The addresses of one deck on paper. Slides are places of the document; another deck is where the site has it, or
 * nowhere: beside the folder that is printed from lies nothing that a reader has.
 */
export function paperAddresses({ name, site, slides }: Deck): PaperAddress {
  const ids = new Set(slides.flatMap(({ id, heading, body }) => [id, ...[heading, ...body].flatMap(idsIn)]));
  return (href) => {
    if (/^(?:https?|mailto):/i.test(href)) return href;
    const here = /^#\/?(.+)$/.exec(href)?.[1];
    if (here !== undefined) return ids.has(here) ? `#${here}` : undefined;
    return site === undefined || !/^\.\.?\//.test(href) ? undefined : absolute(site, name, href);
  };
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
export function onPaper(nodes: readonly ElementContent[], address: PaperAddress): ElementContent[] {
  return nodes.map((node) => (node.type === 'element' ? elementOnPaper(node, address) : node));
}

/**
 * What Chromium would tag otherwise: a `Figure` is a picture and has to say what it shows, while most of ours are cards
 * of code; `Strong` and `Em` are of PDF 2.0, and readers of 1.x skip their text.
 */
const tagNames: Readonly<Record<string, string>> = { figure: 'div', strong: 'b', em: 'i' };

function elementOnPaper(element: Element, address: PaperAddress): Element {
  if (element.data?.formula) return formulaOnPaper(element);
  const children = onPaper(element.children, address);
  if (element.tagName !== 'a') return { ...element, tagName: tagNames[element.tagName] ?? element.tagName, children };
  const { href, target, rel, ...others } = element.properties;
  const place = href === undefined ? undefined : address(String(href));
  return { ...element, properties: place === undefined ? others : { ...others, href: place }, children };
}

/** A drawing as one tagged picture with its alternative text, which replaces the one in its `<svg>`. */
export function pictureOnPaper(svg: string, label: string): Element {
  return h('div', { role: 'img', ariaLabel: label }, [raw(svg.replace(/^<svg([^>]*?) role="img"/, '<svg$1'))]);
}
