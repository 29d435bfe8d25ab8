import type { PackedTrace } from '../trace/pack.ts';
import type { KeyStep } from './keySteps.ts';
import type { Range } from './range.ts';

/** One coloured piece of a line of code; `kind` becomes the CSS class `tok-<kind>`. */
export interface Token {
  readonly text: string;
  readonly kind: 'plain' | 'keyword' | 'string' | 'number' | 'comment' | 'function' | 'type' | 'constant' | 'operator';
}

/** A line of code; the texts of its tokens joined are the line. */
export type CodeLine = readonly Token[];

/** Languages that captions and labels are written in. */
export type Language = 'ko' | 'en';

/** What a replay is of, but for its recording. */
export interface ReplayBlock {
  /** Block id. */
  readonly id: string;
  /** Shown above an embedded replay; on a slide the slide's own heading says it. */
  readonly title: string;
  readonly lang: Language;
  readonly code: readonly CodeLine[];
  /** Line of the note that `code[0]` stands on; the trace's sites count in these. Shown line numbers start from 1. */
  readonly firstLine: number;
  /** The panels to show, by the names of a fence's `views=`; all that the trace fills when absent. */
  readonly views?: readonly string[];
  /** The part that its key steps are taken from; all of it when absent. */
  readonly range?: Range;
  /** Questions to the audience, in the order of the note. */
  readonly asks?: readonly { readonly question?: string; readonly step?: number; readonly mark?: string }[];
}

/** All that a replay is made of, as plain JSON. */
export interface ReplayData extends ReplayBlock {
  /** The recording, JSON Lines (`src/trace/README.md`). */
  readonly trace: string;
}

/**
 * The same as pages carry it in `<script type="application/json" class="loopreel-data" data-block="b4">`: the recording
 * packed, and what would have to be searched for in all of it before the first picture.
 */
export interface PageData extends ReplayBlock {
  readonly trace: PackedTrace;
  readonly keySteps: readonly KeyStep[];
}

/** A key step's picture, made at build time. */
export interface Still {
  /** Event index that the picture shows, for `stateAt`. */
  readonly index: number;
  /** One sentence, the same that stands in the picture. */
  readonly caption: string;
  /** `1.0초 · 14/36단계` or `1.0 s · step 14/36`. */
  readonly clock: string;
  /** A whole `<svg>` element, 1776 × 912. */
  readonly svg: string;
}
