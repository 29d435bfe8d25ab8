import { clip, columns } from '../../text/width.ts';
import { happened } from '../happened.ts';
import type { Replay } from '../replay.ts';
import { drawn, path, widthOf } from '../shapes.ts';
import type { ResourceState, State } from '../state.ts';
import { words } from '../words.ts';
import type { View } from './resourceView.ts';
import { addChairs, addSlot, addWords, chairWidth, type Row, type RowStyle, widestChair } from './seats.ts';

/** Chairs before a full queue at most. */
const mostPutters = 3;
/** Length of an arrow for each pixel of the slots' height, with the gap behind it. */
const arrow = { length: 0.5, gap: 0.2 } as const;
/** Columns of an item that are shown. */
const longestItem = 8;
/** Boxes of a queue at most. */
const mostBoxes = 5;

/**
 * Items move through the boxes from left to right: who waits to put one in stands on the left, who waits to take one
 * out on the right. The next to be taken lies rightmost.
 */
export const queueView: View = {
  draw(row, { replay, state, resource }) {
    const w = words[replay.data.lang];
    const puts = (id: number) => /put$/.test(state.tasks.get(id)?.wait?.leaf ?? '');
    const room = Math.min(puttersRoom(replay, resource, row.style), 0.45 * (row.end - row.x));
    const start = row.x;
    row.x += room;
    addPutters(row, replay, resource.waiters.filter(puts), start);
    addArrow(row, 'in');
    addItems(row, replay, state, resource);
    addArrow(row, 'out');
    addChairs(
      row,
      replay,
      'w',
      resource.waiters.filter((id) => !puts(id)),
      true,
    );
    // What is put in wakes who waits to take it, and the other way round.
    const put = happened(replay, state.index).some((event) => event.k === 'res' && event.op === 'put');
    const side = row.ports.get(put ? 'get' : 'put');
    if (side) row.ports.set('wake', side);
    if (resource.joiners.length > 0) {
      row.x += row.style.slot / 3;
      addWords(row, 'join', 'heading', w.itemsLeft(resource.unfinished), 14);
      addChairs(row, replay, 'j', resource.joiners, false);
    }
  },
  width(replay, resource, _, style) {
    const boxes = resource.capacity ?? replay.cast.contents.get(resource.id)?.peak ?? 1;
    const each = boxWidth(replay, resource, style) + 8;
    return (
      puttersRoom(replay, resource, style) +
      2 * style.slot * (arrow.length + arrow.gap) +
      Math.min(mostBoxes, boxes) * each
    );
  },
};

/** A box for each place of a small queue, else for each item; of more than there is room for only the number. */
function addItems(row: Row, replay: Replay, state: State, resource: ResourceState): void {
  const { capacity, value } = resource;
  const width = boxWidth(replay, resource, row.style);
  const room = row.end - row.x - 2 * row.style.slot;
  const most = Math.max(1, Math.min(mostBoxes, Math.floor(room / (width + 8))));
  const boxes = Math.min(most, capacity !== null && capacity <= mostBoxes ? capacity : Math.max(1, value));
  const items = replay.cast.contents.get(resource.id)?.at(state.index, boxes) ?? [];
  if (value > boxes) addWords(row, 'more items', 'none', `+${value - boxes}`, 12);
  for (let n = boxes - 1; n >= 0; n--) {
    const item = n < value ? shortItem(items[n] ?? '') : '';
    const kind = n >= value ? 'free' : item === '' ? 'filled' : 'item';
    addSlot(row, `s${n}`, kind, item === '' ? null : { label: item }, width);
  }
}

/** Widths of boxes, found once: a queue may see thousands of items, and the picture is drawn at every step. */
const widths = new WeakMap<Replay, Map<string, number>>();

/** All boxes of a queue are as wide as its widest item. */
function boxWidth(replay: Replay, { id }: ResourceState, style: RowStyle): number {
  const known = widths.get(replay) ?? new Map<string, number>();
  widths.set(replay, known);
  const key = `${id} ${style.slot} ${style.size}`;
  const width = known.get(key) ?? widestItem(replay, id, style);
  known.set(key, width);
  return width;
}

function widestItem(replay: Replay, id: number, style: RowStyle): number {
  let widest = style.slot;
  for (const text of replay.cast.contents.get(id)?.texts ?? [])
    widest = Math.max(widest, chairWidth(shortItem(text), style));
  return widest;
}

/** An item's repr without quotes and outer brackets, cut short. */
function shortItem(text: string): string {
  const bare = text.replace(/^[([{](.*?),?[)\]}]$/, '$1').replaceAll(/['"]/g, '');
  return clip(bare, longestItem, columns);
}

/** An arrow into a queue or out of it. */
function addArrow(row: Row, key: 'in' | 'out'): void {
  const { slot } = row.style;
  const [length, head] = [slot * arrow.length, slot * 0.15];
  row.ports.set(key === 'in' ? 'put' : 'get', { x: row.x, y: row.middle - head, width: length, height: 2 * head });
  const way = drawn`M${row.x} ${row.middle}h${length}m${-head} ${-head}l${head} ${head}l${-head} ${head}`;
  row.shapes.push(path(key, 'arrow', way));
  row.x += slot * (arrow.length + arrow.gap);
}

/** Room for those who ever wait to put something into a full queue, so that its boxes stand still. */
function puttersRoom(replay: Replay, { id }: ResourceState, style: RowStyle): number {
  const putters = replay.cast.resources.find(({ made }) => made.r === id)?.putters ?? 0;
  return Math.min(mostPutters, putters) * (widestChair(replay, style) + 8) + (putters === 0 ? 0 : 6);
}

/** Those who wait to put something in, between `start` and `row.x`, the first in line beside the boxes. */
function addPutters(row: Row, replay: Replay, tasks: readonly number[], start: number): void {
  if (tasks.length === 0) return;
  const place = tasks.length > 1 ? 1 : null;
  const widthOfChair = (id: number) => chairWidth(replay.labels.get(id) ?? '?', row.style, place) + 8;
  const counted = widthOf('+9', { size: row.style.size }) + 10;
  // The first in line are drawn as far as there is room; how many more there are stands before them.
  let [shown, used] = [0, 6];
  for (const [n, id] of tasks.entries()) {
    const rest = n < tasks.length - 1 ? counted : 0;
    if (shown > 0 && used + widthOfChair(id) + rest > row.x - start) break;
    used += widthOfChair(id);
    shown = n + 1;
  }
  const line: Row = { ...row, x: row.x - used };
  if (shown < tasks.length) {
    line.x -= counted;
    addWords(line, 'more putters', 'none', `+${tasks.length - shown}`, 10);
    line.x = row.x - used;
  }
  addChairs(line, replay, 'w', tasks.slice(0, shown), true, 'last first');
}
