import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openChromium, openPage } from './chromium.ts';

const root = join(import.meta.dirname, '..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');
/** Every example of Markdown in the README, in order. */
const examples = [...readme.matchAll(/^(`{3,})md\n([\s\S]*?)\n\1$/gm)].map(([, , text = '']) => text);
const named = (part: string) => examples.findIndex((text) => text.includes(part));

const opening = `# Examples

## Before

\`\`\`python
import asyncio

async def job(name):
    await asyncio.sleep(1)
    print(name)

async def main():
    await asyncio.gather(job("a"), job("b"))

asyncio.run(main())
\`\`\`

## Here

`;

let folder = '';
let browser: Browser;
const html = (n: number) => readFileSync(join(folder, 'out', `example-${n}`, 'index.html'), 'utf8');
const openExample = async (part: string, slide = 'here') => {
  const file = join(folder, 'out', `example-${named(part)}`, 'index.html');
  const opened = await openPage(browser, `${file}#/${slide}`);
  await opened.page.waitForSelector('.reveal.ready');
  return opened;
};
const marked = (page: Page) =>
  page.$$eval('section.present .line.marked', (lines) => lines.map((line) => line.textContent?.trim()));

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'loopreel-readme-'));
  for (const [n, text] of examples.entries()) writeFileSync(join(folder, `example-${n}.md`), `${opening}${text}\n`);
  copyFileSync(join(root, 'test', 'cases', 'gather', '7-replay.png'), join(folder, 'loop.png'));
  writeFileSync(join(folder, 'prices.md'), 'Shared by several notes.\n');
  const argv = [join(root, 'dist', 'cli.js'), 'build', ...examples.map((_, n) => `example-${n}.md`)];
  const { status, stderr } = spawnSync(process.execPath, argv, { cwd: folder, encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(status).toBe(0);
  browser = await openChromium();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true });
});

describe('the README’s examples', () => {
  test('are many, and none of them speaks of what is wrong', () => {
    expect(examples.length).toBeGreaterThan(8);
  });

  test.each(examples.map((text, n) => [n, text] as const))('%i: every word of it is on a slide: %s', (n, text) => {
    const shown = html(n).replace(/<script[\s\S]*?<\/script>|<annotation[\s\S]*?<\/annotation>|<[^>]+>/g, ' ');
    const prose = text.replace(/^(`{3,}).*\n|^:{2,}\w*|\{[^{}\n]*\}|\$[^$\n]*\$|^\$\$[\s\S]*?^\$\$/gm, ' ');
    for (const word of prose.match(/\b[A-Z][a-z]{3,}\b/g) ?? []) expect(shown).toContain(word);
  });

  test('code steps: a click marks the next lines, and the way back the ones before', async () => {
    const { page, problems } = await openExample('{2|4-5}');
    expect(await marked(page)).toEqual(['await asyncio.sleep(1)']);
    await page.keyboard.press('ArrowRight');
    expect(await marked(page)).toEqual(['async def main():', 'await brew("tea")']);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowLeft');
    expect(await marked(page)).toEqual(['async def main():', 'await brew("tea")']);
    await page.keyboard.press('ArrowLeft');
    expect(await marked(page)).toEqual(['await asyncio.sleep(1)']);
    expect(problems).toEqual([]);
    await page.close();
  });

  test('fragments: items come one by one', async () => {
    const { page } = await openExample('by=item');
    const seen = () => page.$$eval('section.present li.fragment.visible', (items) => items.length);
    expect(await seen()).toBe(0);
    await page.keyboard.press('ArrowRight');
    expect(await seen()).toBe(1);
    await page.keyboard.press('ArrowRight');
    expect(await seen()).toBe(2);
    await page.close();
  });

  test('morphing: lines that stay move from one slide to the next', async () => {
    const { page, problems } = await openExample('python morph', 'here');
    const before = await page.$$eval('section.present:not(.stack) [data-id]', (lines) =>
      lines.map((line) => line.getAttribute('data-id')),
    );
    await page.keyboard.press('ArrowRight');
    await page.waitForSelector('section.present[data-auto-animate="running"]');
    const after = await page.$$eval('section.present:not(.stack) [data-id]', (lines) =>
      lines.map((line) => line.getAttribute('data-id')),
    );
    expect(after.length).toBe(2);
    expect(before.length).toBe(3);
    expect(problems).toEqual([]);
    await page.close();
  });

  test('replays stand where they are put, and only there', () => {
    const kinds = [...html(named('::replay{to=')).matchAll(/<section [^>]*class="slide ?(\w*)"/g)].map(
      ([, kind]) => kind,
    );
    // The title, the block before with its replay, then the code and what follows each paragraph.
    expect(kinds).toEqual(['title', 'code', 'replay', 'code', 'replay', '', 'replay']);
  });

  test('a slide on a dark ground has the ink of the dark scheme', async () => {
    const { page } = await openExample('::slide{background="#12355b"');
    await page.evaluate(() => {
      location.hash = '#/intermission';
    });
    await page.waitForSelector('#intermission.present');
    const colours = await page.$eval('#intermission', (slide) => {
      const { color, backgroundColor } = getComputedStyle(slide);
      return [color, backgroundColor];
    });
    expect(colours).toEqual(['rgb(238, 240, 242)', 'rgb(18, 53, 91)']);
    await page.close();
  });

  test('a slide on a picture has light ink, and a picture that covers its slide has title and caption on it', async () => {
    const { page } = await openExample('::slide{background=loop.png}', 'one-thread');
    await page.waitForSelector('#one-thread.present');
    const ground = await page.$eval('#one-thread', (slide) => {
      const { color, backgroundImage } = getComputedStyle(slide);
      const body = slide.querySelector('.body p');
      return { color, body: body && getComputedStyle(body).color, backgroundImage };
    });
    expect(ground.backgroundImage).toMatch(/^linear-gradient\(.*url\(".*loop\.png"\)$/);
    expect([ground.color, ground.body]).toEqual(['rgb(238, 240, 242)', 'rgb(238, 240, 242)']);
    await page.evaluate(() => {
      location.hash = '#/the-whole-picture';
    });
    await page.waitForSelector('#the-whole-picture.present');
    const boxes = await page.$eval('#the-whole-picture', (slide) => {
      const slideBox = slide.getBoundingClientRect();
      return ['img', 'figcaption', '.slide-title'].map((part) => {
        const box = slide.querySelector(part)?.getBoundingClientRect();
        const share = (pixels = 0) => Math.round((100 * pixels) / slideBox.width);
        const left = share((box?.left ?? 0) - slideBox.left);
        return [left, share(box?.width) > 99 ? 'whole' : 'part'];
      });
    });
    expect(boxes).toEqual([
      [0, 'whole'],
      [4, 'part'],
      [4, 'part'],
    ]);
    await page.close();
  });
});
