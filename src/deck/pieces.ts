import { type Box, holdsCode, holdsText, leavesOf } from './box.ts';
import { boxesOn, type Layout, type Space } from './fit.ts';
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

/** What is smaller than this because it must be does not make the other slides small. */
const leastAlike = 0.9;

/**
 * Packs a topic's boxes so that its slides look alike: text as large as on the fullest one, code too, and what goes on
 * from slide to slide exactly.
 */
export function packAlike(boxes: readonly Box[], space: Space, apart: (block: string) => boolean): Piece[] {
  const pieces = packPieces(boxes, space, apart);
  const layouts = pieces.flatMap((piece) => ('layout' in piece ? [piece.layout] : []));
  if (layouts.length < 2) return pieces;
  const blocks = layouts.map((layout) =>
    boxesOn(layout)
      .flatMap(leavesOf)
      .flatMap(({ block }) => block ?? []),
  );
  const goesOn = blocks.some((ids, n) => blocks[n + 1]?.includes(ids.at(-1) ?? ''));
  const smallest = (kind: 'text' | 'code', holds: (box: Box) => boolean) =>
    Math.min(...layouts.filter((layout) => boxesOn(layout).some(holds)).map(({ fit }) => fit[kind].scale));
  const text = Math.max(smallest('text', holdsText), leastAlike);
  const code = Math.max(smallest('code', holdsCode), goesOn ? 0 : leastAlike);
  const alike = packPieces(boxes, { ...space, most: { text, code } }, apart);
  return alike.length <= pieces.length ? alike : pieces;
}

/** Packs a topic's boxes: a later version of a code begins a slide, and so does what follows a replay put there. */
function packPieces(boxes: readonly Box[], space: Space, apart: (block: string) => boolean): Piece[] {
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
