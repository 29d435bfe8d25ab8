import { renderHandout } from '../../deck/handout/handout.ts';
import { noteWarning } from '../problems.ts';
import type { Exporter } from './kinds.ts';
import { pdfExporter } from './pdf.ts';

const print = pdfExporter(
  'handout',
  ({ handout }) =>
    (deck, page) =>
      renderHandout(deck, handout, page),
  '-handout',
);

/** `<deck>-handout.pdf`; tells where an exercise was asked for and there is nothing to ask. */
export const handouts: Exporter = async (prepared, shared, tools) => {
  const { deck, note } = prepared;
  const asks = deck.slides.some(({ storyboard }) => storyboard?.exercise.answers.length);
  if (tools.handout.exercise && !asks) {
    const reason = 'no replay of this note has a queue of several tasks to ask about; its handout has no exercise';
    const fix = 'Ask yourself with `:::ask` below a block.';
    tools.effects.messages(note.path, [noteWarning(reason, 1, 'handout-exercise', fix)]);
  }
  return print(prepared, shared, tools);
};
