/**
 * What `loopreel snapshot` takes beside bare screenshots of the same decks, in the same run: `node bench.mjs [note…]`.
 * The floor opens each built deck and photographs every slide at every step, one after the other: nothing is laid out
 * anew, waited for, compared or written. Medians of three rounds taken in turn.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { load, unload } from '../load.mjs';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const cli = join(root, 'dist', 'cli.js');
const notes = process.argv.length > 2 ? process.argv.slice(2) : [join(root, 'slides')];
const out = mkdtempSync(join(tmpdir(), 'loopreel-snapshot-bench-'));
const rounds = 3;
const loopreel = (...argv) =>
  execFileSync(process.execPath, [cli, ...argv], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
const { openChromium } = await load('test/chromium.ts');

/** Photographs decks; gives the number of pictures. */
async function screenshots() {
  const browser = await openChromium();
  let pictures = 0;
  try {
    const page = await browser.newPage();
    await page.setViewport({ width: 1920, height: 1080 });
    for (const { name } of readdirSync(out, { withFileTypes: true }).filter((entry) => entry.isDirectory())) {
      if (name === 'assets' || name === 'baselines') continue;
      await page.goto('about:blank');
      await page.goto(pathToFileURL(join(out, name, 'index.html')).href);
      await page.waitForSelector('.reveal.ready');
      const addresses = await page.$$eval('section.slide', (slides) =>
        slides.flatMap((slide) => {
          const last = Math.max(
            -1,
            ...[...slide.querySelectorAll('.fragment')].map((part) => part.dataset.fragmentIndex),
          );
          return Array.from({ length: last + 2 }, (_, step) => `#/${slide.id}/${step - 1}`);
        }),
      );
      for (const address of addresses) {
        await page.evaluate((hash) => {
          location.hash = hash;
        }, address);
        await page.screenshot();
      }
      pictures += addresses.length;
    }
  } finally {
    await browser.close();
  }
  return pictures;
}

const seconds = { bare: [], snapshot: [] };
const timed = async (times, action) => {
  const begun = performance.now();
  const result = await action();
  times.push((performance.now() - begun) / 1000);
  return result;
};
try {
  loopreel('build', ...notes, '--out', out);
  const snapshot = ['snapshot', ...notes, '--baselines', join(out, 'baselines'), '--out', out];
  loopreel(...snapshot, '--update');
  let pictures = 0;
  for (let round = 0; round < rounds; round++) {
    pictures = await timed(seconds.bare, screenshots);
    await timed(seconds.snapshot, () => loopreel(...snapshot));
  }
  const median = (times) => times.sort((a, b) => a - b)[Math.floor(rounds / 2)];
  const [bare, whole] = [median(seconds.bare), median(seconds.snapshot)];
  console.log(`${bare.toFixed(2).padStart(6)} s  bare screenshots of ${pictures} slides and steps`);
  console.log(
    `${whole.toFixed(2).padStart(6)} s  snapshot of them, unchanged  ${(whole / bare).toFixed(2)} × bare screenshots`,
  );
} finally {
  rmSync(out, { recursive: true, force: true });
  await unload();
}
