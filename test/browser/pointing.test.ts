import type { Page } from 'puppeteer-core';
import { describe, expect, test } from 'vitest';
import { currentLine } from '../../src/replay/panels/codeCursors.ts';
import { stopsOf } from '../../src/replay/subjects.ts';
import { openPage } from '../chromium.ts';
import { useSite } from './useSite.ts';

const given = useSite();

const step = (page: Page) => page.$eval('.scrubber', (slider) => Number(slider.getAttribute('aria-valuenow')));
const tip = (page: Page) => page.$eval('.tip', (made) => (made.hasAttribute('hidden') ? null : made.textContent));

/** The middle of the first element of a kind whose text is `content`. */
async function middleOf(page: Page, selector: string, content: string) {
  const found = await page.$$eval(
    selector,
    (all, wanted) => {
      const box = all.find((one) => one.textContent?.trim() === wanted)?.getBoundingClientRect();
      return box && { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    },
    content,
  );
  if (!found) throw new Error(`no ${selector} that says ${content}`);
  return found;
}

async function open(width = 1200) {
  const { page } = await openPage(given.browser, given.site.embed, width, 900);
  await page.waitForSelector('.scrubber');
  return page;
}

describe('pointing at a replay', () => {
  test('a lane says which task it is, what it waits for and who made it', async () => {
    const page = await open();
    await page.keyboard.press('Tab');
    const { x, y } = await middleOf(page, '.lanes .label', 'B');
    await page.mouse.move(x, y);
    expect(await tip(page)).toMatch(/^B · visit\(.*'B'.*\)/);
    await page.mouse.move(2, 2);
    expect(await tip(page)).toBeNull();
    await page.close();
  });

  test('a click on a line goes to its next run, and from the last to the first', async () => {
    const page = await open();
    const { x, y } = await middleOf(page, '.code-panel .number', '3');
    const reached: number[] = [];
    for (let n = 0; n < 4; n++) {
      await page.mouse.click(x + 60, y);
      reached.push(await step(page));
    }
    expect(reached.slice(0, 3)).toEqual([...reached.slice(0, 3)].sort((a, b) => a - b));
    expect(new Set(reached.slice(0, 3)).size).toBe(3);
    expect(reached[3]).toBe(reached[0]);
    await page.close();
  });

  test('a click on a task follows it: steps then stop only where it is concerned', async () => {
    const page = await open();
    const { x, y } = await middleOf(page, '.lanes .label', 'C');
    await page.mouse.click(x, y);
    expect(await page.$eval('.unfollow', (button) => button.textContent)).toBe('C ×');
    expect(await page.$$eval('.lane.followed', (all) => all.length)).toBe(1);
    await page.keyboard.press('Home');
    const id = [...given.site.replay.labels].find(([, label]) => label === 'C')?.[0];
    for (let n = 0; n < 5; n++) {
      await page.keyboard.press('Period');
      const at = await step(page);
      const from = given.site.replay.history.beats[at - 1]?.index ?? 0;
      const events = given.site.replay.trace.events.slice(from, (given.site.replay.stops[at - 1] ?? 0) + 1);
      expect(events.some((event) => event.task === id)).toBe(true);
    }
    await page.keyboard.press('Escape');
    expect(await page.$eval('.unfollow', (button) => button.hasAttribute('hidden'))).toBe(true);
    expect(await page.$('.lane.followed')).toBeNull();
    await page.close();
  });

  test('the keyboard alone can do both', async () => {
    const page = await open();
    await page.focus('.loopreel-replay');
    await page.keyboard.press('KeyW');
    expect(await page.$('.lane.followed')).not.toBeNull();
    expect(await page.$eval('[aria-live]', (live) => live.textContent)).toContain('따라가는 중');
    for (let n = 0; n < 8 && (await page.$('.lane.followed')); n++) await page.keyboard.press('KeyW');
    expect(await page.$('.lane.followed')).toBeNull();
    const { replay } = given.site;
    const twice = replay.history.beats.findIndex(({ kind, task }) => kind === 'line' && task !== null && task > 1);
    await page.keyboard.press('Home');
    for (let n = 0; n < twice; n++) await page.keyboard.press('Period');
    await page.keyboard.press('KeyR');
    const line = currentLine(replay, replay.stateAt(replay.stops[twice] ?? 0));
    const runs = stopsOf(replay, { kind: 'line', line }).map((index) => replay.stops.indexOf(index));
    expect(runs.length).toBeGreaterThan(1);
    expect(await step(page)).toBe((runs.find((stop) => stop > twice) ?? -1) + 1);
    await page.close();
  });

  test('a finger’s first tap asks, its second acts', async () => {
    const page = await open(360);
    const { x, y } = await middleOf(page, '.rows .label', 'B');
    await page.touchscreen.tap(x, y);
    expect(await tip(page)).toMatch(/^B · visit/);
    expect(await page.$('.row.followed')).toBeNull();
    await page.touchscreen.tap(x, y);
    expect(await tip(page)).toBeNull();
    expect(await page.$('.row.followed')).not.toBeNull();
    await page.close();
  });
});
