import type { RevealApi } from 'reveal.js';
import { element } from './elements.ts';
import { controlWords } from './words.ts';

/**
 * Mends what reveal.js 6 does to screen readers: its `role="application"` takes their reading keys away
 * (reveal.js#3772), and its live region reads whole slides, code token by token. Instead a polite region tells a new
 * slide's heading; replays tell their own steps.
 */
export function announceSlides(deck: RevealApi): void {
  const wrapper = deck.getRevealElement();
  if (!(wrapper instanceof HTMLElement)) return;
  wrapper.removeAttribute('role');
  // reveal keeps writing into its region; outside of the page nobody hears it.
  wrapper.querySelector('.aria-status')?.remove();
  const words = controlWords[document.documentElement.lang.startsWith('ko') ? 'ko' : 'en'];
  for (const [name, label] of [
    ['left', words.previousSlide],
    ['right', words.nextSlide],
  ] as const)
    for (const button of wrapper.querySelectorAll(`.navigate-${name}`)) button.setAttribute('aria-label', label);
  const region = element('p', { class: 'visually-hidden', 'aria-live': 'polite' });
  wrapper.append(region);
  const tell = () => {
    const slide = deck.getCurrentSlide();
    const heading = slide?.querySelector('h1, h2, h3')?.textContent?.trim() ?? '';
    region.textContent = `${heading} ${deck.getSlidePastCount() + 1} / ${deck.getTotalSlides()}`;
    for (const other of deck.getSlides())
      if (other instanceof HTMLElement) other.inert = other !== slide && !deck.isOverview();
  };
  tell();
  for (const type of ['slidechanged', 'overviewshown', 'overviewhidden']) deck.on(type, tell);
  deck.on('fragmentshown', (event) => {
    const { fragment } = event as unknown as { readonly fragment?: HTMLElement };
    if (fragment && !fragment.closest('.loopreel-replay')) region.textContent = fragment.textContent?.trim() ?? '';
  });
}
