/** A piece of a formula in one line. */
export interface Piece {
  readonly text: string;
  readonly slanted: boolean;
  readonly raised?: 'above' | 'below';
}

const scripts: Readonly<Record<string, readonly (Piece['raised'] | undefined)[]>> = {
  msub: [undefined, 'below'],
  msup: [undefined, 'above'],
  msubsup: [undefined, 'below', 'above'],
  munder: [undefined, 'below'],
  mover: [undefined, 'above'],
  munderover: [undefined, 'below', 'above'],
};

/** A formula of a sentence as text: raised and lowered signs stay so, fractions get a slash, roots a sign. */
export function formulaPieces(math: Element, raised?: Piece['raised']): Piece[] {
  const name = math.localName;
  const children = [...math.children];
  const plain = (text: string): Piece => ({ text, slanted: false, ...(raised ? { raised } : {}) });
  const inner = () => children.flatMap((child) => formulaPieces(child, raised));
  const grouped = (child: Element) => {
    const pieces = formulaPieces(child, raised);
    return pieces.length > 1 ? [plain('('), ...pieces, plain(')')] : pieces;
  };
  if (name === 'annotation') return [];
  if (name === 'mi') return [{ ...plain(math.textContent ?? ''), slanted: (math.textContent ?? '').length === 1 }];
  if (name === 'mspace') return [plain(' ')];
  if (children.length === 0) {
    const sign = math.textContent ?? '';
    return [plain(/^[=<>≤≥≈≠+−→⇒]$/.test(sign) && !raised ? ` ${sign} ` : sign)];
  }
  const places = scripts[name];
  if (places) return children.flatMap((child, n) => formulaPieces(child, places[n] ?? raised));
  const [first, second] = children;
  if (name === 'mfrac' && first && second) return [...grouped(first), plain('/'), ...grouped(second)];
  if (name === 'msqrt') return [plain('√('), ...inner(), plain(')')];
  return inner();
}
