import type axe from 'axe-core';
import type { Fault, Scheme } from './fault.ts';
import { placeOf } from './place.ts';

/** A heading of the first level stands on the first slide. */
const ofTheDeck = 'page-has-heading-one';

/**
 * What axe-core, which has to be in the page, finds on the slide that is shown. The others are taken out of the page
 * meanwhile: it would walk through all of their pictures.
 *
 * @param scheme The colours that the page is in.
 */
export async function accessibilityOf(slide: Element, scheme: Scheme): Promise<Fault[]> {
  const restore = takeOutOthers(slide);
  try {
    const { violations } = await loadedAxe().run(document, {
      elementRef: true,
      preload: false,
      resultTypes: ['violations'],
      rules: slide.matches('.title') ? {} : { [ofTheDeck]: { enabled: false } },
    });
    return violations.flatMap(({ id, help, helpUrl, nodes }) =>
      nodes.flatMap((node): Fault[] => {
        const place = placeOf(node.element ?? slide);
        if (id === 'color-contrast') return [{ ...place, ...contrastOf(node, scheme) }];
        return [{ ...place, kind: 'accessibility', rule: id, help, url: helpUrl }];
      }),
    );
  } finally {
    restore();
  }
}

function contrastOf({ any }: axe.NodeResult, scheme: Scheme) {
  const { contrastRatio, expectedContrastRatio, fgColor, bgColor } = any[0]?.data ?? {};
  return {
    kind: 'contrast',
    ratio: Number(contrastRatio),
    needed: Number.parseFloat(expectedContrastRatio),
    colours: [String(fgColor), String(bgColor)],
    scheme,
  } as const;
}

function loadedAxe(): typeof axe {
  return (globalThis as unknown as { axe: typeof axe }).axe;
}

/** Gives back a function that puts the slides where they were. */
function takeOutOthers(slide: Element): () => void {
  const others = [...document.querySelectorAll('.slides section.slide')].filter((other) => other !== slide);
  const marks = others.map((other) => {
    const mark = document.createComment('');
    other.replaceWith(mark);
    return { other, mark };
  });
  return () => {
    for (const { other, mark } of marks) mark.replaceWith(other);
  };
}
