import { readFile, writeFile } from 'node:fs/promises';
import type { Page } from 'puppeteer-core';
import { describe, expect, test } from 'vitest';
import { openPage } from '../chromium.ts';
import { deckOf, slideId, step, waitForStep } from './deckPage.ts';
import { useSite } from './useSite.ts';

const given = useSite();
const { keyStop, openDeck } = deckOf(given);
const fragments = (page: Page) =>
  page.$$eval('section.present .loopreel-replay .fragment.visible', (all) => all.length);

describe('a replay in a deck', () => {
  test('takes the clicker through every key step and on to the next slide', async () => {
    const { page } = await openDeck(`#/${given.site.slide}`);
    await waitForStep(page, keyStop(0));
    for (let number = 1; number < given.site.replay.keySteps.length; number++) {
      await page.keyboard.press(number % 2 ? 'ArrowRight' : 'PageDown');
      await waitForStep(page, keyStop(number));
      expect(await fragments(page)).toBe(number);
    }
    await page.keyboard.press('PageDown');
    expect(await slideId(page)).not.toBe(given.site.slide);
    await page.keyboard.press('PageUp');
    await waitForStep(page, keyStop(given.site.replay.keySteps.length - 1));
    await page.close();
  });

  test('a fast clicker arrives where its clicks add up to', async () => {
    const { page } = await openDeck(`#/${given.site.slide}`);
    await waitForStep(page, keyStop(0));
    for (let n = 0; n < 3; n++) await page.keyboard.press('ArrowRight');
    await waitForStep(page, keyStop(3));
    await page.keyboard.press('ArrowLeft');
    expect(await step(page)).toBe(keyStop(2));
    await page.close();
  });

  test('a deep link opens a replay at its key step', async () => {
    const { page } = await openDeck(`#/${encodeURIComponent(given.site.slide)}/1`);
    await waitForStep(page, keyStop(2));
    expect(await fragments(page)).toBe(2);
    await page.close();
  });

  test('the keys , . [ ] work while the replay has the focus, and reveal follows', async () => {
    const { page } = await openDeck(`#/${given.site.slide}`);
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
    await waitForStep(page, given.site.replay.stops.length);
    expect(await fragments(page)).toBe(given.site.replay.keySteps.length - 1);
    expect(await slideId(page)).toBe(given.site.slide);
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
    const { page } = await openDeck(`#/${given.site.slide}`);
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
    const { page } = await openDeck(`#/${given.site.slide}`);
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
      const { page } = await openDeck(`#/${given.site.slide}`, width, height);
      await waitForStep(page, keyStop(0));
      const track = await (await page.$('section.present .track'))?.boundingBox();
      if (!track) throw new Error('no track');
      const middle = track.y + track.height / 2;
      await page.mouse.move(track.x + 5, middle);
      await page.mouse.down();
      await page.mouse.move(track.x + track.width + 50, middle, { steps: 5 });
      expect(await step(page)).toBe(given.site.replay.stops.length);
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
    const { page } = await openDeck(`#/${given.site.slide}`);
    await waitForStep(page, keyStop(0));
    const number = given.site.replay.keySteps.findIndex((_, n) => n > 0 && keyStop(n + 1) - keyStop(n) > 1);
    const between = keyStop(number) + 1;
    const track = await (await page.$('section.present .track'))?.boundingBox();
    if (!track) throw new Error('no track');
    const x = track.x + (track.width * (between - 1)) / (given.site.replay.stops.length - 1);
    await page.mouse.click(x, track.y + track.height / 2);
    expect(await fragments(page)).toBe(number);
    expect(await step(page)).toBe(between);
    // The next click of the clicker leads on from there.
    await page.keyboard.press('PageDown');
    await waitForStep(page, keyStop(number + 1));
    await page.close();
  });

  test('the slider says its value in words and moves by arrows', async () => {
    const { page } = await openDeck(`#/${given.site.slide}`);
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
    const { page } = await openDeck(`#/${given.site.slide}`);
    await waitForStep(page, keyStop(0));
    await page.click('section.present .control.play');
    await waitForStep(page, keyStop(0) + 2);
    await page.click('section.present .control.play');
    const label = await page.$eval('section.present .control.play', (button) => button.getAttribute('aria-label'));
    expect(label).toBe('재생');
    await page.close();
  });

  test('playback stops when the slide is left', async () => {
    const { page } = await openDeck(`#/${given.site.slide}`);
    await waitForStep(page, keyStop(0));
    await page.click('section.present .control.play');
    await page.keyboard.press('Escape');
    await page.keyboard.press('End');
    expect(await slideId(page)).not.toBe(given.site.slide);
    const label = await page.$eval('.loopreel-replay .control.play', (button) => button.getAttribute('aria-label'));
    expect(label).toBe('재생');
    await page.close();
  });

  test('a recording that cannot be read leaves the pictures in their place', async () => {
    const broken = given.site.deck.replace('index.html', 'broken.html');
    await writeFile(broken, (await readFile(given.site.deck, 'utf8')).replace('loopreel-trace', 'other-trace'));
    const { page, problems } = await openPage(given.browser, `${broken}#/${given.site.slide}/1`);
    await page.waitForSelector('.reveal.ready');
    expect(
      await page.$$eval('section.present .still', (all) => all.filter((still) => still.querySelector('svg')).length),
    ).toBe(given.site.replay.keySteps.length);
    expect(await fragments(page)).toBe(2);
    expect(problems).toHaveLength(1);
    await page.close();
  });
});
