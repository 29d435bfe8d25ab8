import { createHash } from 'node:crypto';
import { readFile, realpath, stat } from 'node:fs/promises';
import { basename, dirname, relative, resolve } from 'node:path';
import type { Image, Link, Node, Nodes, Parent } from 'mdast';
import type { Position } from 'unist';
import type { VFileMessage } from 'vfile-message';
import type { Note } from '../notes/note.ts';
import { type PictureSize, pictureSize } from './pictureSize.ts';
import { noteProblem, noteWarning } from './problems.ts';

/** The pictures of a note: what each address in it becomes, and the files to put beside the deck. */
export interface Images {
  /** Address in the note → path below the deck's folder. */
  readonly addresses: ReadonlyMap<string, string>;
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** Address in the note → pixels, where the file tells them. */
  readonly sizes: ReadonlyMap<string, PictureSize>;
  /** One message for each picture that cannot be shown, at its place in the note. */
  readonly problems: readonly VFileMessage[];
}

/** Bytes of a picture's file, and pixels on a side: browsers draw nothing beyond 16,384. */
const largestFile = 40e6;
const mostPixels = 16_384;

/** A place where a note names a picture. */
interface Mention {
  readonly url: string;
  readonly position: Position | undefined;
  /** Whether it says to those who do not see it what it shows, or that it shows nothing. */
  readonly described: boolean;
}

/**
 * Reads the pictures that a note shows. They lie in the note's folder, below it, or below the folder that the command
 * runs in: a stranger's note must not publish other files of this machine.
 */
export async function readImages(note: Note): Promise<Images> {
  const addresses = new Map<string, string>();
  const files = new Map<string, Uint8Array>();
  const sizes = new Map<string, PictureSize>();
  const problems: VFileMessage[] = [];
  for (const { url, position, described } of mentions(note.tree)) {
    if (!described) problems.push(undescribed(url, position));
    if (addresses.has(url) || url.startsWith('data:')) continue;
    if (isRemote(url)) {
      const reason = `image \`${url}\` lies on the network and is not loaded`;
      problems.push(
        noteWarning(reason, position?.start.line ?? 1, 'image-remote', 'Save it beside the note.', position?.file),
      );
      continue;
    }
    const found = await readPicture(note, url);
    if (typeof found === 'string') {
      problems.push(
        noteProblem(`image \`${url}\` ${found}`, position, 'image-missing', 'Correct its path or add the file.'),
      );
      continue;
    }
    const hash = createHash('sha256').update(found.data).digest('hex').slice(0, 8);
    const target = `images/${hash}-${basename(found.path)
      .replaceAll(/[^\p{L}\p{N}._-]/gu, '_')
      .slice(-80)}`;
    const size = pictureSize(found.data);
    if (size) sizes.set(url, size);
    files.set(target, found.data);
    addresses.set(url, target);
  }
  return { addresses, files, sizes, problems };
}

function undescribed(url: string, position: Position | undefined): VFileMessage {
  const reason = `image \`${url}\` is not described to those who do not see it`;
  const fix = 'Say between the brackets what it shows: `![what it shows](path)`.';
  return noteWarning(reason, position?.start.line ?? 1, 'image-alt', fix, position?.file);
}

/** The note with its pictures at their addresses below the deck's folder, and those of the network as links. */
export function withAddresses(note: Note, images: Pick<Images, 'addresses' | 'sizes'>): Note {
  const { addresses } = images;
  if (mentions(note.tree).next().done) return note;
  const tree = structuredClone(note.tree);
  const visit = (parent: Parent): void => {
    for (const [n, child] of parent.children.entries()) {
      if (child.type === 'leafDirective' && child.attributes?.background)
        child.attributes.background = addresses.get(child.attributes.background) ?? child.attributes.background;
      else if (child.type === 'image') parent.children[n] = isRemote(child.url) ? asLink(child) : placed(child, images);
      else if (child.type === 'html') {
        for (const { url } of mentions(child)) child.value = child.value.replaceAll(url, addresses.get(url) ?? url);
      } else if ('children' in child) visit(child);
    }
  };
  visit(tree);
  return { ...note, tree };
}

function placed(image: Image, { addresses, sizes }: Pick<Images, 'addresses' | 'sizes'>): Image {
  const natural = sizes.get(image.url);
  return {
    ...image,
    url: addresses.get(image.url) ?? image.url,
    ...(natural ? { data: { ...image.data, natural } } : {}),
  };
}

function asLink({ url, alt, position }: Image): Link {
  return { type: 'link', url, children: [{ type: 'text', value: alt || url }], ...(position ? { position } : {}) };
}

/** A slide's ground may also be a colour or a scheme. */
function isFile(background: string | null | undefined): boolean {
  return background?.includes('.') ?? false;
}

function isRemote(url: string): boolean {
  return /^(?:[a-z][a-z0-9+.-]+:|\/\/)/i.test(url) && !url.startsWith('data:');
}

/** A picture's bytes, or why there are none, in words that follow its name. */
async function readPicture(note: Note, url: string): Promise<{ path: string; data: Buffer } | string> {
  try {
    const folder = await realpath(dirname(note.path));
    const path = await realpath(resolve(folder, decodeURI(url.replace(/[?#].*$/, ''))));
    if (![folder, await realpath('.')].some((base) => isInside(base, path))) return "lies outside of the note's folder";
    const { size } = await stat(path);
    if (size > largestFile) return `is too large (${Math.round(size / 1e6)} MB, at most ${largestFile / 1e6})`;
    const data = await readFile(path);
    if (!isPicture(data)) return 'is no picture that browsers show (PNG, JPEG, GIF, WebP, AVIF, SVG)';
    const { width, height } = pictureSize(data) ?? { width: 0, height: 0 };
    if (Math.max(width, height) > mostPixels)
      return `is too large (${width} × ${height} pixels, at most ${mostPixels} on a side)`;
    return { path, data };
  } catch {
    return 'does not exist beside the note';
  }
}

/** Whether a path lies in a folder or below it; both are real paths. */
export function isInside(folder: string, path: string): boolean {
  return !/^(?:\.\.(?:[\\/]|$)|[a-z]:|\/)/i.test(relative(folder, path));
}

/** Whether the first bytes are those of a picture. */
function isPicture(data: Buffer): boolean {
  const head = data.toString('latin1', 0, 512);
  return (
    /^(?:\x89PNG\r\n|\xFF\xD8\xFF|GIF8[79]a|RIFF.{4}WEBP|.{4}ftypavi[fs])/s.test(head) ||
    /^(?:\xEF\xBB\xBF)?\s*<(?:\?xml|!--|!DOCTYPE svg|svg[\s>])/i.test(head)
  );
}

/** Every picture that a tree names, in Markdown or in HTML. */
function* mentions(node: Nodes): Generator<Mention> {
  if (node.type === 'image')
    yield { url: node.url, position: node.position, described: Boolean(node.alt?.trim() || node.title?.trim()) };
  if (node.type === 'leafDirective' && isFile(node.attributes?.background))
    yield { url: node.attributes?.background ?? '', position: node.position, described: true };
  if (node.type === 'html') {
    for (const [tag, , quoted, bare] of node.value.matchAll(
      /<img\b[^>]*?\ssrc\s*=\s*(?:(["'])(.*?)\1|([^\s"'>]+))[^>]*/gi,
    )) {
      yield { url: quoted ?? bare ?? '', position: node.position, described: /\salt\s*=/i.test(tag) };
    }
  }
  if ('children' in node) for (const child of node.children as Node[]) yield* mentions(child as Nodes);
}
