import { toString as plainText } from 'mdast-util-to-string';
import { visit } from 'unist-util-visit';
import type { Note } from '../../notes/note.ts';

/** The text below what its front matter says: the title where no heading has it, subtitle, author and date. */
export function headed({ frontMatter, tree }: Note, text: string): string {
  const { title, subtitle, author, date } = frontMatter;
  const own: string[] = [];
  visit(tree, 'heading', (heading) => {
    if (heading.depth === 1) own.push(plainText(heading));
  });
  const [first] = own;
  const byline = [author, date].filter((part) => part !== undefined).join(' · ');
  const lines = [
    ...(first !== undefined && title !== undefined && title !== first ? [title] : []),
    subtitle ?? '',
    byline,
  ];
  const below = lines.filter((line) => line !== '').join('\n\n');
  if (first === undefined)
    return [...(title === undefined ? [] : [`# ${title}`]), below, text].filter((part) => part !== '').join('\n\n');
  if (below === '') return text;
  // Behind the line of the first title, which may be underlined.
  const heading = /^(?: {0,3}# .*|.+\n {0,3}=+[ \t]*)$/m.exec(text);
  if (!heading || heading.index > 0) return `${below}\n\n${text}`;
  return `${heading[0]}\n\n${below}\n\n${text.slice(heading[0].length).trimStart()}`;
}
