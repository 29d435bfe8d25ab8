import type { Element, ElementContent } from 'hast';
import type { Deck, Slide } from './deck.ts';

/** Where a deck finds what lies outside of its page, when that is elsewhere than on the site. */
export interface Addresses {
  /** Another deck, by its name; undefined where there is none, and the link's text stays alone. */
  readonly deck: (name: string) => string | undefined;
  /** A picture, by its path below the deck's folder. */
  readonly picture: (path: string) => string | undefined;
}

/** The deck with other addresses on its slides and in its speaker notes. */
export function readdressed(deck: Deck, addresses: Addresses): Deck {
  return { ...deck, slides: deck.slides.map((slide) => slideAt(slide, addresses)) };
}

function slideAt(slide: Slide, addresses: Addresses): Slide {
  const { dress, notes } = slide;
  const ground = dress?.ground === undefined ? undefined : (addresses.picture(dress.ground) ?? dress.ground);
  return {
    ...slide,
    heading: elementAt(slide.heading, addresses),
    body: slide.body.map((node) => nodeAt(node, addresses)),
    ...(dress ? { dress: { ...dress, ...(ground === undefined ? {} : { ground }) } } : {}),
    ...(notes === undefined ? {} : { notes: notesAt(notes, addresses) }),
  };
}

function nodeAt(node: ElementContent, addresses: Addresses): ElementContent {
  return node.type === 'element' ? elementAt(node, addresses) : node;
}

function elementAt(element: Element, addresses: Addresses): Element {
  const { href, src, ...others } = element.properties;
  const link = typeof href === 'string' ? linkAt(href, addresses) : href;
  const picture = typeof src === 'string' ? pictureAt(src, addresses) : src;
  return {
    ...element,
    properties: {
      ...others,
      ...(link === undefined ? {} : { href: link }),
      ...(picture === undefined ? {} : { src: picture }),
    },
    children: element.children.map((child) => nodeAt(child, addresses)),
  };
}

/** Speaker notes are HTML already, as `hast-util-to-html` writes it: every value in double quotes. */
function notesAt(html: string, addresses: Addresses): string {
  return html
    .replace(/<a href="([^"]*)"/g, (link, href: string) => {
      const there = linkAt(href, addresses);
      return there === undefined ? '<a' : link.replace(href, there);
    })
    .replace(/(<img [^>]*?src=")([^"]*)"/g, (_, start: string, src: string) => `${start}${pictureAt(src, addresses)}"`);
}

function linkAt(href: string, { deck }: Addresses): string | undefined {
  const name = /^\.\.\/([^/]+)\/index\.html$/.exec(href)?.[1];
  return name === undefined ? href : deck(decoded(name));
}

function pictureAt(src: string, { picture }: Addresses): string {
  return picture(decoded(src)) ?? src;
}

/** An address as a path; one that is none stays as it is. */
function decoded(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}
