// `interrupt` also keeps d3-transition in a bundle: it is the one that teaches selections to move.
import { interrupt, select } from 'd3';
import { type Shape, written } from './shapes.ts';

const namespace = 'http://www.w3.org/2000/svg';
/** Attributes that glide from one picture to the next; the others switch at once. */
const gliding = new Set(['x', 'y', 'width', 'height', 'cx', 'cy', 'r', 'x1', 'x2', 'y1', 'y2', 'transform']);

/**
 * Joins shapes to the children of an element by key: what is new is added, what is gone is removed, what stayed moves.
 * The result depends on `shapes` only, never on what was drawn before.
 *
 * @param milliseconds 0 draws at once and schedules nothing; else a transition that a later call interrupts, in
 * which case elements on their way out stay in the page until it ends.
 */
export function render(parent: Element, shapes: readonly Shape[], milliseconds: number): void {
  const joined = select(parent)
    .selectChildren<Element, Shape | undefined>()
    .data(shapes, (shape) => (shape ? `${shape.tag} ${shape.key}` : ''))
    .join(
      (entering) =>
        entering.append((shape) => {
          const element = parent.ownerDocument.createElementNS(namespace, shape.tag);
          for (const [name, value] of Object.entries(shape.attributes)) element.setAttribute(name, written(value));
          if (milliseconds > 0) element.setAttribute('opacity', '0');
          return element;
        }),
      (staying) => staying,
      (leaving) => {
        if (milliseconds === 0) leaving.each((_, n, nodes) => interrupt(nodes[n] ?? parent)).remove();
        else
          leaving
            .transition()
            .duration(milliseconds / 2)
            .attr('opacity', 0)
            .remove();
      },
    )
    .order();
  joined.each(function (shape) {
    if (shape) update(this as Element, shape, milliseconds);
  });
}

function update(element: Element, shape: Shape, milliseconds: number): void {
  const animated = milliseconds > 0;
  const selection = select(element);
  interrupt(element);
  const moves: [string, string][] = [];
  for (const [name, value] of Object.entries(shape.attributes)) {
    const next = written(value);
    if (element.getAttribute(name) === next) continue;
    if (animated && gliding.has(name) && element.hasAttribute(name)) moves.push([name, next]);
    else element.setAttribute(name, next);
  }
  let fading = false;
  for (const name of element.getAttributeNames()) {
    if (name in shape.attributes) continue;
    if (animated && name === 'opacity') fading = true;
    else element.removeAttribute(name);
  }
  if (moves.length > 0 || fading) {
    const transition = selection.transition().duration(milliseconds);
    for (const [name, value] of moves) transition.attr(name, value);
    if (fading) transition.attr('opacity', 1);
    // Interpolated transforms are spelled differently: in the end every attribute is as a cut would write it.
    transition.on('end', () => {
      for (const [name, value] of moves) element.setAttribute(name, value);
      element.removeAttribute('opacity');
    });
  }
  if (shape.text !== undefined) {
    if (element.textContent !== shape.text || element.firstElementChild) element.textContent = shape.text;
  } else {
    if (element.firstChild && !element.firstElementChild) element.textContent = '';
    render(element, shape.children ?? [], milliseconds);
  }
}
