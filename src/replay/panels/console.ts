import { columns } from '../../text/width.ts';
import type { Replay } from '../replay.ts';
import { type Box, group, rect, type Shape, text } from '../shapes.ts';
import type { State } from '../state.ts';
import { words } from '../words.ts';

/** One line of output. */
interface OutputLine {
  readonly text: string;
  readonly stream: 'stdout' | 'stderr';
  /** Number of the line in the whole output, from 0. */
  readonly number: number;
}

/** The last rows of what was printed so far; the newest is the brightest. */
export function consolePanel(
  replay: Replay,
  state: State,
  box: Box,
  style: { readonly size: number; readonly lineHeight: number; readonly rows: number; readonly title: boolean },
): Shape {
  const { size, lineHeight, rows } = style;
  const left = box.x + size;
  const top = box.y + (box.height - rows * lineHeight) / 2;
  const width = Math.floor((box.width - 2 * size) / (size / 2));
  const title = words[replay.data.lang].output;
  const titleWidth = style.title ? columns(title) + 3 : 0;
  const all = outputLines(replay, state, rows).flatMap((line) => rowsOf(line, width));
  const shown = all.slice(-rows);
  const lines = shown.map((row, n) => {
    const name = `${row.stream === 'stderr' ? 'error' : ''}${n === shown.length - 1 ? ' newest' : ''}`.trim();
    return text(`o${row.key}`, name, left, top + (n + 0.5) * lineHeight + size * 0.35, row.text, { size, mono: true });
  });
  const shapes = [rect('panel', 'panel console', box), group('lines', 'output', lines)];
  // Output is worth more than the word that names it.
  if (style.title && columns(shown[0]?.text ?? '') <= width - titleWidth)
    shapes.push(
      text('title', 'title', box.x + box.width - size * 0.8, top + lineHeight / 2 + size * 0.35, title, {
        size: size * 0.93,
        anchor: 'end',
      }),
    );
  return group('console', 'console-panel', shapes);
}

/** A line as a terminal shows it: what does not fit goes on in the next row. */
function rowsOf(
  line: OutputLine,
  width: number,
): readonly { text: string; stream: OutputLine['stream']; key: string }[] {
  const rows = [''];
  let used = 0;
  for (const character of line.text) {
    const size = columns(character);
    if (used + size > width) {
      rows.push('');
      used = 0;
    }
    rows[rows.length - 1] += character;
    used += size;
  }
  return rows.map((text, n) => ({ text, stream: line.stream, key: `${line.number}${n === 0 ? '' : `-${n}`}` }));
}

/** The last `count` lines that were printed, and the error that ended the program. */
function outputLines(replay: Replay, state: State, count: number): readonly OutputLine[] {
  const { prints } = replay.history;
  const lines: OutputLine[] = [];
  let open = false;
  let number = 0;
  for (let n = 0; n < state.printed; n++) {
    const event = replay.trace.events[prints[n] ?? -1];
    if (event?.k !== 'print') continue;
    const parts = event.text.split('\n');
    parts.forEach((part, m) => {
      const last = lines.at(-1);
      if (m === 0 && open && last) lines[lines.length - 1] = { ...last, text: last.text + part };
      else if (m < parts.length - 1 || part !== '') {
        lines.push({ text: part, stream: event.stream, number: number++ });
        if (lines.length > count) lines.shift();
      }
      open = m === parts.length - 1 && part !== '';
    });
  }
  const error = state.end?.error;
  if (error)
    lines.push({
      text: error.message === '' ? error.type : `${error.type}: ${error.message}`,
      stream: 'stderr',
      number,
    });
  return lines.map((line) => ({ ...line, text: visibleText(line.text) }));
}

/** What a terminal would show: nothing before the last carriage return, no colour codes, tabs as spaces. */
function visibleText(line: string): string {
  return (line.replace(/\r+$/, '').split('\r').at(-1) ?? '')
    .replace(/\u001B\[[0-9;]*[A-Za-z]/g, '')
    .replaceAll('\t', '    ');
}
