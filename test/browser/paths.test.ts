import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { Page } from 'puppeteer-core';
import { describe, expect, test } from 'vitest';
import { readNote } from '../../src/notes/read.ts';
import type { ReplayData } from '../../src/replay/data.ts';
import { openPage } from '../chromium.ts';
import { crowds } from '../replay/programs.ts';
import { useSite } from './useSite.ts';

const given = useSite();

/** The replay of a case's committed trace. */
function ofCase(name: string): ReplayData {
  const read = (file: string) => readFileSync(join(import.meta.dirname, '..', 'cases', name, file), 'utf8');
  const [block] = readNote(read('1-notes.md'), `${name}.md`).blocks;
  if (!block) throw new Error(`${name} has no block`);
  const code = block.code.split('\n').map((text) => [{ text, kind: 'plain' as const }]);
  return { id: name, title: name, lang: 'ko', trace: read('3-trace.jsonl'), code, firstLine: block.line + 1 };
}

/** A crowd whose lanes fold and whose axis is longer than the picture. */
function ofCrowd(): ReplayData {
  const [trace = ''] = fc.sample(crowds(8000), { seed: 3, numRuns: 1 });
  const code = Array.from({ length: 20 }, (_, n) => [{ text: `code(${n + 1})`, kind: 'plain' as const }]);
  return { id: 'crowd', title: 'crowd', lang: 'ko', trace, code, firstLine: 1 };
}

/** What a reader may do, and how long he waits before the next: often less than what he did takes to be shown. */
type Move = { readonly wait: number } & (
  | { readonly key: string }
  | { readonly scrub: readonly number[] }
  | { readonly width: number }
);
const share = fc.double({ min: 0, max: 1, noNaN: true });
const move: fc.Arbitrary<Move> = fc
  .tuple(
    fc.constantFrom(0, 0, 15, 60, 200),
    fc.oneof(
      {
        weight: 8,
        arbitrary: fc.constantFrom('Period', 'Comma', 'BracketRight', 'BracketLeft', 'KeyR').map((key) => ({ key })),
      },
      { weight: 3, arbitrary: fc.constantFrom('Home', 'End', 'KeyT', 'KeyP', 'KeyW').map((key) => ({ key })) },
      { weight: 3, arbitrary: fc.array(share, { minLength: 1, maxLength: 5 }).map((scrub) => ({ scrub })) },
      { weight: 2, arbitrary: fc.constantFrom(340, 360, 520, 900, 1200).map((width) => ({ width })) },
    ),
  )
  .map(([wait, what]) => ({ ...what, wait }));

/** Makes the moves, stops playback, and waits until nothing changes any more. */
async function walk(page: Page, moves: readonly Move[]): Promise<void> {
  await page.evaluate(async (all: readonly Move[]) => {
    const root = document.querySelector<HTMLElement>('.loopreel-replay');
    const slider = root?.querySelector<HTMLElement>('.scrubber');
    if (!root || !slider) throw new Error('no replay');
    const press = (code: string) =>
      root.dispatchEvent(new KeyboardEvent('keydown', { code, bubbles: true, cancelable: true }));
    const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
    slider.setPointerCapture = () => {};
    for (const move of all) {
      if ('key' in move) press(move.key);
      else if ('width' in move) root.style.width = `${move.width}px`;
      else {
        const box = slider.getBoundingClientRect();
        const point = (type: string, at = 0) =>
          slider.dispatchEvent(
            new PointerEvent(type, { button: 0, clientX: box.x + at * box.width, clientY: box.y + 5, bubbles: true }),
          );
        point('pointerdown', move.scrub[0]);
        for (const at of move.scrub) point('pointermove', at);
        point('pointerup');
      }
      if (move.wait > 0) await pause(move.wait);
    }
    if (root.querySelector('.control.play')?.getAttribute('aria-label') === '멈춤') press('KeyP');
    // The longest time between two pictures of one move is a third of a second.
    await new Promise<void>((resolve) => {
      let timer = setTimeout(resolve, 700);
      new MutationObserver(() => {
        clearTimeout(timer);
        timer = setTimeout(resolve, 700);
      }).observe(root, { subtree: true, childList: true, attributes: true, characterData: true });
    });
  }, moves);
}

/** Where a replay stands, as its own controls tell it. */
function position(page: Page) {
  return page.evaluate(() => ({
    step: Number(document.querySelector('.scrubber')?.getAttribute('aria-valuenow')),
    proportional: document.querySelector('.control.axis')?.getAttribute('aria-pressed') === 'true',
    followed: document.querySelector('.unfollow')?.textContent ?? '',
    width: document.querySelector<HTMLElement>('.loopreel-replay')?.style.width ?? '',
  }));
}

/** All that is drawn, picture and bar, with attributes in alphabetical order. */
function drawn(page: Page): Promise<string> {
  return page.evaluate(() => {
    const told = (node: Node): string => {
      if (!(node instanceof Element)) return node.textContent ?? '';
      const attributes = [...node.attributes].map(({ name, value }) => `${name}="${value}"`).sort();
      return `\n<${node.localName} ${attributes.join(' ')}>${[...node.childNodes].map(told).join('')}`;
    };
    return [...document.querySelectorAll('.loopreel-replay > svg, .loopreel-replay > .player-bar')].map(told).join('');
  });
}

/** A page of its own that is led straight to a position. */
async function direct(path: string, { step, proportional, followed, width }: Awaited<ReturnType<typeof position>>) {
  const { page } = await openPage(given.browser, `${path}#step=${step}`, 1400, 1000);
  await page.waitForSelector('.scrubber');
  await walk(page, [
    ...(width === '' ? [] : [{ width: Number.parseInt(width, 10), wait: 50 }]),
    ...(proportional ? [{ key: 'KeyT', wait: 0 }] : []),
  ]);
  for (let n = 0; n < 400 && (await position(page)).followed !== followed; n++)
    await page.$eval('.loopreel-replay', (root) => root.dispatchEvent(new KeyboardEvent('keydown', { code: 'KeyW' })));
  return page;
}

describe('after any path a page shows what it shows when led there directly', () => {
  const recordings: readonly (readonly [string, () => ReplayData])[] = [
    ...[
      'semaphore',
      'task-group-nested',
      'gather-cancelled',
      'deadlock',
      'aiohttp',
      'queue',
      'to-thread',
      'blocking',
    ].map((name) => [name, () => ofCase(name)] as const),
    ['a crowd', ofCrowd],
  ];
  test.each(recordings)('%s', async (_, make) => {
    const path = await given.site.addReplay(make());
    const { page, problems } = await openPage(given.browser, path, 1400, 1000);
    await page.waitForSelector('.scrubber');
    await fc.assert(
      fc.asyncProperty(fc.array(move, { minLength: 15, maxLength: 30 }), async (moves) => {
        await walk(page, moves);
        const straight = await direct(path, await position(page));
        const [actual, expected] = [await drawn(page), await drawn(straight)];
        await straight.close();
        expect(actual).toBe(expected);
        expect(actual).toContain('<svg');
      }),
      { numRuns: 2, seed: 19, endOnFailure: true },
    );
    expect(problems).toEqual([]);
    await page.close();
  });
});
