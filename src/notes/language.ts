import type { Root } from 'mdast';
import { toString as plainText } from 'mdast-util-to-string';
import type { FrontMatter } from './note.ts';

/** Scripts that tell a language, with the share of a note's letters that it takes; the first that is reached wins. */
const scripts = [
  { lang: 'ko', letters: /[\u1100-\u11FF\u3130-\u318F\uAC00-\uD7A3]/g, share: 1 / 5 },
  { lang: 'ja', letters: /[\p{Script=Hiragana}\p{Script=Katakana}]/gu, share: 1 / 8 },
  { lang: 'zh', letters: /\p{Script=Han}/gu, share: 1 / 5 },
] as const;

/**
 * The language that a note is written in.
 *
 * @param frontMatter Its `lang` decides when it is there.
 * @param tree Otherwise the letters of its prose (fences left out) do: one of Hangul in five makes it `ko`, one of kana
 * in eight `ja`, one of Han in five `zh`; else it is `en`.
 * @returns A BCP 47 tag.
 */
export function noteLanguage(frontMatter: FrontMatter, tree: Root): string {
  if (frontMatter.lang) return frontMatter.lang;
  const prose = tree.children
    .map((node) => (node.type === 'code' || node.type === 'yaml' ? '' : plainText(node)))
    .join(' ');
  const count = (pattern: RegExp) => prose.match(pattern)?.length ?? 0;
  const all = count(/\p{Letter}/gu);
  return scripts.find(({ letters, share }) => count(letters) > all * share)?.lang ?? 'en';
}
