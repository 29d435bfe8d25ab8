import type { Root } from 'mdast';
import { toString as plainText } from 'mdast-util-to-string';
import type { FrontMatter } from './note.ts';

/**
 * The language that a note is written in.
 *
 * @param frontMatter Its `lang` decides when it is there.
 * @param tree Otherwise one letter of Hangul in five of the prose (fences left out) makes it `ko`; else it is `en`.
 * @returns A BCP 47 tag.
 */
export function noteLanguage(frontMatter: FrontMatter, tree: Root): string {
  if (frontMatter.lang) return frontMatter.lang;
  const prose = tree.children
    .map((node) => (node.type === 'code' || node.type === 'yaml' ? '' : plainText(node)))
    .join(' ');
  const hangul = prose.match(/[\u1100-\u11FF\u3130-\u318F\uAC00-\uD7A3]/g)?.length ?? 0;
  const letters = prose.match(/\p{Letter}/gu)?.length ?? 0;
  return hangul > letters / 5 ? 'ko' : 'en';
}
