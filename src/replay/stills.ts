import type { Still } from './data.ts';
import { pictureOf } from './picture.ts';
import type { Replay } from './replay.ts';
import { writeSvg } from './write.ts';

/** A picture of every key step, 1776 × 912. */
export function makeStills(replay: Replay): readonly Still[] {
  const { lang } = replay.data;
  return replay.keySteps.map(({ index, caption }) => {
    const picture = pictureOf(replay, index, { layout: 'wide', width: 1776, height: 912 });
    const { time, step, steps } = replay.clock(index);
    const clock = lang === 'ko' ? `${time} · ${step}/${steps}단계` : `${time} · step ${step}/${steps}`;
    return { index, caption, clock, svg: writeSvg(picture) };
  });
}
