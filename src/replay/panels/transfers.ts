import { clip, columns } from '../../text/width.ts';
import { happened } from '../happened.ts';
import { shortPlace } from '../reasons.ts';
import type { Replay } from '../replay.ts';
import { type Box, drawn, group, path, type Shape, widthOf } from '../shapes.ts';
import type { State } from '../state.ts';
import { words } from '../words.ts';
import { addChairs, addWords, newRow, type Row, type RowStyle, widestChair } from './seats.ts';

/** Columns of a request or an answer that are shown. */
const longest = 18;

/** Something on its way between a task and the world outside. */
interface Passing {
  readonly task: number | null;
  readonly way: 'out' | 'in';
  readonly what: string;
}

/** What is on its way over connections and files: who asks for what, and the answers that came in this step. */
export function transfersPanel(replay: Replay, state: State, box: Box, style: RowStyle): Shape {
  const row = newRow(box, style);
  const { cast, data } = replay;
  const w = words[data.lang];
  addWords(row, 'title', 'heading', w.transfers[cast.transfers ?? 'network'], 22);
  const all = [...passing(replay, state)];
  if (all.length === 0) addWords(row, 'none', 'none', w.none, 0);
  for (const [n, [connection, one]] of all.entries()) {
    const text = clip(one.what, longest, columns);
    const rest = all.length - n;
    if (n > 0 && row.x + widthOf(text, { size: style.size }) + 120 > row.end - (rest > 1 ? 54 : 0)) {
      addWords(row, 'more', 'none', `+${rest}`, 0);
      break;
    }
    if (one.task !== null) addChairs(row, replay, `i${connection}-`, [one.task], false);
    addArrow(row, `a${connection}`, one.way);
    addWords(row, `w${connection}`, 'when', text, 26);
  }
  return group('transfers', 'transfers', row.shapes);
}

/** Width for two of them, at the least. */
export function transfersWidth(replay: Replay, style: RowStyle): number {
  const title = widthOf(words[replay.data.lang].transfers[replay.cast.transfers ?? 'network'], { size: style.size });
  return title + 22 + 2 * (widestChair(replay, style) + 40 + (longest * style.size) / 2);
}

/** By connection: what its task waits for, or what has passed since the last stop. */
function passing(replay: Replay, state: State): ReadonlyMap<number, Passing> {
  const found = new Map<number, Passing>();
  for (const { id, status, wait } of state.tasks.values())
    for (const target of status === 'waiting' && wait ? wait.on : []) {
      const transfer = 'io' in target ? state.transfers.get(target.io) : undefined;
      if (transfer) found.set(transfer.id, { task: id, way: 'out', what: briefly(transfer.sent || transfer.place) });
    }
  for (const event of happened(replay, state.index))
    if (event.k === 'io' && event.op !== 'close')
      found.set(event.c, { task: event.task, way: event.op === 'receive' ? 'in' : 'out', what: briefly(event.what) });
  return found;
}

/** `GET https://example.com/a` gives `GET /a`: what tells requests apart. */
function briefly(what: string): string {
  const [, method = '', address = ''] = /^(\w+ )?\w+:\/\/[^/]+(\/.+)$/.exec(what) ?? [];
  return address === '' ? shortPlace(what) : method + address;
}

function addArrow(row: Row, key: string, way: Passing['way']): void {
  const { slot } = row.style;
  const [length, head] = [slot * 0.5, slot * 0.15];
  const d =
    way === 'out'
      ? drawn`M${row.x} ${row.middle}h${length}m${-head} ${-head}l${head} ${head}l${-head} ${head}`
      : drawn`M${row.x + length} ${row.middle}h${-length}m${head} ${-head}l${-head} ${head}l${head} ${head}`;
  row.shapes.push(path(key, 'arrow', d));
  row.x += slot * 0.7;
}
