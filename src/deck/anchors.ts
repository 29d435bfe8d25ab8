import type { Element, ElementContent } from 'hast';
import { anchorOf } from '../notes/anchor.ts';
import type { Slide } from './deck.ts';
import { hastText } from './hastText.ts';

/**
 * Slides whose links into their own note lead to slides: `[above](#who-waits)` names a heading as GitHub does, reveal.js
 * and paper know ids. One that names nothing stays.
 */
export function withAnchors(slides: readonly Slide[]): readonly Slide[] {
  if (!slides.some(({ heading, body }) => [heading, ...body].some(linksHere))) return slides;
  const ids = new Set(slides.map(({ id }) => id));
  const named = new Map<string, string>();
  for (const { id, title, body } of slides) {
    const headings = [title.replace(/ \(\d+\/\d+\)$/, ''), ...body.flatMap(headingsIn)];
    for (const heading of headings) {
      const anchor = anchorOf(heading);
      if (!named.has(anchor)) named.set(anchor, id);
    }
  }
  const resolve = (href: string): string => {
    const name = decoded(href.slice(1));
    const id = ids.has(name) ? name : named.get(anchorOf(name));
    return id === undefined ? href : `#/${id}`;
  };
  return slides.map((slide) => ({
    ...slide,
    heading: resolved(slide.heading, resolve),
    body: slide.body.map((node) => (node.type === 'element' ? resolved(node, resolve) : node)),
  }));
}

/** Whether an address names a heading of the same note; one that reveal.js knows begins with `#/`. */
function isHere(href: unknown): href is string {
  return typeof href === 'string' && /^#[^/]/.test(href);
}

function linksHere(node: ElementContent): boolean {
  return node.type === 'element' && (isHere(node.properties.href) || node.children.some(linksHere));
}

function headingsIn(node: ElementContent): string[] {
  if (node.type !== 'element') return [];
  return /^h[1-6]$/.test(node.tagName) ? [hastText(node)] : node.children.flatMap(headingsIn);
}

function resolved(element: Element, resolve: (href: string) => string): Element {
  if (!linksHere(element)) return element;
  const { href } = element.properties;
  return {
    ...element,
    properties: isHere(href) ? { ...element.properties, href: resolve(href) } : element.properties,
    children: element.children.map((child) => (child.type === 'element' ? resolved(child, resolve) : child)),
  };
}

/** An address as people read it; one that is wrongly encoded stays. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
