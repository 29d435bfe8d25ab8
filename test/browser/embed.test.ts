import type { Page } from 'puppeteer-core';
import { describe, expect, test } from 'vitest';
import { openPage } from '../chromium.ts';
import { serve } from './server.ts';
import { useSite } from './useSite.ts';

const given = useSite();

const step = (page: Page) => page.$eval('.scrubber', (slider) => Number(slider.getAttribute('aria-valuenow')));
const firstStop = () => given.site.replay.stops.indexOf(given.site.replay.keySteps[0]?.index ?? -1) + 1;

describe('a replay’s own page', () => {
  test.each([360, 480, 699, 700, 1100, 1920])('fits a width of %i without sideways scrolling', async (width) => {
    const { page, problems } = await openPage(given.browser, given.site.embed, width, 740);
    await page.waitForSelector('.scrubber');
    const [scrolled, layout] = await page.evaluate(() => [
      document.documentElement.scrollWidth,
      document.querySelector('.loopreel-replay > svg')?.getAttribute('class'),
    ]);
    expect(scrolled).toBeLessThanOrEqual(width);
    expect(layout).toBe(width < 700 ? 'loopreel narrow' : 'loopreel wide');
    expect(problems).toEqual([]);
    await page.close();
  });

  test('changes its layout with its width and keeps its place', async () => {
    const { page } = await openPage(given.browser, given.site.embed, 1000, 740);
    await page.waitForSelector('.scrubber');
    await page.click('.stepForward');
    const at = await step(page);
    await page.setViewport({ width: 360, height: 740 });
    await page.waitForSelector('.loopreel-replay.narrow');
    expect(await step(page)).toBe(at);
    await page.close();
  });

  test('has buttons of 44 pixels that stay in sight, at 360 pixels', async () => {
    const { page } = await openPage(given.browser, given.site.embed, 360, 500);
    await page.waitForSelector('.narrow .scrubber');
    const boxes = await page.$$eval('.player-bar .control:not([hidden])', (all) =>
      all.map((button) => {
        const { width, height, bottom } = button.getBoundingClientRect();
        return { width, height, bottom };
      }),
    );
    expect(boxes).toHaveLength(7);
    for (const { width, height, bottom } of boxes) {
      expect(Math.min(width, height)).toBeGreaterThanOrEqual(44);
      expect(bottom).toBeLessThanOrEqual(500);
    }
    await page.close();
  });

  test('is dragged on its strip, at 360 pixels', async () => {
    const { page } = await openPage(given.browser, given.site.embed, 360, 740);
    const strip = await (await page.waitForSelector('.strip-box svg'))?.boundingBox();
    if (!strip) throw new Error('no strip');
    await page.mouse.move(strip.x + 60, strip.y + strip.height / 2);
    await page.mouse.down();
    await page.mouse.move(strip.x + strip.width, strip.y + strip.height / 2, { steps: 4 });
    await page.mouse.up();
    expect(await step(page)).toBe(given.site.replay.stops.length);
    await page.close();
  });

  test('shows the panels that its address names, and no others', async () => {
    const { page } = await openPage(given.browser, `${given.site.embed}#views=code,console`, 1000, 740);
    await page.waitForSelector('.scrubber');
    expect(await page.$('.code-panel')).not.toBeNull();
    expect(await page.$('.lanes')).toBeNull();
    await page.close();
  });

  test('starts where its address says, with the controls that it says', async () => {
    const { page } = await openPage(given.browser, `${given.site.embed}#step=5&controls=step`, 360, 740);
    await page.waitForSelector('.scrubber');
    expect(await step(page)).toBe(5);
    expect(await page.$('.control.play')).toBeNull();
    await page.close();
  });

  test('tells its key steps in a list, also without a script', async () => {
    const page = await given.browser.newPage();
    await page.setJavaScriptEnabled(false);
    await page.goto(`file://${given.site.embed}`);
    expect(await page.$$eval('.transcript li', (all) => all.length)).toBe(given.site.replay.keySteps.length);
    expect(await page.$('.still svg')).not.toBeNull();
    await page.close();
  });
});

describe('<loopreel-replay>', () => {
  test('shows a replay in its height and obeys its methods', async () => {
    const { page, problems } = await openPage(given.browser, given.site.host, 900, 900);
    const heard = page.evaluate(
      () =>
        new Promise<{ step: number; caption: string }>((resolve) => {
          document.querySelector('loopreel-replay')?.addEventListener('step', (event) => {
            const { detail } = event as CustomEvent<{ step: number; caption: string }>;
            if (detail.step === 7) resolve(detail);
          });
        }),
    );
    await page.evaluate(() =>
      (document.querySelector('loopreel-replay') as unknown as { seek(step: number): void }).seek(7),
    );
    expect((await heard).caption).not.toBe('');
    await page.waitForFunction(() => (document.querySelector('loopreel-replay')?.clientHeight ?? 0) > 300);
    const frame = page.frames().find((candidate) => candidate.url().includes('controls=step'));
    expect(await frame?.$eval('.scrubber', (slider) => slider.getAttribute('aria-valuenow'))).toBe('7');
    expect(problems).toEqual([]);
    await page.close();
  });

  test('tells when playback has ended', async () => {
    const { page } = await openPage(given.browser, given.site.host, 900, 900);
    const last = given.site.replay.stops.length - 1;
    await page.evaluate(
      (step) =>
        new Promise<void>((resolve) => {
          const element = document.querySelector('loopreel-replay') as HTMLElement & {
            seek(step: number): void;
            play(): void;
          };
          element.addEventListener('ended', () => resolve());
          element.seek(step);
          element.play();
        }),
      last,
    );
    await page.close();
  });
});

test('a replay works in a sandboxed frame', async () => {
  const served = await serve(given.site.folder);
  const { page, problems } = await openPage(given.browser, `${served.address}/sandbox.html`, 500, 900);
  const frame = await (await page.waitForSelector('iframe'))?.contentFrame();
  if (!frame) throw new Error('no frame');
  await frame.waitForSelector('.control.stepForward');
  await frame.click('.control.stepForward');
  await frame.waitForFunction(
    (wanted) => document.querySelector('.scrubber')?.getAttribute('aria-valuenow') === String(wanted),
    {},
    firstStop() + 1,
  );
  expect(problems).toEqual([]);
  await page.close();
  served.close();
});
