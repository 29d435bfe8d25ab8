import type { Element, ElementContent, Root, Text } from 'hast';
import { h } from 'hastscript';

/**
 * A syllable and a bracket, or a bracket or quotation mark and the particle behind it: `keep-all` alone lets lines break
 * there (Unicode Line Breaking Algorithm, LB19a and LB30).
 */
const joint = /([가-힣][([{「『《]|[가-힣]?["'”’][가-힣]|[)\]}%」』》][가-힣])/;

/** Code that may be kept on one line together with a particle. */
const shortCode = 30;

/**
 * Keeps Korean words whole where they touch brackets and quotation marks: in `(API 등)에` and `` `gather()`는 `` no line begins with the
 * particle. Changes the tree.
 */
export function joinWords(parent: Root | Element): void {
  if (parent.type === 'element' && (parent.tagName === 'code' || parent.tagName === 'pre')) return;
  const children: Root['children'] = [];
  for (const node of parent.children) {
    if (node.type === 'element') joinWords(node);
    if (node.type !== 'text') {
      children.push(node);
      continue;
    }
    const before = children.at(-1);
    let text = node.value;
    if (before?.type === 'element' && takesParticle(before) && /^[가-힣]/.test(text)) {
      children[children.length - 1] = h('span', { class: 'joined' }, [before, text.slice(0, 1)]);
      text = text.slice(1);
    }
    children.push(...text.split(joint).flatMap((piece, n) => joinedText(piece, n, node)));
  }
  parent.children = children as ElementContent[];
}

/** Every second piece of a text that was split at its joints is one. */
function joinedText(piece: string, n: number, { position }: Text): (Text | Element)[] {
  if (piece === '') return [];
  const text: Text = { type: 'text', value: piece, ...(position ? { position } : {}) };
  return [n % 2 === 1 ? h('span', { class: 'joined' }, [text]) : text];
}

function takesParticle({ tagName, children }: Element): boolean {
  const [only] = children;
  return (
    tagName === 'code' && only?.type === 'text' && /^\S+[)\]}%]$/.test(only.value) && only.value.length <= shortCode
  );
}
