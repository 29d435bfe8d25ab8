import type { Nodes } from 'mdast';
import type { Note } from '../../notes/note.ts';
import type { BlockShow } from '../show.ts';
import type { Words } from '../words.ts';

/** A note as it stands in its file, with the notes that it includes. */
export interface MarkdownNote {
  readonly note: Note;
  /** By the `src` of their `::include`. */
  readonly included: ReadonlyMap<string, MarkdownNote>;
  /** Leads to the notes' and pictures' folder from that of the outermost note; empty or with a `/` at its end. */
  readonly folder: string;
}

/** What Markdown is written with besides. */
export interface MarkdownPage {
  /** What became of blocks and placed replays, by ids that count through all notes. */
  readonly shows: ReadonlyMap<string, BlockShow>;
  /** Where a picture lies now, by its address in the note; undefined for those that stay. */
  readonly picture: (address: string) => string | undefined;
  /** Where the picture of a replay lies. */
  readonly still: (show: string) => string;
}

/** What is known on the way through the notes. */
export interface Walk extends MarkdownPage {
  readonly source: string;
  readonly folder: string;
  readonly words: Words;
  /** Id in this file → id through all notes. */
  readonly blocks: Map<string, string>;
  /** Blocks that were met so far, in all notes. */
  readonly counter: { blocks: number };
  readonly placed: ReadonlySet<string>;
  readonly included: ReadonlyMap<string, MarkdownNote>;
  readonly note: Note;
}

/** Where a node stands in its file; −1 for one that stands nowhere. */
export function placeOf(node: Nodes): { readonly from: number; readonly to: number } {
  const from = node.position?.start.offset ?? -1;
  return { from, to: node.position?.end.offset ?? from };
}
