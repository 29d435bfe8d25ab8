import { readFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { writeMarkdown } from '../../deck/markdown/markdown.ts';
import type { MarkdownNote } from '../../deck/markdown/walk.ts';
import { includesOf } from '../../notes/include.ts';
import { readNote } from '../../notes/read.ts';
import { drawReels } from './animatedSvgs.ts';
import type { Exporter } from './kinds.ts';

/** `<deck>.md`, and the pictures that it shows in `<deck>-pictures/`. */
export const markdown: Exporter = async (prepared, shared, { output, effects }) => {
  const { note, deck, shows, images } = prepared;
  const folder = `${deck.name}-pictures`;
  const { scheme } = note.frontMatter;
  const stills = await drawReels(prepared, shared, effects, {
    ...(scheme === 'auto' || !scheme ? {} : { scheme }),
    last: true,
  });
  if (!stills) return undefined;
  const text = writeMarkdown(await asWritten(note.path, ''), {
    shows,
    picture: (address) => {
      const path = images.addresses.get(address);
      return path && `${folder}/${path.replace(/^images\//, '')}`;
    },
    still: (show) => `${folder}/${show}.svg`,
  });
  const files = new Map<string, string | Uint8Array>([[`${deck.name}.md`, text]]);
  // A replay that the author has put elsewhere is not shown below its code.
  for (const { id, svg } of stills) if (text.includes(`/${id}.svg)`)) files.set(`${folder}/${id}.svg`, svg);
  for (const [path, data] of images.files) files.set(`${folder}/${path.replace(/^images\//, '')}`, data);
  for (const [path, data] of files) await output.add(path, data);
  return [...files.keys()];
};

/** A note before it took in the notes that it includes; those can be read, or there would be no deck. */
async function asWritten(path: string, folder: string): Promise<MarkdownNote> {
  const note = readNote(await readFile(path, 'utf8'), path);
  const included = new Map<string, MarkdownNote>();
  for (const { attributes } of includesOf(note.tree)) {
    const src = attributes?.src ?? '';
    if (src === '' || included.has(src)) continue;
    const there = relative(dirname(path), dirname(join(dirname(path), src)))
      .split(sep)
      .join('/');
    included.set(src, await asWritten(join(dirname(path), src), there === '' ? folder : `${folder}${there}/`));
  }
  return { note, included, folder };
}
