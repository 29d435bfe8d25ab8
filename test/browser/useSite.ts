import type { Browser } from 'puppeteer-core';
import { afterAll, beforeAll } from 'vitest';
import { openChromium } from '../chromium.ts';
import { makeSite, type Site } from './site.ts';

/** Opens Chromium and makes the site before the tests of a file, and takes both away behind them. */
export function useSite(): { readonly browser: Browser; readonly site: Site } {
  let browser: Browser | undefined;
  let site: Site | undefined;
  beforeAll(async () => {
    [browser, site] = await Promise.all([openChromium(), makeSite()]);
  });
  afterAll(async () => {
    await browser?.close();
    await site?.remove();
  });
  return {
    get browser() {
      if (!browser) throw new Error('there is no browser before the tests begin');
      return browser;
    },
    get site() {
      if (!site) throw new Error('there is no site before the tests begin');
      return site;
    },
  };
}
