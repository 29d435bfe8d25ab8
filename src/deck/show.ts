import type { Breaks } from '../text/breaks.ts';

/** What became of a block, as the deck needs it. */
export interface BlockShow {
  readonly id: string;
  readonly status: 'ran' | 'raised' | 'skipped' | 'stopped';
  /** Why it was skipped or stopped, in words. */
  readonly reason?: string;
  /** All that it printed. */
  readonly stdout: string;
  /** What of the outside world was only simulated for it. */
  readonly simulated?: 'network' | 'files' | 'both';
  /** `TypeError: …`, the last line of the traceback, with `line` of the note. */
  readonly error?: { readonly text: string; readonly line: number };
  /** The key steps' pictures; absent when there is nothing to replay. */
  readonly stills?: readonly { readonly caption: string; readonly clock: string; readonly svg: string }[];
  /** The replay on paper: a frame for every key step, then the whole run, all whole `<svg>` elements. */
  readonly storyboard?: {
    readonly frames: readonly string[];
    readonly timeline: string;
    /** Places of the frames that tell most, in order. */
    readonly best: readonly number[];
    /** Frames with blanks to fill in, by their place, and what belongs into them. */
    readonly exercise: {
      readonly frames: Readonly<Record<number, string>>;
      readonly answers: readonly {
        readonly frame: number;
        readonly question: string;
        readonly caption: string;
        readonly strip: string;
      }[];
    };
  };
  /** The replay's data as JSON, for the page's own code. */
  readonly replayJson?: string;
}

/** Colours one fence: gives a line's tokens; `kind` becomes the class `tok-<kind>`. */
export type Highlight = (
  code: string,
  language: string,
) => readonly (readonly { readonly text: string; readonly kind: string }[])[];

/** What fitting knows of the fonts and of the note's language. */
export interface Measure {
  /** Advance width of `text` in em, in one of the two families. */
  (text: string, font: 'sans' | 'sans-bold' | 'mono'): number;
  /** Where lines of prose may break; default `words`. */
  readonly breaks?: Breaks | undefined;
}

/** Code without colours. */
export function plainLines(code: string): ReturnType<Highlight> {
  return code.split('\n').map((text) => (text ? [{ text, kind: 'plain' }] : []));
}
