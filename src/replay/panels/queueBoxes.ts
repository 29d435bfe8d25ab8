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
const arrowLength = 30;
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
    const room = puttersRoom(replay, resource, row.style);
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
      row.x += 20;
      addWords(row, 'join', 'heading', w.itemsLeft(resource.unfinished), 14);
      addChairs(row, replay, 'w', resource.joiners, false);
    }
  },
  width(replay, resource, _, style) {
    const boxes = resource.capacity ?? replay.cast.contents.get(resource.id)?.peak ?? 1;
    const each = boxWidth(replay, resource, style) + 8;
    return puttersRoom(replay, resource, style) + 2 * (arrowLength + 12) + Math.min(mostBoxes, boxes) * each;
  },
};

/** A box for each place of a small queue, else for each item; of more than there is room for only the number. */
function addItems(row: Row, replay: Replay, state: State, resource: ResourceState): void {
  const { capacity, value } = resource;
  const boxes = capacity !== null && capacity <= mostBoxes ? capacity : Math.max(1, Math.min(mostBoxes, value));
  const items = replay.cast.contents.get(resource.id)?.at(state.index, boxes) ?? [];
  const width = boxWidth(replay, resource, row.style);
  if (value > boxes) addWords(row, 'more items', 'none', `+${value - boxes}`, 12);
  for (let n = boxes - 1; n >= 0; n--) {
    const item = n < value ? shortItem(items[n] ?? '') : '';
    const kind = n >= value ? 'free' : item === '' ? 'filled' : 'item';
    addSlot(row, `s${n}`, kind, item === '' ? null : { label: item }, width);
  }
}

/** All boxes of a queue are as wide as its widest item. */
function boxWidth(replay: Replay, { id }: ResourceState, style: RowStyle): number {
  const texts = [...(replay.cast.contents.get(id)?.texts ?? [])].map(shortItem);
  return Math.max(style.slot, ...texts.map((text) => chairWidth(text, style)));
}

/** An item's repr without quotes and outer brackets, cut short. */
function shortItem(text: string): string {
  const bare = text.replace(/^[([{](.*?),?[)\]}]$/, '$1').replaceAll(/['"]/g, '');
  return clip(bare, longestItem, columns);
}

/** An arrow into a queue or out of it. */
function addArrow(row: Row, key: 'in' | 'out'): void {
  row.ports.set(key === 'in' ? 'put' : 'get', { x: row.x, y: row.middle - 9, width: arrowLength, height: 18 });
  row.shapes.push(path(key, 'arrow', drawn`M${row.x} ${row.middle}h${arrowLength}m-9-9l9 9l-9 9`));
  row.x += arrowLength + 12;
}

/** Room for those who ever wait to put something into a full queue, so that its boxes stand still. */
function puttersRoom(replay: Replay, { id }: ResourceState, style: RowStyle): number {
  const putters = replay.cast.resources.find(({ made }) => made.r === id)?.putters ?? 0;
  return Math.min(mostPutters, putters) * (widestChair(replay, style) + 8) + (putters === 0 ? 0 : 6);
}

/** Those who wait to put something in, between `start` and `row.x`, the first in line beside the boxes. */
function addPutters(row: Row, replay: Replay, tasks: readonly number[], start: number): void {
  if (tasks.length === 0) return;
  const shown = tasks.length > mostPutters ? tasks.slice(0, mostPutters - 1) : tasks;
  const place = tasks.length > 1 ? 1 : null;
  const widths = shown.map((id) => chairWidth(replay.labels.get(id) ?? '?', row.style, place) + 8);
  const line: Row = { ...row, x: row.x - 6 - widths.reduce((sum, width) => sum + width, 0) };
  if (shown.length < tasks.length) {
    const rest = `+${tasks.length - shown.length}`;
    line.x = Math.max(start, line.x - widthOf(rest, { size: row.style.size }) - 10);
    addWords(line, 'more putters', 'none', rest, 10);
  }
  addChairs(line, replay, 'w', shown, true, 'last first');
}
