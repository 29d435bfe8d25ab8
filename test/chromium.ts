import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'puppeteer-core';
import { launchBrowser } from '../src/node/chromium.ts';

const cacheDirectory = join(import.meta.dirname, '..', 'node_modules', '.cache', 'loopreel');

/** The packaged Chromium, the same on every machine. The caller closes it. */
export function openChromium(): Promise<Browser> {
  return launchBrowser({ cacheDirectory, packaged: true });
}

/** A page and everything that went wrong in it: console errors, exceptions, failed requests. */
export interface WatchedPage {
  readonly page: Page;
  readonly problems: string[];
}

/** Opens a file by its path, as a double click does, in a window of the given size. */
export async function openPage(browser: Browser, path: string, width = 1920, height = 1080): Promise<WatchedPage> {
  const page = await browser.newPage();
  const problems = watch(page);
  await page.setViewport({ width, height });
  const [file = path] = path.split(/[?#]/, 1);
  await page.goto(path.startsWith('http') ? path : pathToFileURL(file).href + path.slice(file.length));
  return { page, problems };
}

/** Collects what goes wrong in a page from now on. */
export function watch(page: Page): string[] {
  const problems: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warn') problems.push(message.text());
  });
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('requestfailed', (request) => problems.push(`${request.url()} ${request.failure()?.errorText}`));
  return problems;
}
