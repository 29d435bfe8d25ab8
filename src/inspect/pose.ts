import { lastFragment, turnTo } from './show.ts';

/** How many pictures a slide makes: without its fragments, and one for each. */
export function posesOf(slide: Element): number {
  return lastFragment(slide) + 2;
}

/**
 * Turns the deck to a slide at a step, counted from 0, and waits for it to come to rest: fragments shown, fonts loaded,
 * pictures decoded, everything drawn. It waits for as long as that takes; the caller has the clock.
 *
 * What tells of other slides, or of the way to this one, is taken out of the picture: an inserted slide must not change
 * the pictures of all behind it. The footer's numbers become 0, and the mark of what has moved in a replay goes.
 */
export async function pose(slide: Element, step: number): Promise<void> {
  await turnTo(slide, step - 1, Number.POSITIVE_INFINITY);
  const images = [...slide.querySelectorAll('img')].map((image) => image.decode());
  await Promise.allSettled(images);
  await document.fonts.ready;
  for (const card of slide.querySelectorAll('.card.moved')) card.classList.remove('moved');
  const number = document.querySelector('.deck-footer .slide-number-text');
  if (number) number.textContent = '0 / 0';
  const section = document.querySelector('.deck-footer .section-name')?.firstChild;
  if (section instanceof Text) section.data = section.data.replace(/^\d+(?= · )/, '0');
  // The first frame draws it, the second one begins when that is done.
  await frame();
  await frame();
}

function frame(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => resolve()));
}
