import { select } from 'd3';
import type { Replay } from '../replay/replay.ts';
import type { Shape } from '../replay/shapes.ts';
import { describe, type Subject, stopsOf } from '../replay/subjects.ts';
import { element } from './elements.ts';
import type { Player } from './player.ts';

/** Distance of the tip from the pointer, in pixels of the page. */
const distance = 14;

/**
 * Lets a pointer ask: over a lane, a chip, a chair or a line of code a tip says what it is. A click on a line or a
 * resource goes to the next stop at which it runs or changes (after the last to the first), a click on a task follows
 * it, a second one leaves it. A finger's first tap asks, the second acts.
 *
 * @param picture The svg that `drawReplay` draws into: its elements carry their shapes (d3-selection's data).
 */
export function bindPointing(root: HTMLElement, picture: SVGSVGElement, replay: Replay, player: Player): void {
  // For eyes and pointers only: captions and transcript tell the same to everybody else.
  const tip = element('div', { class: 'tip', 'aria-hidden': 'true', hidden: '' });
  root.append(tip);
  let shown: Subject | null = null;
  let shownAt = -1;

  const ask = (event: PointerEvent): Subject | null => {
    const subject = subjectAt(picture, event);
    const { index } = player.position();
    // A description reads the whole trace: a pointer that only moves on the same thing moves the tip.
    if (subject && index === shownAt && isSame(shown, subject)) {
      place(tip, root, event);
      return subject;
    }
    const lines = subject ? describe(replay, index, subject) : [];
    shown = lines.length > 0 ? subject : null;
    shownAt = index;
    tip.hidden = shown === null;
    picture.classList.toggle('asked', shown !== null);
    if (!shown) return null;
    tip.replaceChildren(...lines.map((line) => element('p', {}, [line])));
    place(tip, root, event);
    return subject;
  };
  const leave = () => {
    shown = null;
    tip.hidden = true;
    picture.classList.remove('asked');
  };

  picture.addEventListener('pointermove', (event) => {
    if (event.pointerType === 'mouse') ask(event);
  });
  picture.addEventListener('pointerleave', (event) => {
    if (event.pointerType === 'mouse') leave();
  });
  let asked: Subject | null = null;
  picture.addEventListener('pointerdown', () => {
    asked = shown;
  });
  picture.addEventListener('pointerup', (event) => {
    if (event.button !== 0) return;
    const before = asked;
    const subject = ask(event);
    if (!subject) return;
    if (event.pointerType !== 'mouse' && !isSame(before, subject)) return;
    act(subject);
    if (event.pointerType === 'mouse') ask(event);
    else leave();
  });

  function act(subject: Subject): void {
    if (subject.kind === 'task') {
      player.follow(player.position().followed === subject.id ? null : subject.id);
      return;
    }
    toNextStop(replay, player, subject);
  }
}

/** Goes to the next stop that concerns a subject; after the last, to the first. */
export function toNextStop(replay: Replay, player: Player, subject: Subject): void {
  const { index } = player.position();
  const stops = stopsOf(replay, subject);
  const next = stops.find((stop) => stop > index) ?? stops[0];
  if (next !== undefined) player.seek(next);
}

/** What stands under a pointer: the innermost shape that stands for something there. */
function subjectAt(picture: SVGSVGElement, event: PointerEvent): Subject | null {
  const bounds = picture.getBoundingClientRect();
  const { width, height } = picture.viewBox.baseVal;
  const x = ((event.clientX - bounds.left) / Math.max(1, bounds.width)) * width;
  const y = ((event.clientY - bounds.top) / Math.max(1, bounds.height)) * height;
  const subject = (part: Element) => select<Element, Shape | undefined>(part).datum()?.about?.(x, y) ?? null;
  for (let part = event.target as Element | null; part && part !== picture; part = part.parentElement) {
    const found = subject(part);
    if (found) return found;
  }
  // Between its shapes a panel has no element: then the panels are asked for the place.
  for (const panel of picture.children) {
    const found = subject(panel);
    if (found) return found;
  }
  return null;
}

function isSame(a: Subject | null, b: Subject): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** Beside the pointer, inside of the replay. Rectangles are as shown, so that reveal may scale the slide. */
function place(tip: HTMLElement, root: HTMLElement, event: PointerEvent): void {
  const bounds = root.getBoundingClientRect();
  const scale = bounds.width / Math.max(1, root.offsetWidth);
  const x = (event.clientX - bounds.left) / scale;
  const y = (event.clientY - bounds.top) / scale;
  const left = x + distance + tip.offsetWidth > root.offsetWidth ? x - distance - tip.offsetWidth : x + distance;
  const top = y + distance + tip.offsetHeight > root.offsetHeight ? y - distance - tip.offsetHeight : y + distance;
  tip.style.left = `${Math.max(0, left)}px`;
  tip.style.top = `${Math.max(0, top)}px`;
}
