import type { Place } from './fault.ts';
import { leavesOf } from './leaves.ts';
import { picturesOf, textsOf } from './pictureOverflow.ts';
import { placeOf } from './place.ts';

/** The attribute of elements whose fonts are to be asked for. */
export const fontMark = 'data-inspect-font';

/**
 * Marks the elements of a slide with characters that no earlier slide has shown in that font: only the browser's own
 * tools know what they are drawn with.
 *
 * @param known Characters that have been seen, by their font; is added to.
 * @returns The place of each, in order of their numbers.
 */
export function markFonts(slide: Element, known: Set<string>): Place[] {
  const places: Place[] = [];
  const texts = leavesOf(slide)
    .filter(({ element, text }) => text.trim() !== '' && !element.matches('.emoji'))
    .map(({ element, text }) => ({ element, text }));
  const drawn = picturesOf(slide)
    .flatMap(textsOf)
    .map((element) => ({ element, text: element.textContent ?? '' }));
  for (const { element, text } of [...texts, ...drawn]) {
    const { fontFamily, fontWeight, fontStyle } = getComputedStyle(element);
    const fresh = [...new Set(text.replace(/\s/g, ''))].filter(
      (character) => !known.has(`${fontFamily} ${fontWeight} ${fontStyle} ${character}`),
    );
    if (fresh.length === 0) continue;
    for (const character of fresh) known.add(`${fontFamily} ${fontWeight} ${fontStyle} ${character}`);
    element.setAttribute(fontMark, String(places.length));
    places.push(placeOf(element));
  }
  return places;
}
