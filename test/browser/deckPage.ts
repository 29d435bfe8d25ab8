import type { Page } from 'puppeteer-core';
import { openPage } from '../chromium.ts';
import type { useSite } from './useSite.ts';

/** What tests of the deck ask again and again of the site that they are given. */
export const deckOf = (given: ReturnType<typeof useSite>) => ({
  /** Opens the deck and waits until reveal has started. */
  async openDeck(rest = '', width = 1920, height = 1080) {
    const opened = await openPage(given.browser, `${given.site.deck}${rest}`, width, height);
    await opened.page.waitForSelector('.reveal.ready');
    return opened;
  },
  /** The stop of a key step, both as the page counts them. */
  keyStop(number: number): number {
    const { stops, keySteps } = given.site.replay;
    return stops.indexOf(keySteps[number]?.index ?? -1) + 1;
  },
});

/** Where the replay of the current slide is: the number of its stop, from 1. */
export const step = (page: Page) =>
  page.$eval('section.present .scrubber', (slider) => Number(slider.getAttribute('aria-valuenow')));
export const waitForStep = (page: Page, number: number) =>
  page.waitForFunction(
    (wanted) => document.querySelector('section.present .scrubber')?.getAttribute('aria-valuenow') === String(wanted),
    { timeout: 10_000 },
    number,
  );
export const slideId = (page: Page) => page.$eval('section.present[id]:not(.stack)', (slide) => slide.id);
