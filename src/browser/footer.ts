import type { RevealApi } from 'reveal.js';
import { textRuns } from '../text/emoji.ts';
import { element, svgElement } from './elements.ts';

/**
 * The line at the foot of a slide: its section at the left, `7 / 42` at the right. It stands among the slides, so
 * that it has their scale. Title and replay slides go without, which is the style sheet's business.
 */
export function addFooter(deck: RevealApi): void {
  const section = element('span', { class: 'section-name' });
  const number = element('span', { class: 'slide-number-text' });
  const footer = element('div', { class: 'deck-footer', 'aria-hidden': 'true' }, [section, number]);
  deck.getSlidesElement()?.append(footer);
  const sections = [
    ...new Set(deck.getSlides().map((slide) => (slide instanceof HTMLElement ? slide.dataset.section : '') ?? '')),
  ].filter((name) => name !== '');

  const update = () => {
    const slide = deck.getCurrentSlide();
    if (!(slide instanceof HTMLElement)) return;
    const name = slide.dataset.section ?? '';
    const place = sections.indexOf(name) + 1;
    // A section's own slide says its name large.
    const told = name === '' || slide.matches('.section') ? '' : /^\d/.test(name) ? name : `${place} · ${name}`;
    section.replaceChildren(...withEmoji(told));
    number.textContent = `${deck.getSlidePastCount() + 1} / ${deck.getTotalSlides()}`;
    // On a ground of the slide's own its ink is the slide's, too.
    if (slide.dataset.scheme) footer.dataset.scheme = slide.dataset.scheme;
    else delete footer.dataset.scheme;
    footer.hidden = slide.matches('.title, .replay') || deck.isOverview();
  };
  for (const type of ['ready', 'slidechanged', 'overviewshown', 'overviewhidden']) deck.on(type, update);
  update();
}

/** Text with the page's own picture behind each emoji, as the deck's HTML has it. */
function withEmoji(text: string): (Node | string)[] {
  return textRuns(text).map(({ text: content, emoji }) => {
    if (emoji === undefined) return content;
    const picture = svgElement('svg', { 'aria-hidden': 'true' }, [svgElement('use', { href: `#emoji-${emoji}` })]);
    return element('span', { class: 'emoji' }, [picture, content]);
  });
}
