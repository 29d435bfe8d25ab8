import type { ElementContent } from 'hast';
import type { Slide } from './deck.ts';
import { hastText } from './hastText.ts';

/**
 * What one slide may hold. Reading 120 words takes an audience three quarters of a minute in which it does not listen
 * (Brysbaert 2019: 238 words a minute, silently); advice for slides stays far below (Kosslyn 2007: four lines of two).
 */
const most = { words: 120, items: 12 };

/** What is not read from top to bottom. */
const skipped = new Set(['pre', 'figure', 'svg', 'script', 'table']);

/** Why a slide is too full, in words that follow its name; undefined when it is not. Codes and tables do not count. */
export function wordiness({ body, layout }: Pick<Slide, 'body' | 'layout'>): string | undefined {
  // The deck's own list of its sections is there to be looked over.
  if (layout === 'agenda') return undefined;
  const words = body.reduce((sum, node) => sum + wordsIn(node), 0);
  if (words > most.words) return `has ${words} words, and more than ${most.words} are not listened through`;
  const items = body.reduce((sum, node) => sum + itemsIn(node), 0);
  return items > most.items ? `has ${items} items, and more than ${most.items} are not kept in mind` : undefined;
}

/** Words of a node; two Chinese characters or kana, which stand without spaces, count as one. */
function wordsIn(node: ElementContent): number {
  if (node.type !== 'element') return countWords(hastText(node));
  if (skipped.has(node.tagName)) return 0;
  return node.children.reduce((sum, child) => sum + wordsIn(child), 0);
}

function countWords(text: string): number {
  const han = text.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu)?.length ?? 0;
  const others = text.replace(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]+/gu, ' ');
  const words = others.match(/[\p{Letter}\p{Number}][^\s]*/gu)?.length ?? 0;
  return words + Math.ceil(han / 2);
}

function itemsIn(node: ElementContent): number {
  if (node.type !== 'element' || skipped.has(node.tagName)) return 0;
  return node.children.reduce((sum, child) => sum + itemsIn(child), node.tagName === 'li' ? 1 : 0);
}
