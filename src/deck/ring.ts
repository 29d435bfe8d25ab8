import type { Element } from 'hast';
import { s } from 'hastscript';

/** Where the three waiting cards stand on the ring, in degrees from the top. */
const waiting = [208, 256];

/**
 * The mark of the title and section slides: an event loop as a ring with one running card, one ready and two that
 * wait. Decoration, hidden from screen readers.
 *
 * @param share How much of the ring is drawn as done, 0 to 1; the running card stands at its end.
 */
export function ring(share: number): Element {
  const running = Math.max(0.06, Math.min(1, share)) * 360;
  const ready = running + 44;
  return s('svg', { className: 'ring', viewBox: '-320 -320 640 640', ariaHidden: 'true', focusable: 'false' }, [
    s('circle', { className: 'ring-track', r: 240 }),
    s('path', { className: 'ring-done', d: arc(running) }),
    ...waiting
      .filter((angle) => Math.abs(angle - running) > 34 && Math.abs(angle - ready) > 34)
      .map((angle) => card(angle, 'waiting', 'M-9 -14v28M9 -14v28')),
    card(ready, 'ready', 'M0 16v-30M-13 -3l13 -13l13 13'),
    card(running, 'running', 'M-11 -17L18 0L-11 17Z'),
  ]);
}

function card(angle: number, state: string, glyph: string): Element {
  const [x, y] = point(angle);
  return s('g', { className: `ring-${state}`, transform: `translate(${x} ${y})` }, [
    s('rect', { x: -44, y: -41, width: 88, height: 82, rx: 14 }),
    s('path', { d: glyph }),
  ]);
}

function arc(angle: number): string {
  const [x, y] = point(Math.min(angle, 359.9));
  return `M0 -240A240 240 0 ${angle > 180 ? 1 : 0} 1 ${x} ${y}`;
}

function point(angle: number): [number, number] {
  const radians = ((angle - 90) * Math.PI) / 180;
  return [Math.round(240 * Math.cos(radians) * 10) / 10, Math.round(240 * Math.sin(radians) * 10) / 10];
}
