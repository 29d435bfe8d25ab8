import type { OpenedTrace } from './replay.ts';

export function captionOf(opened: OpenedTrace, stop: number): string {
  const beat = opened.history.beats[stop];
  return `${beat?.kind} ${beat?.task}`;
}
