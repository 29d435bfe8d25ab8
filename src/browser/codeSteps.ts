import type { RevealApi } from 'reveal.js';

/**
 * Moves the mark of codes with line steps (`{1-3|5}`): the lines of the step that has been reached are marked, the
 * others stand back. As many steps are done as fragments of the code show, whatever way led there.
 */
export function showCodeSteps(deck: RevealApi): void {
  const update = () => {
    for (const card of deck.getCurrentSlide()?.querySelectorAll<HTMLElement>('.code-card:has(> .code-step)') ?? []) {
      const step = String(card.querySelectorAll(':scope > .code-step.visible').length);
      card.classList.add('stepping');
      for (const line of card.querySelectorAll<HTMLElement>('.line'))
        line.classList.toggle('marked', line.dataset.steps?.split(' ').includes(step) ?? false);
    }
  };
  for (const event of ['ready', 'slidechanged', 'fragmentshown', 'fragmenthidden']) deck.on(event, update);
}
