import type { Area } from './part.ts';

/** Pixels from one row of an element's text to the next. */
export function rowHeightOf(element: Element): number {
  const { lineHeight, fontSize } = getComputedStyle(element);
  return Number.parseFloat(lineHeight) || Number.parseFloat(fontSize) * 1.2;
}

/** Where the rows of a text stand: `top` and `bottom` with the room of their rows; undefined where nothing is drawn. */
export interface Rows {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
  readonly count: number;
}

/** Finds the rows of nodes that stand one behind the other. */
export function rowsOf(nodes: readonly Node[], rowHeight: number): Rows | undefined {
  const boxes = nodes.flatMap((node) => {
    const range = document.createRange();
    range.selectNode(node);
    return [...range.getClientRects()].filter(
      ({ width, height }) => width > 0 && height > 0 && height < rowHeight * 1.8,
    );
  });
  if (boxes.length === 0) return undefined;
  const centres = boxes.map(({ top, height }) => top + height / 2);
  const first = Math.min(...centres);
  const last = Math.max(...centres);
  const count = Math.round((last - first) / rowHeight) + 1;
  return {
    top: first - rowHeight / 2,
    bottom: first - rowHeight / 2 + count * rowHeight,
    left: Math.min(...boxes.map(({ left }) => left)),
    right: Math.max(...boxes.map(({ right }) => right)),
    count,
  };
}

/** The rectangle within an element's padding, in the window. */
export function contentArea(element: Element): Area {
  const { x, y, width, height } = element.getBoundingClientRect();
  const style = getComputedStyle(element);
  const side = (name: 'Left' | 'Top' | 'Right' | 'Bottom') =>
    Number.parseFloat(style[`padding${name}`]) + Number.parseFloat(style[`border${name}Width`]);
  return {
    x: x + side('Left'),
    y: y + side('Top'),
    width: width - side('Left') - side('Right'),
    height: height - side('Top') - side('Bottom'),
  };
}
