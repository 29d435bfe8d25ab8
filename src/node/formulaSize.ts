/** A node of KaTeX's tree of HTML (`katex/src/domTree.js`), as far as sizes need it. */
export interface KatexNode {
  readonly classes?: readonly string[];
  readonly children?: readonly KatexNode[];
  readonly style?: Readonly<Record<string, string | undefined>>;
  /** Of a symbol: its text, and advance and italic correction in em. */
  readonly text?: string;
  readonly width?: number;
  readonly italic?: number;
}

/** KaTeX's `\tiny` to `\HUGE`, size1 to size11 (`katex/src/Options.js`). */
const sizes = [0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.2, 1.44, 1.728, 2.074, 2.488];
/** Widths that `katex.css` gives to classes, in em. */
const fixed: Readonly<Record<string, number>> = {
  nulldelimiter: 0.12,
  rlap: 0,
  llap: 0,
  clap: 0,
  pstrut: 0,
  'vlist-s': 0,
};

/** Width of a text of several characters in em, in the face that classes choose. */
export type Advance = (text: string, classes: readonly string[]) => number;

/**
 * What a formula takes, in em of its own size: advance widths from KaTeX's metrics, heights from the struts that hold
 * its lines open. No browser is asked.
 */
export function formulaSize(tree: KatexNode, advance: Advance): { readonly width: number; readonly height: number } {
  const struts = strutsOf(tree);
  const depth = Math.max(0, ...struts.map((strut) => strut.depth));
  const height = Math.max(1, ...struts.map((strut) => strut.height - strut.depth)) + Math.max(0.2, depth);
  // A little more than counted: accents and roots have strokes that stand out.
  return { width: widthOf(tree, 1, advance) * 1.02 + 0.05, height };
}

/** All that a formula writes, and the classes that choose its fonts. */
export function formulaText(tree: KatexNode): { readonly text: string; readonly classes: ReadonlySet<string> } {
  const classes = new Set<string>();
  let text = '';
  const visit = (node: KatexNode) => {
    for (const name of node.classes ?? []) classes.add(name);
    text += node.text ?? '';
    for (const child of node.children ?? []) visit(child);
  };
  visit(tree);
  return { text, classes };
}

function widthOf(
  { classes = [], children, style, text, width, italic }: KatexNode,
  size: number,
  advance: Advance,
): number {
  const known = classes.map((name) => fixed[name]).find((value) => value !== undefined);
  if (known !== undefined) return known * size;
  const own = size * scaleOf(classes);
  const around = ['marginLeft', 'marginRight', 'paddingLeft', 'paddingRight'].reduce(
    (sum, key) => sum + em(style?.[key]),
    0,
  );
  const least = Math.max(em(style?.width), em(style?.minWidth)) * own;
  if (text !== undefined && width !== undefined) {
    // Neighbours of one kind are joined to one symbol, which keeps the width of the first.
    const sum = [...text].length > 1 ? advance(text, classes) : width;
    return (sum + Math.max(0, italic ?? 0) + around) * own;
  }
  const widths = (children ?? []).map((child) => widthOf(child, own, advance));
  // Rows of a stack stand above each other, everything else side by side.
  const stacked = classes.includes('vlist') || classes.includes('vlist-t');
  const inner = stacked ? Math.max(0, ...widths) : widths.reduce((sum, value) => sum + value, 0);
  return Math.max(inner, least) + around * own;
}

function scaleOf(classes: readonly string[]): number {
  const number = (pattern: RegExp) => Number(classes.map((name) => pattern.exec(name)?.[1]).find(Boolean));
  const [from, to] = [number(/^reset-size(\d+)$/), number(/^size(\d+)$/)];
  return from && to ? (sizes[to - 1] ?? 1) / (sizes[from - 1] ?? 1) : 1;
}

function strutsOf({ classes = [], children = [], style }: KatexNode): { height: number; depth: number }[] {
  if (classes.includes('strut')) return [{ height: em(style?.height), depth: -em(style?.verticalAlign) }];
  return children.flatMap(strutsOf);
}

function em(value: string | undefined): number {
  return value?.endsWith('em') ? Number.parseFloat(value) : 0;
}
