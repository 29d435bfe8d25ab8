import type { KeyStep } from './keySteps.ts';
import { pairPicture, stripPicture } from './pair.ts';
import { type Replay, wants } from './replay.ts';
import { words } from './words.ts';
import { writeSvg } from './write.ts';

/** A storyboard's frames with blanks to fill in, and what belongs into them. */
export interface Exercise {
  /** By the frame's place in the storyboard, from 0: its picture with blanks. Frames that hide nothing are left out. */
  readonly frames: Readonly<Record<number, string>>;
  /** In the order of the frames. */
  readonly answers: readonly {
    /** The frame that asks. */
    readonly frame: number;
    readonly question: string;
    /** The sentence that the frame has otherwise; that of one that its author asks in is the question itself. */
    readonly caption: string;
    /** The thread and its queue, a whole `<svg>`. */
    readonly strip: string;
  }[];
}

/** Questions of one replay where its author asks none: more than that is a test. */
const most = 2;

/**
 * Blanks the ready queue of the frames that the author asks about, with the one behind each that tells the answer; where
 * the author asks nothing, of those whose queue has most to tell. A queue that a neighbouring frame would show is
 * blank there, too.
 */
export function makeExercise(replay: Replay): Exercise {
  const { keySteps } = replay;
  const w = words[replay.data.lang];
  const asked = replay.labels.size > 0 && wants(replay, 'queue') ? questions(replay) : [];
  const queues = new Set(asked.map((frame) => keySteps[frame]?.index ?? -1));
  const frames: Record<number, string> = {};
  const answers: Exercise['answers'][number][] = [];
  for (const [frame, step] of keySteps.entries()) {
    if (!asked.includes(frame)) {
      if (queues.has(step.before) || queues.has(step.index))
        frames[frame] = writeSvg(pairPicture(replay, step, { queues }));
      continue;
    }
    const question = step.kind === 'ask' ? step.caption : step.kind === 'answer' ? w.whoNow : w.whoQueues;
    const slot = step.kind === 'answer';
    frames[frame] = writeSvg(pairPicture(replay, step, { queues, question, slot }));
    const { caption } = step;
    answers.push({ frame, question, caption, strip: writeSvg(stripPicture(replay, step)) });
  }
  return { frames, answers };
}

/** The frames that ask, in order. */
function questions(replay: Replay): readonly number[] {
  const { keySteps } = replay;
  const marked = keySteps.flatMap(({ kind }, frame) => (kind === 'ask' || kind === 'answer' ? [frame] : []));
  if (marked.length > 0) return marked;
  const telling = keySteps
    .map((step, frame) => ({ frame, told: tellingness(replay, step) }))
    // The order of one is no question.
    .filter(({ told }) => told > 1)
    .sort((a, b) => b.told - a.told || a.frame - b.frame);
  const chosen: number[] = [];
  for (const { frame } of telling) {
    // Of two neighbours one would give the other away.
    if (chosen.length < most && chosen.every((other) => Math.abs(other - frame) > 1)) chosen.push(frame);
  }
  return chosen.sort((a, b) => a - b);
}

/** How much there is to say of the queue at a step: how many stand in it, where the step has changed that; else 0. */
function tellingness(replay: Replay, step: KeyStep): number {
  const named = (event: number) =>
    replay.stateAt(event).ready.filter(({ task, internal }) => task !== null || !internal);
  const after = named(step.index);
  const before = named(step.before);
  const same = after.length === before.length && after.every(({ handle }, n) => handle === before[n]?.handle);
  return same ? 0 : after.length;
}
