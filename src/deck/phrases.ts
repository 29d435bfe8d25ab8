import type { Element, ElementContent } from 'hast';
import { mayBreakBetween } from '../text/breaks.ts';
import { parts } from './wrap.ts';

const untouched = new Set(['pre', 'code', 'svg', 'script', 'samp', 'kbd']);
/** Elements inside of a line: what stands before and behind them touches. */
const inline = new Set('a abbr b cite code del em i ins kbd mark q s samp small span strong sub sup u'.split(' '));

/**
 * Puts a `<wbr>` wherever a line of Japanese may break: browsers break between any two characters, which parts words,
 * or with `keep-all` at marks alone.
 */
export function withPhrases(nodes: readonly ElementContent[]): ElementContent[] {
  return walk(nodes, { last: '' });
}

/** `line.last` is the character before, empty where a line begins. */
function walk(nodes: readonly ElementContent[], line: { last: string }): ElementContent[] {
  return nodes.flatMap((node): ElementContent[] => {
    if (node.type === 'text') return cut(node, line);
    if (node.type !== 'element') return [node];
    if (!inline.has(node.tagName)) {
      line.last = '';
      const children = untouched.has(node.tagName) ? node.children : walk(node.children, line);
      line.last = '';
      return [{ ...node, children } satisfies Element];
    }
    if (!untouched.has(node.tagName)) return [{ ...node, children: walk(node.children, line) }];
    const text = textIn(node);
    const before = opensPhrase(line.last, text) ? [wbr()] : [];
    line.last = Array.from(text).at(-1) ?? line.last;
    return [...before, node];
  });
}

function cut(node: Extract<ElementContent, { type: 'text' }>, line: { last: string }): ElementContent[] {
  const found: ElementContent[] = [];
  for (const piece of node.value.split(/(\s+)/)) {
    if (piece === '') continue;
    const words = /^\s/.test(piece) ? [piece] : parts(piece, 'phrases');
    for (const [n, word] of words.entries()) {
      if (n > 0 || opensPhrase(line.last, word)) found.push(wbr());
      found.push({ ...node, value: word });
      line.last = Array.from(word).at(-1) ?? '';
    }
  }
  return found;
}

function opensPhrase(last: string, text: string): boolean {
  const first = text === '' ? '' : String.fromCodePoint(text.codePointAt(0) ?? 0);
  return /\S/.test(last) && /\S/.test(first) && mayBreakBetween(last, first, 'phrases');
}

function textIn(node: ElementContent): string {
  if (node.type === 'text') return node.value;
  return node.type === 'element' ? node.children.map(textIn).join('') : '';
}

function wbr(): Element {
  return { type: 'element', tagName: 'wbr', properties: {}, children: [] };
}
