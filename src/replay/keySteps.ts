import { captionOf } from './captions.ts';
import type { OpenedTrace } from './replay.ts';

/** A step worth a click. */
export interface KeyStep {
  /** Index of its stop's event. */
  readonly index: number;
  readonly kind:
    | 'start'
    | 'mark'
    | 'spawn'
    | 'suspend'
    | 'advance'
    | 'contention'
    | 'release'
    | 'cancel'
    | 'raise'
    | 'blocked'
    | 'end';
  readonly caption: string;
}

export function keyStepsOf(opened: OpenedTrace): readonly KeyStep[] {
  const { stops } = opened;
  return stops
    .filter((_, n) => n % 5 === 0 || n === stops.length - 1)
    .map((index) => ({ index, kind: 'end' as const, caption: captionOf(opened, stops.indexOf(index)) }));
}
