import { clip, columns } from '../../text/width.ts';
import type { Replay } from '../replay.ts';
import { type Box, group, rect, type Shape, text, widthOf } from '../shapes.ts';
import type { State, VariableState } from '../state.ts';
import { standingFor } from '../subjects.ts';
import type { RowStyle } from './seats.ts';

/** Columns that a value may take. */
const longest = 16;

/**
 * A context variable or a watched name with its value: one of a global, one for each task that lives of a name that is
 * every task's own.
 */
export function variablePanel(replay: Replay, state: State, name: string, box: Box, style: RowStyle): Shape {
  const middle = box.y + box.height / 2;
  const baseline = middle + style.size * 0.36;
  const mono = { size: style.size, mono: true };
  const shapes: Shape[] = [text('title', 'heading code-name', box.x, baseline, name, mono)];
  let x = box.x + widthOf(name, mono) + 20;
  const values = [...state.variables.values()]
    .filter((variable) => variable.name === name && !isOver(state, variable))
    .sort((a, b) => (a.task ?? 0) - (b.task ?? 0));
  for (const [n, { scope, task, value }] of values.entries()) {
    const shown = clip(value, longest, columns);
    const width = widthOf(shown, mono) + 28;
    const owner = scope === 'global' || task === null ? null : (replay.labels.get(task) ?? '?');
    const ownerWidth = owner === null ? 0 : widthOf(owner, { size: style.size, weight: 'bold' }) + 12;
    if (x + ownerWidth + width > box.x + box.width - (n < values.length - 1 ? 50 : 0)) {
      shapes.push(text('more', 'none', x, baseline, `+${values.length - n}`, { size: style.size }));
      break;
    }
    const key = `v${task ?? 0}`;
    if (owner !== null && task !== null) {
      const label = text(`${key}-owner`, 'owner', x, baseline, owner, { size: style.size, weight: 'bold' });
      shapes.push(standingFor(label, { kind: 'task', id: task }));
      x += ownerWidth;
    }
    const height = style.slot * 0.8;
    shapes.push(
      group(
        key,
        'value',
        [
          rect('box', '', { x: 0, y: 0, width, height }),
          text('text', '', 14, height / 2 + style.size * 0.36, shown, mono),
        ],
        x,
        middle - height / 2,
      ),
    );
    x += width + 20;
  }
  return group(`v-${name}`, 'variable', shapes);
}

/** Room for a variable with `owners` values at once, for arranging panels before anything has happened. */
export function variableWidth(name: string, owners: number, style: RowStyle): number {
  const each = (longest * 0.6 * style.size) / 2 + 48 + (owners > 1 ? 90 : 0);
  return widthOf(name, { size: style.size, mono: true }) + 20 + Math.min(4, owners) * each;
}

/** A task that has ended takes its values with it. */
function isOver(state: State, { scope, task }: VariableState): boolean {
  return scope !== 'global' && task !== null && state.tasks.get(task)?.status === 'done';
}
