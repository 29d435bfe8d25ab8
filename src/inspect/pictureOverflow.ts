import type { Fault } from './fault.ts';
import { placeOf } from './place.ts';

/** Pixels by which a text may stand out of its frame: widths are computed from font metrics. */
const tolerance = 3;

/** Texts of drawn pictures (replays, diagrams) that leave the picture, or sideways the frame that they stand in. */
export function pictureOverflowsOf(slide: Element): Fault[] {
  const faults: Fault[] = [];
  for (const picture of picturesOf(slide)) {
    const around = picture.getBoundingClientRect();
    for (const text of textsOf(picture)) {
      const inner = text.getBoundingClientRect();
      const place = { ...placeOf(text), text: shortened(text) };
      for (const side of ['left', 'right', 'top', 'bottom'] as const) {
        const upper = side === 'left' || side === 'top';
        const pixels = upper ? around[side] - inner[side] : inner[side] - around[side];
        // The box of a text holds the font's whole height, of which letters need less.
        const air = side === 'left' || side === 'right' ? tolerance : inner.height * 0.3;
        if (pixels > air) faults.push({ ...place, kind: 'overflow', pixels: Math.round(pixels), side, lost: true });
      }
      const frame = frameOf(text, inner);
      if (!frame) continue;
      for (const side of ['left', 'right'] as const) {
        const pixels = side === 'left' ? frame.left - inner.left : inner.right - frame.right;
        if (pixels > tolerance)
          faults.push({ ...place, kind: 'overflow', pixels: Math.round(pixels), side, lost: false });
      }
    }
  }
  return faults;
}

/** The pictures of a slide that hold text, without the small ones that stand for emoji. */
export function picturesOf(slide: Element): SVGSVGElement[] {
  return [...slide.querySelectorAll('svg')].filter(
    (picture) => !picture.closest('.emoji') && picture.checkVisibility({ visibilityProperty: true }),
  );
}

/** The texts of a picture that are to be seen. */
export function textsOf(picture: Element): SVGTextElement[] {
  return [...picture.querySelectorAll('text')].filter(
    (text) =>
      (text.textContent ?? '').trim() !== '' &&
      !text.matches('.emoji') &&
      text.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
      text.getBoundingClientRect().width > 0,
  );
}

/** The frame that a text stands in the middle of: a rectangle of its own group, or of a group around that. */
function frameOf(text: Element, inner: DOMRect): DOMRect | undefined {
  const x = inner.left + inner.width / 2;
  const y = inner.top + inner.height / 2;
  for (let group = text.parentElement; group && group.tagName !== 'svg'; group = group.parentElement) {
    const frames = [...group.querySelectorAll(':scope > rect')]
      .map((rect) => rect.getBoundingClientRect())
      .filter(({ left, right, top, bottom }) => left <= x && x <= right && top <= y && y <= bottom);
    if (frames.length > 0) return frames.reduce((a, b) => (a.width * a.height <= b.width * b.height ? a : b));
  }
  return undefined;
}

function shortened({ textContent }: Element): string {
  const text = (textContent ?? '').trim();
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}
