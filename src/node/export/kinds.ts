import type { Browser } from 'puppeteer-core';
import { renderHandout } from '../../deck/handout.ts';
import { renderPrint } from '../../deck/print.ts';
import type { Effects } from '../effects.ts';
import type { Output } from '../output.ts';
import type { Prepared, PreparedDecks } from '../prepare.ts';
import { pdfExporter } from './pdf.ts';
import { photographs } from './photographs.ts';
import { singleFile } from './singleFile.ts';

/** What can leave the screen. */
export type ExportKind = 'pdf' | 'handout' | 'png' | 'webp' | 'singleFile';

/** What exporters work with. */
export interface Tools {
  /** Starts the browser with the first call; whoever made the tools closes it. */
  readonly browser: () => Promise<Browser>;
  readonly output: Output;
  readonly effects: Effects;
  /** Whether pictures show every key step of a replay. */
  readonly steps: boolean;
}

/** Writes one deck into the output; gives the files that it added, none when the deck cannot be shown. */
export type Exporter = (deck: Prepared, shared: PreparedDecks, tools: Tools) => Promise<readonly string[]>;

export const exporters: Readonly<Record<ExportKind, Exporter>> = {
  pdf: pdfExporter('print', renderPrint, ''),
  handout: pdfExporter('handout', renderHandout, '-handout'),
  png: photographs('png'),
  webp: photographs('webp'),
  singleFile,
};
