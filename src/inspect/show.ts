/** Milliseconds after which a slide that does not come is looked at as it is. */
const patience = 2000;
/** Milliseconds after which the deck is told again. */
const retry = 500;

/** A replay's key steps; other slides have one, with all that they show bit by bit. */
export function stepsOf(slide: Element): number {
  return slide.matches('.replay') ? lastFragment(slide) + 2 : 1;
}

/**
 * Turns the deck to a slide, by its address as a reader would, since reveal keeps to itself.
 *
 * @param step A replay's key step from 0; of other slides all fragments are shown.
 */
export async function showSlide(id: string, step: number): Promise<Element> {
  const slide = document.getElementById(id);
  if (!slide) throw new Error(`there is no slide ${id}`);
  await turnTo(slide, slide.matches('.replay') ? step - 1 : lastFragment(slide), patience);
  return slide;
}

/**
 * Turns the deck to a slide and its fragments.
 *
 * @param fragment Index of the last fragment that shows; −1 shows none.
 * @param milliseconds How long to wait at most.
 */
export async function turnTo(slide: Element, fragment: number, milliseconds: number): Promise<void> {
  const turn = () => {
    location.hash = `#/${slide.id}/${fragment}`;
    // The browser's own event comes later, when reveal may have put an earlier address back: it writes them with a
    // second's delay (`debouncedReplaceState`, js/controllers/location.js).
    dispatchEvent(new HashChangeEvent('hashchange'));
  };
  const shown = () =>
    slide.matches('.present') &&
    [...slide.querySelectorAll<HTMLElement>('.fragment')].every(
      (part) => part.classList.contains('visible') === Number(part.dataset.fragmentIndex) <= fragment,
    );
  const start = performance.now();
  let turned = Number.NEGATIVE_INFINITY;
  while (!shown() && performance.now() - start < milliseconds) {
    // Chromium ignores addresses that change too often, for a while.
    if (performance.now() - turned > retry) {
      turn();
      turned = performance.now();
    }
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
}

/** Index of the last fragment, −1 without any. */
export function lastFragment(slide: Element): number {
  const indices = [...slide.querySelectorAll<HTMLElement>('.fragment')].map(({ dataset }) =>
    Number(dataset.fragmentIndex ?? 0),
  );
  return Math.max(-1, ...indices);
}
