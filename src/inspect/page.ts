import { accessibilityOf } from './accessibility.ts';
import { faintTextsOf, kindsOf } from './contrast.ts';
import type { Fault, Place, Scheme } from './fault.ts';
import { fontMark, markFonts } from './fonts.ts';
import { overflowsOf } from './overflow.ts';
import { pictureOverflowsOf } from './pictureOverflow.ts';
import { pose, posesOf } from './pose.ts';
import { showSlide, stepsOf } from './show.ts';
import { smallTextsOf } from './size.ts';

/** What a slide looks like at one step. */
export interface Look {
  readonly faults: readonly Fault[];
  /** Whether it draws a kind of text that no earlier picture had: its colours are to be looked at. */
  readonly fresh: boolean;
}

/** What a deck's page can be asked about its slides. */
export interface Inspector {
  /** Ids of the slides in order, each with its replay's key steps; 1 where there is none. */
  slides(): readonly { readonly id: string; readonly steps: number }[];
  /** Shows a slide with all its fragments, or a replay at its key step; tells what is wrong with sizes and places. */
  look(id: string, step: number): Promise<Look>;
  /** What axe-core says of the slide that was last looked at. */
  judge(id: string): Promise<readonly Fault[]>;
  /** Texts of the slide that was last looked at which are too faint in a scheme; the page keeps the scheme. */
  colours(id: string, scheme: Scheme): readonly Fault[];
  /** See `markFonts`. */
  markFonts(id: string): readonly Place[];
  unmarkFonts(): void;
  /** The schemes in which the page can be shown. */
  schemes(): readonly Scheme[];
  /** Ids of the slides in order, each with the number of pictures that its fragments make. */
  poses(): readonly { readonly id: string; readonly steps: number }[];
  /** See `pose`. */
  pose(id: string, step: number): Promise<void>;
}

declare global {
  var loopreelInspector: Inspector | undefined;
}

const drawnKinds = new Set<string>();
const knownKinds = new Set<string>();
const knownCharacters = new Set<string>();
const fixed = document.documentElement.dataset.scheme as Scheme | undefined;

globalThis.loopreelInspector = {
  slides: () => slides().map((slide) => ({ id: slide.id, steps: stepsOf(slide) })),
  async look(id, step) {
    const slide = await showSlide(id, step);
    const faults = [...overflowsOf(slide), ...pictureOverflowsOf(slide), ...smallTextsOf(slide)];
    const fresh = kindsOf(slide).filter((kind) => !drawnKinds.has(kind));
    for (const kind of fresh) drawnKinds.add(kind);
    return { faults, fresh: fresh.length > 0 };
  },
  judge(id) {
    const scheme = fixed ?? 'light';
    document.documentElement.dataset.scheme = scheme;
    return accessibilityOf(slideOf(id), scheme);
  },
  colours(id, scheme) {
    document.documentElement.dataset.scheme = scheme;
    return faintTextsOf(slideOf(id), scheme, knownKinds);
  },
  markFonts: (id) => markFonts(slideOf(id), knownCharacters),
  unmarkFonts() {
    for (const element of document.querySelectorAll(`[${fontMark}]`)) element.removeAttribute(fontMark);
  },
  schemes: () => (fixed ? [fixed] : ['light', 'dark']),
  poses: () => slides().map((slide) => ({ id: slide.id, steps: posesOf(slide) })),
  pose: (id, step) => pose(slideOf(id), step),
};

function slides(): Element[] {
  return [...document.querySelectorAll('.slides section.slide')];
}

function slideOf(id: string): Element {
  const slide = document.getElementById(id);
  if (!slide) throw new Error(`there is no slide ${id}`);
  return slide;
}
