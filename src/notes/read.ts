import type { Root } from 'mdast';
import remarkCjkFriendly from 'remark-cjk-friendly';
import remarkDirective from 'remark-directive';
import remarkFrontmatter from 'remark-frontmatter';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { VFile } from 'vfile';
import { findBlocks } from './blocks.ts';
import { blockDirectivesOnly, readDirectives } from './directives.ts';
import { readFrontMatter } from './frontMatter.ts';
import { keepLostTags } from './html.ts';
import type { Note } from './note.ts';
import { numberedItemsAsHeadings } from './numbered.ts';
import { removeSpacers } from './spacers.ts';

/**
 * Reads a note.
 *
 * @param text The whole Markdown file; a byte order mark and `\r\n` are taken as they come.
 * @param path Its path as the user gave it, for messages; its base name without `.md` names the note.
 * @returns The note with its tree, its Python blocks in order, and everything that is wrong with it. Never throws for
 * what a note may hold; a message with `fatal: true` says that its front matter cannot be used.
 */
export function readNote(text: string, path: string): Note {
  const file = new VFile({ path, value: text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n') });
  // The chain, in order: syntax first, then our own readings of the tree.
  const chain = unified()
    .use(remarkParse)
    .use(remarkGfm)
    .use(remarkFrontmatter, ['yaml'])
    .use(remarkDirective)
    .use(blockDirectivesOnly)
    .use(remarkCjkFriendly)
    .use(removeSpacers)
    .use(keepLostTags)
    .use(readDirectives)
    .use(numberedItemsAsHeadings);
  // Every plugin changes the tree in place, which unified's types cannot tell.
  const tree = chain.runSync(chain.parse(file), file) as Root;
  const frontMatter = readFrontMatter(tree, file);
  const blocks = findBlocks(tree, file);
  const messages = file.messages.sort((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
  return { path, name: baseName(path), source: String(file.value), frontMatter, tree, blocks, messages };
}

/** `notes/03-gather.md` → `03-gather`. */
function baseName(path: string): string {
  return (path.split(/[\\/]/).at(-1) ?? path).replace(/\.(?:md|markdown)$/i, '');
}
