import type { Page } from 'puppeteer-core';
import { describe, expect, test } from 'vitest';
import { openPage, watch } from '../chromium.ts';
import { deckOf, slideId, step, waitForStep } from './deckPage.ts';
import { serve } from './server.ts';
import { useSite } from './useSite.ts';

const given = useSite();
const { keyStop, openDeck } = deckOf(given);

describe('a deck page', () => {
  test('opens from file:// without a word in the console', async () => {
    const { page, problems } = await openDeck();
    for (let n = 0; n < 12; n++) await page.keyboard.press('ArrowRight');
    expect(problems).toEqual([]);
    await page.close();
  });

  test('parameters of the address configure nothing and are kept', async () => {
    const served = await serve(given.site.folder);
    const { page } = await openPage(
      given.browser,
      `${served.address}/index.html?view=print&postMessage=true&width=100&from=mail`,
    );
    await page.waitForSelector('.reveal.ready');
    expect(page.url()).toContain('?view=print&postMessage=true&width=100&from=mail');
    expect(await page.$('.pdf-page')).toBeNull();
    expect(await page.$eval('.slides', (slides) => (slides as HTMLElement).style.width)).toBe('1920px');
    await page.close();
    served.close();
  });

  test('parameters configure nothing from file:// either', async () => {
    const { page } = await openPage(given.browser, `${given.site.deck}?view=print&width=100#/${given.site.slide}`);
    await page.waitForSelector('.reveal.ready');
    expect(await page.$eval('.slides', (slides) => (slides as HTMLElement).style.width)).toBe('1920px');
    expect(await slideId(page)).toBe(given.site.slide);
    await page.close();
  });

  test('commands of other windows are not obeyed', async () => {
    const { page } = await openDeck();
    await page.evaluate(() =>
      window.postMessage(JSON.stringify({ method: 'setState', args: [{ indexh: 1, indexv: 0 }] }), '*'),
    );
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 50)));
    expect(await page.$eval('.deck-footer', (footer) => (footer as HTMLElement).hidden)).toBe(true);
    await page.close();
  });

  test('the counter stands on text slides only', async () => {
    const { page } = await openDeck();
    const footer = () => page.$eval('.deck-footer', (line) => ((line as HTMLElement).hidden ? null : line.textContent));
    expect(await footer()).toBeNull();
    await page.keyboard.press('ArrowRight');
    expect(await footer()).toMatch(/^1 · 세마포어2 \/ \d+$/);
    await page.goto(`${page.url().split('#')[0]}#/${given.site.slide}`);
    await page.waitForSelector('section.present .scrubber');
    expect(await footer()).toBeNull();
    await page.close();
  });

  test('the overview shows all slides and opens the one that is clicked', async () => {
    const { page, problems } = await openDeck(`#/${given.site.slide}`);
    await waitForStep(page, keyStop(0));
    await page.keyboard.press('KeyO');
    await page.waitForSelector('.reveal.overview');
    const first = await (await page.$('.slides > section'))?.boundingBox();
    if (!first) throw new Error('no slide');
    await page.mouse.click(first.x + first.width / 2, first.y + first.height / 2);
    await page.waitForFunction(() => !document.querySelector('.reveal.overview'));
    expect(await slideId(page)).not.toBe(given.site.slide);
    expect(problems).toEqual([]);
    await page.close();
  });

  test('moves nothing gradually for readers who want no motion, and outlines what has moved', async () => {
    const page = await given.browser.newPage();
    await page.emulateMediaFeatures([{ name: 'prefers-reduced-motion', value: 'reduce' }]);
    await page.setViewport({ width: 1920, height: 1080 });
    await page.goto(`file://${given.site.deck}#/${encodeURIComponent(given.site.slide)}`);
    await waitForStep(page, keyStop(0));
    expect(await page.$('.reveal.none')).not.toBeNull();
    await page.keyboard.press('ArrowRight');
    expect(await step(page)).toBe(keyStop(1));
    expect(await page.$('section.present .card.moved')).not.toBeNull();
    await page.close();
  });

  test('tells a screen reader the heading of a slide and the caption of a step', async () => {
    const { page } = await openDeck('#/1');
    const heard = (selector: string) => page.$eval(selector, (region) => region.textContent);
    expect(await page.$('[role="application"]')).toBeNull();
    expect(await page.$('.aria-status')).toBeNull();
    expect(await heard('.reveal > [aria-live]')).toMatch(/^세마포어 2 \/ \d+$/);
    await page.keyboard.press('ArrowRight');
    await waitForStep(page, keyStop(0));
    await page.keyboard.press('ArrowRight');
    await waitForStep(page, keyStop(1));
    expect(await heard('section.present .loopreel-replay > [aria-live]')).toBe(given.site.replay.keySteps[1]?.caption);
    await page.close();
  });

  test('works in a sandboxed frame', async () => {
    const served = await serve(given.site.folder);
    const { page, problems } = await openPage(given.browser, `${served.address}/sandbox-deck.html`);
    const frame = await (await page.waitForSelector('iframe'))?.contentFrame();
    await frame?.waitForSelector('.reveal.ready');
    await frame?.evaluate((id) => {
      location.hash = `#/${id}/0`;
    }, given.site.slide);
    await frame?.waitForFunction(
      (wanted) => document.querySelector('section.present .scrubber')?.getAttribute('aria-valuenow') === wanted,
      {},
      String(keyStop(1)),
    );
    expect(problems).toEqual([]);
    await page.close();
    served.close();
  });
});

describe('the speaker view', () => {
  test('opened in the midst of a replay leaves it where it is', async () => {
    const { page } = await openDeck(`#/${given.site.slide}/1`);
    await waitForStep(page, keyStop(2));
    const [popup] = await Promise.all([
      new Promise<Page | null>((resolve) => page.once('popup', resolve)),
      page.keyboard.press('KeyS'),
    ]);
    const frame = await (await popup?.waitForSelector('#current-slide iframe'))?.contentFrame();
    await frame?.waitForFunction(
      (wanted) => document.querySelector('section.present .scrubber')?.getAttribute('aria-valuenow') === wanted,
      {},
      String(keyStop(2)),
    );
    expect(await step(page)).toBe(keyStop(2));
    await popup?.close();
    await page.close();
  });

  test.each(['file://', 'http://'])('shows notes and stays in step, over %s', async (protocol) => {
    const served = protocol === 'http://' ? await serve(given.site.folder) : null;
    const address = served ? `${served.address}/index.html` : given.site.deck;
    const { page, problems } = await openPage(given.browser, `${address}#/1`);
    await page.waitForSelector('.reveal.ready');
    const [popup] = await Promise.all([
      new Promise<Page | null>((resolve) => page.once('popup', resolve)),
      page.keyboard.press('KeyS'),
    ]);
    if (!popup) throw new Error('no speaker view');
    problems.push(...watch(popup));
    await popup.waitForFunction(() =>
      document.querySelector('.speaker-controls-notes .value')?.textContent?.includes('자리가 둘뿐'),
    );
    const frame = await (await popup.waitForSelector('#current-slide iframe'))?.contentFrame();
    if (!frame) throw new Error('no frame');
    await frame.waitForSelector('.reveal.ready');
    const framed = (number: number) =>
      frame.waitForFunction(
        (wanted) =>
          document.querySelector('section.present .scrubber')?.getAttribute('aria-valuenow') === String(wanted),
        { timeout: 10_000 },
        number,
      );

    // The deck leads by slides, key steps and single steps.
    await page.bringToFront();
    await page.keyboard.press('ArrowRight');
    await waitForStep(page, keyStop(0));
    await framed(keyStop(0));
    await page.keyboard.press('ArrowRight');
    await framed(keyStop(1));
    await page.focus('section.present .loopreel-replay');
    await page.keyboard.press('Period');
    await framed(keyStop(1) + 1);

    // The view leads: a slide's arrows typed in its window, the slider in its frame.
    await popup.bringToFront();
    await popup.keyboard.press('ArrowRight');
    await waitForStep(page, keyStop(2));
    await frame.evaluate(() =>
      document.querySelector<HTMLElement>('section.present .loopreel-replay .stepForward')?.click(),
    );
    await waitForStep(page, keyStop(2) + 1);
    expect(problems).toEqual([]);
    await popup.close();
    await page.close();
    served?.close();
  });
});
