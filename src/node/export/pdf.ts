import type { Page } from 'puppeteer-core';
import type { renderPrint } from '../../deck/print.ts';
import type { PageKind } from '../stylesheets.ts';
import type { Exporter } from './kinds.ts';
import { staticPage, withPage } from './staticPage.ts';

/** Prints one page a deck to `<deck><suffix>.pdf`. */
export function pdfExporter(kind: PageKind, render: typeof renderPrint, suffix: string): Exporter {
  return async (prepared, shared, { browser, output, effects }) => {
    const html = await staticPage(prepared, shared, kind, render, effects);
    if (html === undefined) return [];
    const path = `${prepared.deck.name}${suffix}.pdf`;
    await output.add(path, await withPage(await browser(), prepared, html, printPdf));
    return [path];
  };
}

async function printPdf(page: Page): Promise<Uint8Array> {
  return page.pdf({ preferCSSPageSize: true, printBackground: true, tagged: true, outline: true, timeout: 0 });
}
