import { cardsOf } from './cards.ts';
import { colourOf } from './colour.ts';
import type { Part, SlideParts } from './part.ts';
import { unseen } from './runs.ts';
import { tablePart } from './tables.ts';
import { codePart, listPart, textPart } from './texts.ts';

declare global {
  /** What a slide of the print page is made of. */
  var loopreelPartsOf: ((slide: Element) => SlideParts) | undefined;
  /** A token of the theme as `#rrggbb`. */
  var loopreelColour: ((token: string) => string | undefined) | undefined;
}

globalThis.loopreelPartsOf = (slide) => {
  for (const marked of slide.querySelectorAll('[data-picture]')) marked.removeAttribute('data-picture');
  const style = getComputedStyle(slide);
  const origin = slide.getBoundingClientRect();
  const ground = colourOf(style.backgroundColor) ?? colourOf(getComputedStyle(document.body).backgroundColor);
  const parts = [...slide.children].flatMap((child) =>
    child.matches('.slide-title, .large-title') ? titleParts(child) : partsOf(child),
  );
  const footer = slide.querySelector('.slide-footer');
  const muted = footer ? colourOf(getComputedStyle(footer).color) : undefined;
  return {
    ...(muted ? { muted } : {}),
    ground: ground ?? '#ffffff',
    pictured: style.backgroundImage !== 'none',
    parts: parts.map((part) => ({
      ...part,
      area: { ...part.area, x: part.area.x - origin.x, y: part.area.y - origin.y },
    })),
  };
};

globalThis.loopreelColour = (token) => {
  const probe = document.body.appendChild(document.createElement('i'));
  probe.style.color = `var(--lr-${token})`;
  const colour = colourOf(getComputedStyle(probe).color);
  probe.remove();
  return colour;
};

function titleParts(heading: Element): Part[] {
  return [...cardsOf(heading), ...textPart(heading).map((part) => ({ ...part, title: true }) as Part)];
}

/** Every part of an element, in the order in which it is painted. */
function partsOf(element: Element): Part[] {
  if (
    element.matches(unseen) ||
    element.matches('.slide-number') ||
    !element.checkVisibility({ visibilityProperty: true })
  )
    return [];
  if (element.matches('img, svg, .formula.display')) return [pictureOf(element)];
  const cards = cardsOf(element);
  if (element.matches('.diagram, .timeline, .still'))
    return [...cards, pictureOf(element.querySelector('svg') ?? element)];
  if (element instanceof HTMLTableElement) return [tablePart(element)];
  if (element.matches('ul, ol')) return [...cards, ...listPart(element), ...insideOf(element)];
  if (element.matches('pre'))
    return [...cards, ...[...element.querySelectorAll('.line')].flatMap(cardsOf), ...codePart(element)];
  if (element.matches('p, h1, h2, h3, h4, h5, h6, figcaption, summary, dt, dd') || holdsText(element))
    return [...cards, ...textPart(element), ...insideOf(element)];
  return [...cards, ...[...element.children].flatMap(partsOf)];
}

/** Pictures and codes within a text. */
function insideOf(element: Element): Part[] {
  return [...element.querySelectorAll('img, pre, table, .formula.display')].flatMap(partsOf);
}

function holdsText(element: Element): boolean {
  return [...element.childNodes].some((node) => node instanceof Text && node.data.trim() !== '');
}

function pictureOf(element: Element): Part {
  const { x, y, width, height } = element.getBoundingClientRect();
  const slide = element.closest('[data-slide]');
  element.setAttribute('data-picture', String(slide?.querySelectorAll('[data-picture]').length ?? 0));
  const told =
    element.closest('[role="img"]')?.getAttribute('aria-label') ??
    element.getAttribute('alt') ??
    element.getAttribute('aria-label');
  const hidden = element.closest('[aria-hidden="true"]') !== null;
  return { kind: 'picture', area: { x, y, width, height }, alt: hidden ? '' : (told ?? '') };
}
