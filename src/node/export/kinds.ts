import type { Browser } from 'puppeteer-core';
import type { Handout } from '../../deck/handout/handout.ts';
import { renderPrint } from '../../deck/print.ts';
import type { Effects } from '../effects.ts';
import type { Output } from '../output.ts';
import type { Prepared, PreparedDecks } from '../prepare.ts';
import { animatedSvgs } from './animatedSvgs.ts';
import { gifs } from './gifs.ts';
import { handouts } from './handouts.ts';
import { markdown } from './markdown.ts';
import { pdfExporter } from './pdf.ts';
import { photographs } from './photographs.ts';
import { pptx } from './pptx/pptx.ts';
import { singleFile } from './singleFile.ts';

/** What can leave the screen. */
export type ExportKind = 'pdf' | 'handout' | 'png' | 'webp' | 'singleFile' | 'svg' | 'gif' | 'pptx' | 'md';

/** Those that Chromium prints, which it does for several pages at once. */
export const printed: ReadonlySet<ExportKind> = new Set(['pdf', 'handout']);

/** What exporters work with. */
export interface Tools {
  /** Starts the browser with the first call; whoever made the tools closes it. */
  readonly browser: () => Promise<Browser>;
  readonly output: Output;
  readonly effects: Effects;
  /** Whether pictures show every key step of a replay. */
  readonly steps: boolean;
  readonly handout: Handout;
}

/**
 * Writes one deck into the output.
 *
 * @returns The files that it added: none when there is nothing of its kind in the note, undefined when the deck cannot
 * be shown; both were told.
 */
export type Exporter = (deck: Prepared, shared: PreparedDecks, tools: Tools) => Promise<readonly string[] | undefined>;

export const exporters: Readonly<Record<ExportKind, Exporter>> = {
  pdf: pdfExporter('print', () => renderPrint, ''),
  handout: handouts,
  png: photographs('png'),
  webp: photographs('webp'),
  singleFile,
  svg: animatedSvgs,
  gif: gifs,
  pptx,
  md: markdown,
};
