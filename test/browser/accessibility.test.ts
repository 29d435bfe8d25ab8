import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import axe from 'axe-core';
import type { Browser, Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openChromium, openPage } from '../chromium.ts';

const root = join(import.meta.dirname, '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'loopreel-axe-'));
const site = join(folder, 'site');
let browser: Browser;

beforeAll(async () => {
  const notes = join(folder, 'notes');
  mkdirSync(notes);
  for (const name of ['aiohttp', 'deadlock', 'task-group-failure', 'sync-twin'])
    copyFileSync(join(root, 'test', 'cases', name, '1-notes.md'), join(notes, `${name}.md`));
  execFileSync(process.execPath, [join(root, 'dist', 'cli.js'), 'build', notes, '--out', site]);
  browser = await openChromium();
});
afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true });
});

/** Everything that axe-core finds on a page as it stands, of any impact. */
async function findings(page: Page): Promise<string[]> {
  // Half faded in, a text has half its contrast.
  await page.waitForFunction('!document.getAnimations().some((animation) => animation instanceof CSSTransition)');
  if (!(await page.evaluate('"axe" in globalThis'))) await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { violations } = await (globalThis as unknown as { axe: typeof axe }).axe.run();
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary}`),
    );
  });
}

const sizes = [
  [1920, 1080, 'light'],
  [1280, 720, 'dark'],
  [360, 740, 'light'],
] as const;

test.each(sizes)('axe-core finds nothing on any slide, %d × %d, %s', async (width, height, scheme) => {
  for (const name of ['aiohttp', 'deadlock', 'task-group-failure', 'sync-twin']) {
    const { page } = await openPage(browser, join(site, name, 'index.html'), width, height);
    await page.emulateMediaFeatures([
      { name: 'prefers-color-scheme', value: scheme },
      // A picture between two others is nothing to be judged.
      { name: 'prefers-reduced-motion', value: 'reduce' },
    ]);
    await page.waitForSelector('.reveal.ready');
    let last = '';
    for (;;) {
      const here = await page.evaluate('location.hash + document.querySelectorAll(".fragment.visible").length');
      if (here === last) break;
      last = String(here);
      expect(await findings(page), `${name} ${last}`).toEqual([]);
      await page.keyboard.press('PageDown');
      await page.waitForNetworkIdle({ idleTime: 50 });
    }
    expect(last).not.toBe('');
    await page.close();
  }
});

test.each(sizes)('axe-core finds nothing on lists and embeds, %d × %d, %s', async (width, height, scheme) => {
  const replays = readdirSync(site, { recursive: true, encoding: 'utf8' }).filter((path) =>
    /replay.*\.html$/.test(path),
  );
  expect(replays.length).toBeGreaterThan(3);
  for (const path of ['index.html', ...replays]) {
    const { page } = await openPage(browser, join(site, path), width, height);
    await page.emulateMediaFeatures([
      { name: 'prefers-color-scheme', value: scheme },
      // A picture between two others is nothing to be judged.
      { name: 'prefers-reduced-motion', value: 'reduce' },
    ]);
    if (path !== 'index.html') await page.waitForSelector('.scrubber');
    expect(await findings(page), path).toEqual([]);
    await page.close();
  }
});
