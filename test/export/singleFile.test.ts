import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Browser, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openChromium, openPage, watch } from '../chromium.ts';
import { exporting } from './exporting.ts';

const note = `# 세탁소 ⏳

:::notes
[다음 시간](./after.md)과 [없는 시간](./never.md)을 예고한다. ![점](<점 그림.png>)
:::

[다음 시간](./after.md), [없는 시간](./never.md), [파이썬](https://docs.python.org/3/)

## 빨래 둘

\`\`\`python
import asyncio

async def wash(name):
    await asyncio.sleep(1)
    print(name, "</script>", "<!-- 얼룩 -->")

async def main():
    await asyncio.gather(wash("수건"), wash("이불"))

asyncio.run(main())
\`\`\`

## 그림

![빨간 점](<점 그림.png>)

## 수식

$$
T = \\max(t_1, t_2)
$$

## 배경

::slide{background="점 그림.png"}

그림 위의 글.
`;

/** A red pixel. */
const pixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC';

const { folder, run, read, list } = exporting('laundry', note);
let browser: Browser;

beforeAll(async () => {
  writeFileSync(join(folder, '점 그림.png'), Buffer.from(pixel, 'base64'));
  writeFileSync(join(folder, 'after.md'), '# 다음\n\n[지난 시간](laundry.md)\n');
  const { status, stderr } = run('export', 'laundry.md', 'after.md', '--single-file');
  expect([status, stderr]).toEqual([0, '']);
  browser = await openChromium();
});
afterAll(() => browser?.close());

/** Plays the replay of the slide shown with the keyboard, from its first step to its last. */
async function playToTheEnd(page: Page): Promise<void> {
  await page.waitForSelector('section.present .scrubber');
  await page.focus('section.present .loopreel-replay');
  const first = await page.$eval('section.present .scrubber', (slider) => Number(slider.ariaValueNow));
  await page.keyboard.press('Period');
  await page.waitForFunction(
    (before) => Number(document.querySelector('section.present .scrubber')?.ariaValueNow) === before + 1,
    {},
    first,
  );
  await page.keyboard.press('End');
  await page.waitForFunction(() => {
    const slider = document.querySelector('section.present .scrubber');
    return slider?.ariaValueNow === slider?.ariaValueMax;
  });
  expect(await page.$eval('section.present svg', (svg) => svg.textContent)).toContain('이불 </script> <!-- 얼룩 -->');
}

describe('loopreel export --single-file', () => {
  test('writes one file a deck', () => {
    expect(list('out')).toEqual(['.loopreel.json', 'after.html', 'laundry.html']);
  });

  test('opens by double click, asks for nothing, and its replay is alive', async () => {
    const page = await browser.newPage();
    const problems = watch(page);
    const asked: string[] = [];
    page.on('request', (request) => {
      if (!request.url().startsWith('data:')) asked.push(request.url().replace(/.*\//, ''));
    });
    await page.setViewport({ width: 1920, height: 1080 });
    await page.goto(`file://${join(folder, 'out', 'laundry.html')}`);
    await page.waitForSelector('.reveal.ready');
    for (let n = 0; n < 2; n++) await page.keyboard.press('ArrowRight');
    await playToTheEnd(page);
    for (let n = 0; n < 12; n++) await page.keyboard.press('ArrowRight');
    await page.evaluate(() => document.fonts.ready);
    const fonts = await page.evaluate(() => [...document.fonts].filter(({ status }) => status === 'loaded').length);
    expect(fonts).toBeGreaterThan(3);
    const shown = await page.$$eval('main img', (images) => images.map((image) => [image.alt, image.naturalWidth]));
    expect(shown).toEqual([
      ['점', 1],
      ['빨간 점', 1],
    ]);
    const grounds = await page.$$eval('section.grounded', (all) =>
      all.map((slide) => getComputedStyle(slide).backgroundImage),
    );
    expect(grounds).toEqual([expect.stringContaining('url("data:image/png;base64,')]);
    expect(asked).toEqual(['laundry.html']);
    expect(problems).toEqual([]);
    await page.close();
  });

  test('links lead to the files exported with it; one to a note that is not there is text', async () => {
    const { page } = await openPage(browser, join(folder, 'out', 'laundry.html'));
    const links = await page.$$eval('main .slide > .lead a', (all) => all.map((a) => a.getAttribute('href')));
    expect(links).toEqual(['after.html', null, 'https://docs.python.org/3/']);
    const notes = await page.$eval('.notes', (aside) => aside.innerHTML);
    expect(notes).toContain('<a href="after.html">다음 시간</a>과 <a>없는 시간</a>을');
    expect(notes).toContain(`src="data:image/png;base64,${pixel}"`);
    await page.close();
  });

  test('runs under a content security policy that allows its script by hash and nothing from anywhere', async () => {
    const html = read('out/laundry.html').toString();
    const script = /<script>([\s\S]*?)<\/script>/.exec(html)?.[1] ?? '';
    expect(script.length).toBeGreaterThan(100_000);
    const hash = createHash('sha256').update(script).digest('base64');
    const policy = `default-src 'none'; script-src 'sha256-${hash}'; style-src 'unsafe-inline'; img-src data:; font-src data:`;
    const server = createServer((request, response) => {
      if (request.url === '/favicon.ico') response.writeHead(204).end();
      else response.writeHead(200, { 'content-type': 'text/html', 'content-security-policy': policy }).end(html);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { page, problems } = await openPage(browser, `http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    await page.waitForSelector('.reveal.ready');
    for (let n = 0; n < 2; n++) await page.keyboard.press('ArrowRight');
    await playToTheEnd(page);
    expect(problems.filter((problem) => !problem.includes('favicon'))).toEqual([]);
    await page.close();
    server.closeAllConnections();
    server.close();
  });

  test('the same note gives the same bytes', () => {
    expect(run('export', 'laundry.md', 'after.md', '--single-file', '--no-cache', '-o', 'again').status).toBe(0);
    expect(read('again/laundry.html').equals(read('out/laundry.html'))).toBe(true);
  });

  test('a note called `index` never takes the place of a site’s list', () => {
    writeFileSync(join(folder, 'index.md'), '# 차례\n');
    expect(run('build', 'after.md', '-o', 'site').status).toBe(0);
    const { status, stderr } = run('export', 'index.md', '--single-file', '-o', 'site');
    expect(stderr).toContain("`index.html` is the site's list of decks; choose another --out for note `index.md`");
    expect(status).toBe(1);
  });
});
