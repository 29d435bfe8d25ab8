import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import type { Image, Nodes } from 'mdast';
import type { VFileMessage } from 'vfile-message';
import type { Note } from '../notes/note.ts';
import { hasCode } from './errors.ts';
import { noteProblem } from './problems.ts';

/** The pictures of a note: what each address in it becomes, and the files to put beside the deck. */
export interface Images {
  /** Address in the note → path below the deck's folder. */
  readonly addresses: ReadonlyMap<string, string>;
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** One message for each picture that is not there, at its place in the note. */
  readonly problems: readonly VFileMessage[];
}

/** Reads the pictures that a note shows from its own folder. Addresses on the network stay as they are. */
export async function readImages(note: Note): Promise<Images> {
  const addresses = new Map<string, string>();
  const files = new Map<string, Uint8Array>();
  const problems: VFileMessage[] = [];
  for (const image of findImages(note.tree)) {
    if (addresses.has(image.url) || /^(?:[a-z][a-z0-9+.-]*:|\/\/)/i.test(image.url)) continue;
    const path = resolve(dirname(note.path), decodeURI(image.url.replace(/[?#].*$/, '')));
    try {
      const data = await readFile(path);
      const hash = createHash('sha256').update(data).digest('hex').slice(0, 8);
      const target = `images/${hash}-${basename(path).replaceAll(/[^\p{L}\p{N}._-]/gu, '_')}`;
      files.set(target, data);
      addresses.set(image.url, target);
    } catch (error) {
      if (!hasCode(error, 'ENOENT', 'EISDIR', 'EACCES', 'ENOTDIR')) throw error;
      const reason = `image \`${image.url}\` does not exist beside the note`;
      problems.push(noteProblem(reason, image.position, 'image-missing', 'Correct its path or add the file.'));
    }
  }
  return { addresses, files, problems };
}

function* findImages(node: Nodes): Generator<Image> {
  if (node.type === 'image') yield node;
  if ('children' in node) for (const child of node.children) yield* findImages(child);
}

/** The note with its pictures at their addresses below the deck's folder. */
export function withAddresses(note: Note, addresses: ReadonlyMap<string, string>): Note {
  if (addresses.size === 0) return note;
  const tree = structuredClone(note.tree);
  for (const image of findImages(tree)) image.url = addresses.get(image.url) ?? image.url;
  return { ...note, tree };
}
