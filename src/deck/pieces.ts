import type { Box } from './box.ts';
import type { Layout, Space } from './fit.ts';
import { pack } from './pack.ts';

/** One of a topic's slides before it is drawn: a layout, or a replay that the author has put there. */
export type Piece =
  | {
      readonly layout: Layout;
      /** The row of versions of one code that the slide belongs to. */
      readonly row?: string;
    }
  /** Id of the replay's show. */
  | { readonly replay: string };

/** Packs a topic's boxes: a later version of a code begins a slide, and so does what follows a replay put there. */
export function packPieces(boxes: readonly Box[], space: Space, apart: (block: string) => boolean): Piece[] {
  const pieces: Piece[] = [];
  let group: Box[] = [];
  let row: string | undefined;
  const close = () => {
    pieces.push(...pack(group, space, apart).map((layout) => ({ layout, ...(row ? { row } : {}) })));
    group = [];
    row = undefined;
  };
  for (const box of boxes) {
    if (box.replay !== undefined || (box.version && !box.version.first)) close();
    if (box.replay !== undefined) pieces.push({ replay: box.replay });
    else {
      group.push(box);
      row ??= box.version?.row;
    }
  }
  close();
  return pieces;
}
