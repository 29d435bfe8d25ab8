import type { Page } from 'puppeteer-core';
import { renderPrint } from '../../deck/print.ts';
import type { Exporter } from './kinds.ts';
import { staticPage, withPage } from './staticPage.ts';

/** `<deck>/<slide>.png`, a picture of each slide. */
export const photographs: Exporter = async (prepared, shared, { browser, output, effects }) => {
  const html = await staticPage(prepared, shared, 'print', renderPrint, effects);
  if (html === undefined) return [];
  const pictures = await withPage(await browser(), prepared, html, photograph);
  for (const [id, picture] of pictures) await output.add(`${prepared.deck.name}/${id}.png`, picture);
  return [...pictures.keys()].map((id) => `${prepared.deck.name}/${id}.png`);
};

/** One picture a slide, 1920 × 1080: of a replay its last key step, which shows most of it. */
async function photograph(page: Page): Promise<ReadonlyMap<string, Uint8Array>> {
  const places = new Map<string, number>();
  for (const section of await page.$$('section[data-slide]')) {
    const id = await section.evaluate((element) => element.getAttribute('data-slide') ?? '');
    const box = await section.boundingBox();
    if (box) places.set(id, box.y);
  }
  const pictures = new Map<string, Uint8Array>();
  for (const [id, y] of places) {
    const clip = { x: 0, y, width: 1920, height: 1080 };
    pictures.set(id, await page.screenshot({ clip, captureBeyondViewport: true, optimizeForSpeed: false }));
  }
  return pictures;
}
