import type { Page } from 'puppeteer-core';
import type { renderPrint } from '../../deck/print.ts';
import type { PageKind } from '../stylesheets.ts';
import { finishPdf } from './finishPdf.ts';
import type { Exporter, Tools } from './kinds.ts';
import { staticPage, withPage } from './staticPage.ts';

/** Prints one page a deck to `<deck><suffix>.pdf`. */
export function pdfExporter(kind: PageKind, renderFor: (tools: Tools) => typeof renderPrint, suffix: string): Exporter {
  return async (prepared, shared, tools) => {
    const { browser, output, effects } = tools;
    const html = await staticPage(prepared, shared, kind, renderFor(tools), effects);
    if (html === undefined) return undefined;
    const path = `${prepared.deck.name}${suffix}.pdf`;
    const { author, subtitle } = prepared.note.frontMatter;
    const pdf = await withPage(await browser(), prepared, html, printPdf);
    await output.add(path, finishPdf(pdf, { author, subject: subtitle }));
    return [path];
  };
}

async function printPdf(page: Page): Promise<Uint8Array> {
  return page.pdf({ preferCSSPageSize: true, printBackground: true, tagged: true, outline: true, timeout: 0 });
}
