import { drawn, group, path, rect } from '../shapes.ts';
import { addWords, type Row } from './seats.ts';

/** Width of a gate for each pixel of its height. */
const share = 1.1;

/** Two posts and what is between them: closed leaves, or leaves that have swung aside. */
export function addGate(row: Row, open: boolean, word: string): void {
  const height = row.style.slot;
  const width = height * share;
  const unit = height / 62;
  const post = 8 * unit;
  const [top, bottom, half, swing] = [8 * unit, height - 4 * unit, width / 2, 14 * unit];
  const leaf = (x: number, inner: number) =>
    drawn`M${x} ${top}L${inner} ${top + 8 * unit}V${bottom - 4 * unit}L${x} ${bottom + 4 * unit}z`;
  const handle = (x: number) => drawn`M${x} ${height / 2 - 4 * unit}v${10 * unit}`;
  const leaves = open
    ? // Swung towards us: what is nearer is larger.
      leaf(post, post + swing) + leaf(width - post, width - post - swing)
    : drawn`M${post} ${top}H${width - post}V${bottom}H${post}zM${half} ${top}V${bottom}` +
      handle(half - 7 * unit) +
      handle(half + 7 * unit);
  row.shapes.push(
    group(
      'gate',
      open ? 'gate open' : 'gate shut',
      [
        path('leaves', 'leaves', leaves),
        rect('left', 'post', { x: 0, y: 0, width: post, height }),
        rect('right', 'post', { x: width - post, y: 0, width: post, height }),
      ],
      row.x,
      row.middle - height / 2,
    ),
  );
  row.ports.set('whole', { x: row.x, y: row.middle - height / 2, width, height });
  row.x += width + 12;
  addWords(row, 'word', 'none', word, 24);
}

/** Room that a gate takes without its word. */
export function gateWidth(slot: number): number {
  return slot * share + 36;
}
