import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openChromium, openPage } from './chromium.ts';

const here = import.meta.dirname;

test('the gallery shows each case with its note, its live replay, its stills and its trace', async () => {
  const out = mkdtempSync(join(tmpdir(), 'loopreel-gallery-test-'));
  const browser = await openChromium();
  try {
    execFileSync(process.execPath, [join(here, 'gallery.mjs'), out], { stdio: ['ignore', 'ignore', 'inherit'] });
    const names = readdirSync(join(here, 'cases')).sort();

    const all = await openPage(browser, join(out, 'gallery.html'));
    expect(await all.page.$$eval('.cases a', (links) => links.map((link) => link.textContent))).toEqual(names);
    expect(all.problems).toEqual([]);

    const one = await openPage(browser, join(out, 'cases', 'semaphore.html'));
    const frame = await (
      await one.page.waitForSelector('loopreel-replay iframe, loopreel-replay >>> iframe')
    )?.contentFrame();
    await frame?.waitForSelector('.loopreel-replay.live > svg');
    expect(await one.page.$$eval('.stills svg', (stills) => stills.length)).toBe(
      readdirSync(join(here, 'cases', 'semaphore')).filter((file) => file.startsWith('5-still-')).length,
    );
    expect(await one.page.$$eval('pre', (texts) => texts.length)).toBe(2);
    expect(one.problems).toEqual([]);
  } finally {
    await browser.close();
    rmSync(out, { recursive: true, force: true });
  }
}, 120_000);
