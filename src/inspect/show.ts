/** Milliseconds after which a slide that does not come is looked at as it is. */
const patience = 2000;

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
  const fragment = slide.matches('.replay') ? step - 1 : lastFragment(slide);
  location.hash = `#/${id}${fragment < 0 ? '' : `/${fragment}`}`;
  const shown = () =>
    slide.matches('.present') &&
    [...slide.querySelectorAll<HTMLElement>('.fragment')].every(
      (part) => part.classList.contains('visible') === Number(part.dataset.fragmentIndex) <= fragment,
    );
  const start = performance.now();
  while (!shown() && performance.now() - start < patience) await new Promise((resolve) => setTimeout(resolve, 0));
  return slide;
}

/** Index of the last fragment, −1 without any. */
function lastFragment(slide: Element): number {
  const indices = [...slide.querySelectorAll<HTMLElement>('.fragment')].map(({ dataset }) =>
    Number(dataset.fragmentIndex ?? 0),
  );
  return Math.max(-1, ...indices);
}
