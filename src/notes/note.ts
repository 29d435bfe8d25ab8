import type { Root } from 'mdast';
import type { VFileMessage } from 'vfile-message';
import type { Cut } from './cuts.ts';
import type { NetworkRule } from './network.ts';

/** A Markdown file, read: what every later station works on. */
export interface Note {
  /** Path as the user gave it; used in messages. */
  readonly path: string;
  /** File name without `.md`; names the deck's folder. */
  readonly name: string;
  /** The whole text, with `\n` line ends, composed (NFC) and without a byte order mark. */
  readonly source: string;
  readonly frontMatter: FrontMatter;
  /** The tree after all plugins of the chain; every node keeps its `position` in the note. */
  readonly tree: Root;
  readonly blocks: readonly Block[];
  readonly asks: readonly Ask[];
  readonly cuts: readonly Cut[];
  /** Everything wrong with the note, in order of place. `fatal: true` ones stop its build. */
  readonly messages: readonly VFileMessage[];
}

/** The keys of design.md §3, all optional. */
export interface FrontMatter {
  readonly title?: string;
  readonly subtitle?: string;
  readonly author?: string;
  readonly date?: string;
  /** BCP 47; when absent it is told from the letters of the text: `ko`, `ja`, `zh` or `en`. */
  readonly lang?: string;
  /** A theme's name, or the path of a file from the note's folder. */
  readonly theme?: string;
  /** Its colours; `auto`, the default, follows the reader's system. */
  readonly scheme?: 'light' | 'dark' | 'auto';
  readonly aspect?: string;
  readonly split?: string;
  readonly replay?: boolean;
  /** Whether a long deck lists its sections behind the title; by default it does. */
  readonly agenda?: boolean;
  /** The Python of all blocks that name none; `cpython` needs the author's leave on the command line. */
  readonly engine?: 'pyodide' | 'cpython';
  /** What the simulated network answers, in the order of the note. */
  readonly network?: readonly NetworkRule[];
  /** Address of the folder that the built site is published in, with its last `/`: paper refers to it. */
  readonly site?: string;
  /** What stands at the head and the foot of a handout's sheets in place of the title, and of author and date. */
  readonly header?: string;
  readonly footer?: string;
}

/** A Python fence. The `code` node in the tree carries `data.block = id`. */
export interface Block {
  /** `b1`, `b2`, … in order of the note; stable while no fence is added before it. */
  readonly id: string;
  /** Line of the opening fence in the note, from 1; the code begins on the next line. */
  readonly line: number;
  /** Path of the included note that it stands in; absent for the note's own blocks. */
  readonly file?: string;
  /** The fence's text as it was written, with `\n` line ends, without the fence's own indent. */
  readonly code: string;
  /** First word of the info string, lower case; empty for an untagged fence. */
  readonly language: string;
  readonly meta: BlockMeta;
  /** What the note promises that this block prints. */
  readonly claims: readonly Claim[];
}

/** A pause in a block's replay, before the scheduler decides, for the audience to predict what comes (`:::ask`). */
export interface Ask {
  /** Id of the block. */
  readonly block: string;
  readonly line: number;
  /** Default: who runs next. */
  readonly question?: string;
  /** The step to stop at, from 1, or the name of a mark; by default the first at which several tasks are ready. */
  readonly step?: number;
  readonly mark?: string;
}

/** The meta string of a fence, read. */
export interface BlockMeta {
  /** Line steps of `{1-3|5}`. */
  readonly lines?: string;
  readonly title?: string;
  /** Whether it is the next version of the fence before it. */
  readonly morph?: boolean;
  readonly replay?: boolean;
  readonly views?: readonly string[];
  readonly engine?: 'pyodide' | 'cpython';
  readonly expect?: string;
  /** Names of variables whose values the recording follows. */
  readonly watch?: readonly string[];
}

/** An output that a note promises. */
export interface Claim {
  /** `fence` behind the block; in its comments `run` (lines) or `print` (behind or below one); `session`: `>>>`. */
  readonly form: 'fence' | 'run' | 'print' | 'session';
  /** Whether its form alone says that it is output; else it may be a footnote, prose, data. */
  readonly sure: boolean;
  /** Lines of the note that hold its text. */
  readonly line: number;
  readonly endLine: number;
  /** Characters before its text in the block's own first line of it; 0 for whole lines. */
  readonly at: number;
  readonly text: string;
  /** Words around it, which may say that the order differs or that something is left out. */
  readonly about: string;
  /** First and last line of the statement that prints it. */
  readonly statement?: readonly [number, number];
}
