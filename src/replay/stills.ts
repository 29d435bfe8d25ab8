import type { Still } from './data.ts';
import { drawReplay } from './draw.ts';
import type { Replay } from './replay.ts';

/**
 * A picture of every key step, 1776 × 912.
 *
 * @param document Any document; jsdom's will do. Nothing is attached to it.
 */
export function makeStills(document: Document, replay: Replay): readonly Still[] {
  const { lang } = replay.data;
  return replay.keySteps.map(({ index, caption }, n) => {
    const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    svg.setAttribute('id', `${replay.data.id}-${n + 1}`);
    drawReplay(svg, replay, index, { layout: 'wide', width: 1776, height: 912 });
    const { time, step, steps } = replay.clock(index);
    const clock = lang === 'ko' ? `${time} · ${step}/${steps}단계` : `${time} · step ${step}/${steps}`;
    return { index, caption, clock, svg: svg.outerHTML };
  });
}
