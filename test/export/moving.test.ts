import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { decode, decodeFrames } from 'modern-gif';
import { PNG } from 'pngjs';
import type { Browser, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openChromium, openPage, watch } from '../chromium.ts';
import { exporting } from './exporting.ts';

const note = `# 정류장

## 버스 두 대

\`\`\`python
import asyncio

async def bus(number, minutes):
    await asyncio.sleep(minutes)
    print(number, "도착 🚌")

async def main():
    await asyncio.gather(bus(7, 2), bus(11, 1))

asyncio.run(main())
\`\`\`

## 없는 꾸러미

\`\`\`python
import busstop_never_made
busstop_never_made.wait()
\`\`\`
`;

const { folder, run, read, list } = exporting('stop', note);
const bytes = (path: string) => Uint8Array.from(read(path));
let browser: Browser;
let captions: readonly string[] = [];

beforeAll(async () => {
  const { status, stderr } = run('export', 'stop.md', '--svg', '--gif');
  expect(stderr).not.toContain('error');
  expect(status).toBe(0);
  expect(run('build', 'stop.md', '-o', 'site').status).toBe(0);
  const page = read('site/stop/index.html').toString();
  captions = [...page.matchAll(/<figcaption class="visually-hidden">([^<]*)/g)].map(([, caption = '']) => caption);
  expect(captions.length).toBeGreaterThan(3);
  browser = await openChromium();
});
afterAll(() => browser?.close());

/** Shows the picture as a blog does. */
async function inImage(): Promise<{ page: Page; problems: string[]; asked: string[] }> {
  const html = '<!doctype html><body style="margin:0"><img src="replay/b1.svg" width="928" alt="">';
  writeFileSync(join(folder, 'out', 'stop', 'blog.html'), html);
  const page = await browser.newPage();
  const problems = watch(page);
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url().slice(0, 200).replace(/.*\//, '')));
  await page.setViewport({ width: 928, height: 474 });
  await page.goto(`file://${join(folder, 'out', 'stop', 'blog.html')}`);
  return { page, problems, asked };
}

describe('loopreel export --svg', () => {
  test('has a picture of each replay, none of a block that did not run', () => {
    expect(list('out/stop').filter((file) => file !== 'blog.html')).toEqual(['replay/b1.gif', 'replay/b1.svg']);
  });

  test('tells every key step, in order', async () => {
    const { page } = await openPage(browser, join(folder, 'out', 'stop', 'replay', 'b1.svg'), 928, 474);
    expect(await page.$eval('title', ({ textContent }) => textContent)).toBe('버스 두 대');
    const steps = captions.map((caption, n) => `${n + 1}. ${caption}`).join('\n');
    expect(await page.$eval('desc', ({ textContent }) => textContent)).toBe(steps);
    // Each frame in its own time, from the first to the last and then from the first again.
    const shown = await page.evaluate(() => {
      const animations = document.getAnimations();
      const total = Number(animations[0]?.effect?.getComputedTiming().duration);
      const seen: string[] = [];
      for (let at = 0; at <= total + 1; at += 100) {
        for (const animation of animations) {
          animation.pause();
          animation.currentTime = at;
        }
        const visible = [...document.querySelectorAll('.caption')].filter(
          (caption) => getComputedStyle(caption).visibility === 'visible',
        );
        const caption = visible.map(({ textContent }) => textContent).join(' AND ');
        if (seen.at(-1) !== caption) seen.push(caption);
      }
      return seen;
    });
    expect(shown).toEqual([...captions, captions[0]]);
    await page.close();
  });

  test('moves in an <img>, with its own fonts, and asks for nothing', async () => {
    const { page, problems, asked } = await inImage();
    const first = await page.screenshot();
    await page.waitForFunction(() => performance.now() > 6000);
    expect(Buffer.from(await page.screenshot()).equals(Buffer.from(first))).toBe(false);
    expect(asked).toEqual(['blog.html', 'b1.svg']);
    expect(problems).toEqual([]);
    const svg = read('out/stop/replay/b1.svg').toString();
    expect(svg).toContain('<symbol id="emoji-1f68c"');
    expect(svg.length).toBeLessThan(150_000);
    await page.close();
  });

  test('stands at its last frame for who asks for reduced motion', async () => {
    const alone = await openPage(browser, join(folder, 'out', 'stop', 'replay', 'b1.svg'), 928, 474);
    await alone.page.emulateMediaFeatures([{ name: 'prefers-reduced-motion', value: 'reduce' }]);
    const visible = await alone.page.$$eval('.caption', (all) =>
      all.filter((caption) => getComputedStyle(caption).visibility === 'visible').map((one) => one.textContent),
    );
    expect(visible).toEqual([captions.at(-1)]);
    await alone.page.close();
  });
});

describe('loopreel export --gif', () => {
  test('has a frame for each key step, 960 pixels wide, and loops', () => {
    const gif = decode(bytes('out/stop/replay/b1.gif'));
    expect([gif.width, gif.height]).toEqual([960, 490]);
    expect(gif.looped).toBe(true);
    expect(gif.frames).toHaveLength(captions.length);
    const delays = gif.frames.map(({ delay }) => delay);
    expect(Math.min(...delays)).toBeGreaterThanOrEqual(1800);
    expect(delays.at(-1)).toBe(Math.max(...delays));
    const areas = gif.frames.slice(1, -1).map(({ width, height }) => width * height);
    for (const area of areas) expect(area).toBeLessThan(960 * 490);
  });

  test('its frames look like those of the SVG', async () => {
    const { page } = await openPage(browser, join(folder, 'out', 'stop', 'replay', 'b1.svg'), 960, 490);
    await page.emulateMediaFeatures([{ name: 'prefers-reduced-motion', value: 'reduce' }]);
    const decoded = decodeFrames(bytes('out/stop/replay/b1.gif'));
    const last = decoded.at(-1)?.data ?? new Uint8ClampedArray();
    await page.$eval('svg', (svg) => {
      svg.setAttribute('width', '960');
      svg.setAttribute('height', '490.34');
    });
    const drawn = PNG.sync.read(Buffer.from(await page.screenshot()));
    expect(last).toHaveLength(960 * 490 * 4);
    // Edges may lie half a pixel elsewhere: fields of 10 × 10 pixels are compared, by their mean.
    const field = (data: Uint8Array | Uint8ClampedArray, x: number, y: number, channel: number) => {
      let sum = 0;
      for (let n = 0; n < 100; n++) sum += data[((y + Math.floor(n / 10)) * 960 + x + (n % 10)) * 4 + channel] ?? 0;
      return sum / 100;
    };
    let furthest = 0;
    for (let y = 0; y < 490; y += 10)
      for (let x = 0; x < 960; x += 10)
        for (const channel of [0, 1, 2])
          furthest = Math.max(furthest, Math.abs(field(last, x, y, channel) - field(drawn.data, x, y, channel)));
    expect(furthest).toBeLessThan(16);
    await page.close();
  });

  test('the same note gives the same bytes', () => {
    expect(run('export', 'stop.md', '--svg', '--gif', '--no-cache', '-o', 'again').status).toBe(0);
    for (const name of ['b1.svg', 'b1.gif'])
      expect(read(`again/stop/replay/${name}`).equals(read(`out/stop/replay/${name}`))).toBe(true);
  });

  test.each(['--svg', '--gif'])('%s of a note without a replay says so, and fails', (flag) => {
    writeFileSync(join(folder, 'quiet.md'), '# 조용함\n\n글만 있다.\n');
    const { status, stderr } = run('export', 'quiet.md', flag, '-o', 'quiet');
    expect(stderr).toMatch(
      /^quiet\.md:1:1: warning: there is no replay here \(replay-none\)\n {2}Only a block that ran/,
    );
    expect(status).toBe(1);
  });

  test('one note with a replay is enough', () => {
    expect(run('export', 'quiet.md', 'stop.md', '--svg', '-o', 'both').status).toBe(0);
  });
});
