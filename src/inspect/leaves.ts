/** Something on a slide that is seen for itself: a text, or a picture. */
export interface Leaf {
  /** The picture, or the element that the text stands in. */
  readonly element: Element;
  readonly text: string;
  /** What it covers in the window, a rectangle a line. */
  readonly boxes: readonly DOMRect[];
}

/** What is for other eyes than the audience's. */
const unseen = 'script, style, template, aside.notes, .visually-hidden, .katex-mathml, [hidden]';
/** What is looked at as a whole: inside of it other rules hold. */
const whole = 'img, svg, canvas, video, input, .katex, .emoji';

/** Every text and picture of an element that is to be seen. */
export function leavesOf(element: Element): Leaf[] {
  if (element.matches(unseen) || !element.checkVisibility({ visibilityProperty: true })) return [];
  if (element.matches(whole)) {
    const text = element.matches('.emoji, .katex') ? (element.textContent ?? '') : '';
    return seen({ element, text, boxes: [element.getBoundingClientRect()] });
  }
  return [...element.childNodes].flatMap((child) => {
    if (child instanceof Element) return leavesOf(child);
    if (!(child instanceof Text) || child.data.trim() === '') return [];
    const range = document.createRange();
    range.selectNodeContents(child);
    return seen({ element, text: child.data, boxes: [...range.getClientRects()] });
  });
}

function seen({ element, text, boxes }: Leaf): Leaf[] {
  const real = boxes.filter(({ width, height }) => width > 0 && height > 0);
  return real.length > 0 ? [{ element, text, boxes: real }] : [];
}
