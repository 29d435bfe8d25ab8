import type { Page } from 'puppeteer-core';
import { renderPrint } from '../../deck/print.ts';
import type { Exporter } from './kinds.ts';
import { settled, staticPage, withPage } from './staticPage.ts';

/** A picture of a page of the print page. */
interface Photograph {
  /** Id of its slide. */
  readonly slide: string;
  /** Its number among the pages of its slide, from 1: the key steps of a replay; undefined where there is only one. */
  readonly step?: number;
  readonly picture: Uint8Array;
}

/** How large pictures are, in pixels of a picture for one of a slide. */
const scale = 2;

/** `<deck>/<slide>.png` or `.webp`, of a replay its last key step; with steps each, as `<slide>.<step>.png`. */
export function photographs(type: 'png' | 'webp'): Exporter {
  return async (prepared, shared, { browser, output, effects, steps }) => {
    const html = await staticPage(prepared, shared, 'print', renderPrint, effects);
    if (html === undefined) return undefined;
    return withPage(
      await browser(),
      prepared,
      html,
      async (page) => {
        const paths: string[] = [];
        for await (const { slide, step, picture } of photograph(page, type, steps)) {
          const path = `${prepared.deck.name}/${slide}${step === undefined || !steps ? '' : `.${step}`}.${type}`;
          await output.add(path, picture);
          paths.push(path);
        }
        return paths;
      },
      scale,
    );
  };
}

/**
 * Pictures of the pages of {@link renderPrint}, one after the other: only the page that is photographed is laid out, so
 * that a deck of any length takes no more memory than its largest slide.
 *
 * @param steps Whether every key step of a replay is wanted; else its last, which shows most of it.
 */
async function* photograph(page: Page, type: 'png' | 'webp', steps: boolean): AsyncGenerator<Photograph> {
  await settled(page);
  const ids = await page.$$eval('section[data-slide]', (sections) =>
    sections.map((section) => ({
      slide: section.getAttribute('data-slide') ?? '',
      still: section.querySelector('.still') !== null,
    })),
  );
  // An exercise has two pages too: without its solution, and with it.
  const step = (n: number) => {
    const pages = ids.flatMap(({ slide }, k) => (slide === ids[n]?.slide ? [k] : []));
    return ids[n]?.still || pages.length > 1 ? pages.indexOf(n) + 1 : undefined;
  };
  for (const [n, { slide }] of ids.entries()) {
    // The last of a slide's pages shows all of it.
    if (ids[n + 1]?.slide === slide && !(steps && ids[n]?.still)) continue;
    await page.$$eval(
      'section[data-slide]',
      (sections, shown) => {
        for (const [k, section] of sections.entries())
          (section as HTMLElement).style.setProperty('display', k === shown ? '' : 'none', 'important');
      },
      n,
    );
    const picture = await page.screenshot({ type, ...(type === 'webp' ? { quality: 90 } : {}) });
    const number = step(n);
    yield { slide, ...(number === undefined ? {} : { step: number }), picture };
  }
}
