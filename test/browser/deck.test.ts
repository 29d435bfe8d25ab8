import { readFile, writeFile } from 'node:fs/promises';
import type { Browser, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openChromium, openPage, watch } from '../chromium.ts';
import { serve } from './server.ts';
import { makeSite, type Site } from './site.ts';

let browser: Browser;
let site: Site;

beforeAll(async () => {
  [browser, site] = await Promise.all([openChromium(), makeSite()]);
});
afterAll(async () => {
  await browser?.close();
  await site?.remove();
});

/** Opens the deck and waits until reveal has started. */
async function openDeck(rest = '', width = 1920, height = 1080) {
  const opened = await openPage(browser, `${site.deck}${rest}`, width, height);
  await opened.page.waitForSelector('.reveal.ready');
  return opened;
}

/** Where the replay of the current slide is: the number of its stop, from 1. */
const step = (page: Page) =>
  page.$eval('section.present .scrubber', (slider) => Number(slider.getAttribute('aria-valuenow')));
const waitForStep = (page: Page, number: number) =>
  page.waitForFunction(
    (wanted) => document.querySelector('section.present .scrubber')?.getAttribute('aria-valuenow') === String(wanted),
    { timeout: 10_000 },
    number,
  );
const fragments = (page: Page) =>
  page.$$eval('section.present .loopreel-replay .fragment.visible', (all) => all.length);
/** The stop of a key step, both as the page counts them. */
const keyStop = (number: number) => site.replay.stops.indexOf(site.replay.keySteps[number]?.index ?? -1) + 1;
const slideId = (page: Page) => page.$eval('section.present[id]:not(.stack)', (slide) => slide.id);

describe('a deck page', () => {
  test('opens from file:// without a word in the console', async () => {
    const { page, problems } = await openDeck();
    for (let n = 0; n < 12; n++) await page.keyboard.press('ArrowRight');
    expect(problems).toEqual([]);
    await page.close();
  });

  test('takes the clicker through every key step and on to the next slide', async () => {
    const { page } = await openDeck(`#/${site.slide}`);
    await waitForStep(page, keyStop(0));
    for (let number = 1; number < site.replay.keySteps.length; number++) {
      await page.keyboard.press(number % 2 ? 'ArrowRight' : 'PageDown');
      await waitForStep(page, keyStop(number));
      expect(await fragments(page)).toBe(number);
    }
    await page.keyboard.press('PageDown');
    expect(await slideId(page)).not.toBe(site.slide);
    await page.keyboard.press('PageUp');
    await waitForStep(page, keyStop(site.replay.keySteps.length - 1));
    await page.close();
  });

  test('a fast clicker arrives where its clicks add up to', async () => {
    const { page } = await openDeck(`#/${site.slide}`);
    await waitForStep(page, keyStop(0));
    for (let n = 0; n < 3; n++) await page.keyboard.press('ArrowRight');
    await waitForStep(page, keyStop(3));
    await page.keyboard.press('ArrowLeft');
    expect(await step(page)).toBe(keyStop(2));
    await page.close();
  });

  test('a deep link opens a replay at its key step', async () => {
    const { page } = await openDeck(`#/${encodeURIComponent(site.slide)}/1`);
    await waitForStep(page, keyStop(2));
    expect(await fragments(page)).toBe(2);
    await page.close();
  });

  test('the keys , . [ ] work while the replay has the focus, and reveal follows', async () => {
    const { page } = await openDeck(`#/${site.slide}`);
    await waitForStep(page, keyStop(0));
    await page.focus('section.present .loopreel-replay');
    await page.keyboard.press('Period');
    await waitForStep(page, keyStop(0) + 1);
    expect(await page.$('.reveal.paused')).toBeNull();
    await page.keyboard.press('Comma');
    await waitForStep(page, keyStop(0));
    await page.keyboard.press('BracketRight');
    await waitForStep(page, keyStop(1));
    expect(await fragments(page)).toBe(1);
    await page.keyboard.press('End');
    await waitForStep(page, site.replay.stops.length);
    expect(await fragments(page)).toBe(site.replay.keySteps.length - 1);
    expect(await slideId(page)).toBe(site.slide);
    await page.keyboard.press('BracketLeft');
    await page.keyboard.press('BracketLeft');
    const before = await fragments(page);
    await page.keyboard.press('ArrowRight');
    await page.waitForFunction(
      (count) => document.querySelectorAll('section.present .fragment.visible').length === count,
      {},
      before + 1,
    );
    await page.close();
  });

  test('Korean input moves no key', async () => {
    const { page } = await openDeck(`#/${site.slide}`);
    await waitForStep(page, keyStop(0));
    await page.$eval('section.present .loopreel-replay', (replay) => {
      (replay as HTMLElement).focus();
      replay.dispatchEvent(new KeyboardEvent('keydown', { key: 'ㅔ', code: 'KeyP', bubbles: true, cancelable: true }));
    });
    expect(await page.$eval('section.present .control.play', (button) => button.getAttribute('aria-label'))).toBe(
      '멈춤',
    );
    await page.close();
  });

  test('Escape leaves the replay, and the keys are reveal’s again', async () => {
    const { page } = await openDeck(`#/${site.slide}`);
    await waitForStep(page, keyStop(0));
    await page.focus('section.present .loopreel-replay');
    await page.keyboard.press('Escape');
    expect(await page.$('.reveal.overview')).toBeNull();
    await page.keyboard.press('Escape');
    expect(await page.$('.reveal.overview')).not.toBeNull();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Period');
    expect(await page.$('.reveal.paused')).not.toBeNull();
    await page.close();
  });

  test('the slider is dragged with a pointer, in any size of the window', async () => {
    for (const [width, height] of [
      [1920, 1080],
      [800, 600],
    ] as const) {
      const { page } = await openDeck(`#/${site.slide}`, width, height);
      await waitForStep(page, keyStop(0));
      const track = await (await page.$('section.present .track'))?.boundingBox();
      if (!track) throw new Error('no track');
      const middle = track.y + track.height / 2;
      await page.mouse.move(track.x + 5, middle);
      await page.mouse.down();
      await page.mouse.move(track.x + track.width + 50, middle, { steps: 5 });
      expect(await step(page)).toBe(site.replay.stops.length);
      await page.mouse.move(track.x, middle, { steps: 3 });
      await page.mouse.up();
      expect(await step(page)).toBe(1);
      // The clicker still turns pages afterwards.
      await page.keyboard.press('PageDown');
      await waitForStep(page, keyStop(1));
      await page.close();
    }
  });

  test('between two key steps the replay stays where the reader put it', async () => {
    const { page } = await openDeck(`#/${site.slide}`);
    await waitForStep(page, keyStop(0));
    const number = site.replay.keySteps.findIndex((_, n) => n > 0 && keyStop(n + 1) - keyStop(n) > 1);
    const between = keyStop(number) + 1;
    const track = await (await page.$('section.present .track'))?.boundingBox();
    if (!track) throw new Error('no track');
    const x = track.x + (track.width * (between - 1)) / (site.replay.stops.length - 1);
    await page.mouse.click(x, track.y + track.height / 2);
    expect(await fragments(page)).toBe(number);
    expect(await step(page)).toBe(between);
    // The next click of the clicker leads on from there.
    await page.keyboard.press('PageDown');
    await waitForStep(page, keyStop(number + 1));
    await page.close();
  });

  test('the slider says its value in words and moves by arrows', async () => {
    const { page } = await openDeck(`#/${site.slide}`);
    await waitForStep(page, keyStop(0));
    await page.focus('section.present .scrubber');
    await page.keyboard.press('ArrowRight');
    await waitForStep(page, keyStop(0) + 1);
    expect(await fragments(page)).toBe(0);
    const text = await page.$eval('section.present .scrubber', (slider) => slider.getAttribute('aria-valuetext'));
    expect(text).toMatch(/^[\d.]+초, \d+단계 중 \d+(, .+ 실행 중)?$/);
    await page.close();
  });

  test('playback walks on by itself and can be stopped', async () => {
    const { page } = await openDeck(`#/${site.slide}`);
    await waitForStep(page, keyStop(0));
    await page.click('section.present .control.play');
    await waitForStep(page, keyStop(0) + 2);
    await page.click('section.present .control.play');
    const label = await page.$eval('section.present .control.play', (button) => button.getAttribute('aria-label'));
    expect(label).toBe('재생');
    await page.close();
  });

  test('playback stops when the slide is left', async () => {
    const { page } = await openDeck(`#/${site.slide}`);
    await waitForStep(page, keyStop(0));
    await page.click('section.present .control.play');
    await page.keyboard.press('Escape');
    await page.keyboard.press('End');
    expect(await slideId(page)).not.toBe(site.slide);
    const label = await page.$eval('.loopreel-replay .control.play', (button) => button.getAttribute('aria-label'));
    expect(label).toBe('재생');
    await page.close();
  });

  test('a recording that cannot be read leaves the pictures in their place', async () => {
    const broken = site.deck.replace('index.html', 'broken.html');
    await writeFile(broken, (await readFile(site.deck, 'utf8')).replace('loopreel-trace', 'other-trace'));
    const { page, problems } = await openPage(browser, `${broken}#/${site.slide}/1`);
    await page.waitForSelector('.reveal.ready');
    expect(
      await page.$$eval('section.present .still', (all) => all.filter((still) => still.querySelector('svg')).length),
    ).toBe(site.replay.keySteps.length);
    expect(await fragments(page)).toBe(2);
    expect(problems).toHaveLength(1);
    await page.close();
  });

  test('parameters of the address configure nothing and are kept', async () => {
    const served = await serve(site.folder);
    const { page } = await openPage(
      browser,
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
    const { page } = await openPage(browser, `${site.deck}?view=print&width=100#/${site.slide}`);
    await page.waitForSelector('.reveal.ready');
    expect(await page.$eval('.slides', (slides) => (slides as HTMLElement).style.width)).toBe('1920px');
    expect(await slideId(page)).toBe(site.slide);
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
    await page.goto(`${page.url().split('#')[0]}#/${site.slide}`);
    await page.waitForSelector('section.present .scrubber');
    expect(await footer()).toBeNull();
    await page.close();
  });

  test('the overview shows all slides and opens the one that is clicked', async () => {
    const { page, problems } = await openDeck(`#/${site.slide}`);
    await waitForStep(page, keyStop(0));
    await page.keyboard.press('KeyO');
    await page.waitForSelector('.reveal.overview');
    const first = await (await page.$('.slides > section'))?.boundingBox();
    if (!first) throw new Error('no slide');
    await page.mouse.click(first.x + first.width / 2, first.y + first.height / 2);
    await page.waitForFunction(() => !document.querySelector('.reveal.overview'));
    expect(await slideId(page)).not.toBe(site.slide);
    expect(problems).toEqual([]);
    await page.close();
  });

  test('moves nothing gradually for readers who want no motion, and outlines what has moved', async () => {
    const page = await browser.newPage();
    await page.emulateMediaFeatures([{ name: 'prefers-reduced-motion', value: 'reduce' }]);
    await page.setViewport({ width: 1920, height: 1080 });
    await page.goto(`file://${site.deck}#/${encodeURIComponent(site.slide)}`);
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
    expect(await heard('section.present .loopreel-replay > [aria-live]')).toBe(site.replay.keySteps[1]?.caption);
    await page.close();
  });

  test('works in a sandboxed frame', async () => {
    const served = await serve(site.folder);
    const { page, problems } = await openPage(browser, `${served.address}/sandbox-deck.html`);
    const frame = await (await page.waitForSelector('iframe'))?.contentFrame();
    await frame?.waitForSelector('.reveal.ready');
    await frame?.evaluate((id) => {
      location.hash = `#/${id}/0`;
    }, site.slide);
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
    const { page } = await openDeck(`#/${site.slide}/1`);
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
    const served = protocol === 'http://' ? await serve(site.folder) : null;
    const address = served ? `${served.address}/index.html` : site.deck;
    const { page, problems } = await openPage(browser, `${address}#/1`);
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
