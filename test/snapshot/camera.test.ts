import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openCamera, Restless } from '../../src/node/snapshot/camera.ts';
import { photograph } from '../../src/node/snapshot/photograph.ts';
import { openChromium } from '../chromium.ts';

/** Where temporary folders are made: nobody else's are in it. */
const temporary = mkdtempSync(join(tmpdir(), 'loopreel-camera-'));
let browser: Browser;
beforeAll(async () => {
  browser = await openChromium();
  vi.stubEnv('TMPDIR', temporary);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await browser?.close();
  rmSync(temporary, { recursive: true });
});

/** A page of two slides that does by itself what reveal does, and whatever `script` adds. */
const page = (script = '') => `<!doctype html><html lang="en"><title>x</title>
<div class="reveal"><div class="slides">
<section class="slide" id="tea">tea</section><section class="slide" id="milk">milk <i class="fragment" data-fragment-index="0">more</i></section>
</div></div><script>
const reveal = document.querySelector('.reveal');
addEventListener('hashchange', () => {
  const [, id, fragment] = decodeURIComponent(location.hash).split('/');
  for (const slide of document.querySelectorAll('.slide')) slide.classList.toggle('present', slide.id === id);
  for (const part of document.querySelectorAll('.fragment')) part.classList.toggle('visible', Number(fragment) >= 0);
  document.dispatchEvent(new CustomEvent('turned', { detail: id }));
});
reveal.classList.add('ready');
${script}
</script></html>`;
const options = { scheme: 'light', force: false, seconds: 3 } as const;

const photographed = async (html: string, ids: readonly string[] = ['tea', 'milk']) => {
  const told: string[] = [];
  await photograph(browser, html, ids, options, {
    slide() {},
    async picture(id, step) {
      told.push(`${id}.${step}`);
    },
    restless(id, step) {
      told.push(`${id}.${step} restless`);
    },
  });
  return told;
};

test('a camera takes each slide at each step, whatever was taken before', async () => {
  const camera = await openCamera(browser, page(), options);
  expect(camera.slides).toEqual([
    { id: 'tea', steps: 1 },
    { id: 'milk', steps: 2 },
  ]);
  const first = await camera.take('milk', 0);
  await camera.take('milk', 1);
  await camera.take('tea', 0);
  expect(Buffer.compare(await camera.take('milk', 0), first)).toBe(0);
  await camera.close();
});

test('a slide that keeps its page busy is told by name, and the others are taken', async () => {
  const busy = `document.addEventListener('turned', ({ detail }) => { while (detail === 'tea'); });`;
  expect(await photographed(page(busy))).toEqual(['tea.0 restless', 'milk.0', 'milk.1']);
});

test('so is one that never comes', async () => {
  const never = `document.addEventListener('turned', () => document.getElementById('tea').classList.remove('present'));`;
  expect(await photographed(page(never))).toEqual(['tea.0 restless', 'milk.0', 'milk.1']);
});

test('a page that does not start has no pictures', async () => {
  const html = page(`reveal.classList.remove('ready')`);
  await expect(openCamera(browser, html, options)).rejects.toThrow(Restless);
  expect(await photographed(html)).toEqual(['tea.undefined restless', 'milk.undefined restless']);
  expect(readdirSync(temporary).filter((name) => name.startsWith('loopreel-snapshot-'))).toEqual([]);
});

test('a page reaches nothing outside of itself', async () => {
  const asking = `fetch('file:///etc/hostname').then(() => document.body.append('!'), () => {});
fetch('http://127.0.0.1:9/').then(() => document.body.append('!'), () => {});
new Image().src = 'http://127.0.0.1:9/pixel';`;
  expect(await photographed(page(asking), ['tea'])).toEqual(['tea.0']);
});

test('a browser that dies in the middle ends the work', async () => {
  const other = await openChromium();
  const camera = await openCamera(other, page(), options);
  other.process()?.kill('SIGKILL');
  const error = await camera.take('tea', 0).catch((error: unknown) => error);
  expect(error).toBeInstanceOf(Error);
  expect(error).not.toBeInstanceOf(Restless);
  await camera.close();
  await expect(openCamera(other, page(), options)).rejects.toThrow();
  expect(readdirSync(temporary).filter((name) => name.startsWith('loopreel-snapshot-'))).toEqual([]);
});
