import type { RevealApi } from 'reveal.js';

/**
 * Gives the page around the slides the ground that the slide at hand has of its own (`::slide{background=…}`), so that
 * windows of other proportions show no frame around it. Title and section slides need none of it: see title.css.
 */
export function followGround(deck: RevealApi): void {
  const viewport = deck.getViewportElement();
  const update = () => {
    const slide = deck.getCurrentSlide();
    if (!(slide instanceof HTMLElement) || !viewport) return;
    const own = slide.matches('.grounded') && !deck.isOverview();
    viewport.style.backgroundColor = own ? getComputedStyle(slide).backgroundColor : '';
  };
  for (const type of ['ready', 'slidechanged', 'overviewshown', 'overviewhidden']) deck.on(type, update);
  update();
}
