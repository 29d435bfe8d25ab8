import type { Root } from 'mdast';
import remarkCjkFriendly from 'remark-cjk-friendly';
import remarkDirective from 'remark-directive';
import remarkFrontmatter from 'remark-frontmatter';
import remarkGfm from 'remark-gfm';
import remarkMath from 'remark-math';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { VFile } from 'vfile';
import { alerts } from './alerts.ts';
import { findAsks } from './asks.ts';
import { findBlocks } from './blocks.ts';
import { findCuts } from './cuts.ts';
import { blockDirectivesOnly, readDirectives } from './directives.ts';
import { usedFootnotes } from './footnotes.ts';
import { readFrontMatter } from './frontMatter.ts';
import { keepLostTags } from './html.ts';
import { readImageSizes } from './imageSizes.ts';
import { carefulMath, closedMath } from './math.ts';
import { findMorphs } from './morphs.ts';
import { nestDirectives } from './nesting.ts';
import type { Block, Note } from './note.ts';
import { numberedItemsAsHeadings } from './numbered.ts';
import { removeSpacers } from './spacers.ts';
import { wholeTables } from './tables.ts';

/**
 * Reads a note.
 *
 * @param text The whole Markdown file; a byte order mark and `\r\n` are taken as they come.
 * @param path Its path as the user gave it, for messages; its base name without `.md` names the note.
 * @returns The note with its tree, its Python blocks in order, and everything that is wrong with it. Never throws for
 * what a note may hold; a message with `fatal: true` says that its front matter cannot be used.
 */
export function readNote(text: string, path: string): Note {
  // Decomposed Hangul (as macOS writes it) is composed to be shown; Python still gets its code as it was written.
  const written = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  const file = new VFile({ path, value: nestDirectives(written.normalize('NFC')) });
  // The chain, in order: syntax first, then our own readings of the tree.
  const chain = unified()
    .use(remarkParse)
    .use(remarkGfm)
    .use(remarkMath)
    .use(carefulMath)
    .use(remarkFrontmatter, ['yaml'])
    .use(remarkDirective)
    .use(blockDirectivesOnly)
    .use(remarkCjkFriendly)
    .use(removeSpacers)
    .use(wholeTables)
    .use(keepLostTags)
    .use(usedFootnotes)
    .use(readImageSizes)
    .use(readDirectives)
    .use(alerts)
    .use(closedMath)
    .use(numberedItemsAsHeadings);
  // Every plugin changes the tree in place, which unified's types cannot tell.
  const tree = chain.runSync(chain.parse(file), file) as Root;
  const frontMatter = readFrontMatter(tree, file);
  const blocks = findBlocks(tree, file).map((block) => ({ ...block, code: codeAsWritten(block, written) }));
  findMorphs(tree, file);
  const asks = findAsks(tree, blocks, file);
  const cuts = findCuts(tree, blocks, file);
  const messages = file.messages.sort((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
  return { path, name: baseName(path), source: String(file.value), frontMatter, tree, blocks, asks, cuts, messages };
}

/** A block's code before it was composed; composition keeps lines. A fence that is indented keeps what was read. */
function codeAsWritten({ code, line }: Block, written: string): string {
  const count = code.split('\n').length;
  const lines = written
    .split('\n')
    .slice(line, line + count)
    .join('\n');
  return lines.normalize('NFC') === code ? lines : code;
}

/** `notes/03-gather.md` → `03-gather`. */
function baseName(path: string): string {
  return (path.split(/[\\/]/).at(-1) ?? path).replace(/\.(?:md|markdown)$/i, '');
}
