import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type CDPSession, type Page, ProtocolError, TimeoutError } from 'puppeteer-core';
import type {} from '../../inspect/page.ts';
import { hasCode, UserError } from '../errors.ts';
import { packageRoot } from '../root.ts';
import { viewport } from './environment.ts';

/** A deck's page that is photographed. */
export interface Camera {
  /** Slides in order, each with the number of its pictures. */
  readonly slides: readonly { readonly id: string; readonly steps: number }[];
  /**
   * A picture of a slide at a step, counted from 0: a PNG. It depends on nothing that was photographed before.
   *
   * @throws {Restless} When the slide does not come to rest in time; the camera is then of no use.
   */
  take(id: string, step: number): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** Says that a page did not load, or a slide not come to rest, within `seconds`. */
export class Restless extends Error {}

/** How the page is opened. */
export interface CameraOptions {
  readonly scheme: 'light' | 'dark';
  /** Whether the scheme goes before what the note says. */
  readonly force: boolean;
  /** What loading, and each picture, may take. */
  readonly seconds: number;
}

/**
 * Nothing moves, and nothing becomes a layer of its own: how smooth edges on a layer come out depends on which other
 * layers there are, and so on the slides that were shown before.
 */
const still = `*, ::before, ::after { transition: none !important; animation: none !important;
caret-color: transparent !important; will-change: auto !important; backface-visibility: visible !important;
transform-style: flat !important; perspective: none !important }`;

/** Opens a deck's page, which can ask for nothing else, from a temporary folder. */
export async function openCamera(browser: Browser, html: string, options: CameraOptions): Promise<Camera> {
  const { scheme, force, seconds } = options;
  const page = await browser.newPage();
  const folder = await temporary(html);
  const close = async () => {
    // A page that is busy for ever does not answer; the browser's end is its end.
    await within(seconds, page.close()).catch(() => undefined);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const session = await within(
      seconds,
      open(page, `${pathToFileURL(join(folder, 'index.html')).href}${force ? `?scheme=${scheme}` : ''}`, scheme),
    );
    const slides = await within(
      seconds,
      page.evaluate(() => globalThis.loopreelInspector?.poses() ?? []),
    );
    return { slides, take: (id, step) => within(seconds, take(page, session, id, step)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function open(page: Page, address: string, scheme: 'light' | 'dark'): Promise<CDPSession> {
  const [own = ''] = address.split('?');
  await page.setRequestInterception(true);
  page.on('request', (request) => {
    const inside = request.url().startsWith(own) || request.url().startsWith('data:');
    void (inside ? request.continue() : request.abort()).catch(() => undefined);
  });
  await page.setViewport(viewport);
  await page.emulateMediaFeatures([
    { name: 'prefers-reduced-motion', value: 'reduce' },
    { name: 'prefers-color-scheme', value: scheme },
  ]);
  await page.goto(address, { timeout: 0 });
  await page.waitForSelector('.reveal.ready', { timeout: 0 });
  await page.addStyleTag({ content: still });
  // A font that is first needed by the fifth slide is there for it; one that cannot be read is there for none.
  await page.evaluate('Promise.allSettled([...document.fonts].map((font) => font.load())).then(() => undefined)');
  await page.evaluate(await readFile(join(packageRoot, 'dist', 'browser', 'inspect.js'), 'utf8'));
  return page.createCDPSession();
}

async function take(page: Page, session: CDPSession, id: string, step: number): Promise<Uint8Array> {
  await page.evaluate((id, step) => globalThis.loopreelInspector?.pose(id, step), id, step);
  // `page.screenshot` makes sure of much that is sure here, for each picture anew.
  const { data } = await session.send('Page.captureScreenshot', { format: 'png' });
  return Buffer.from(data, 'base64');
}

/** @throws {Restless} When time is up, or the page no longer answers though its browser does. */
async function within<Result>(seconds: number, work: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Restless(`not at rest after ${seconds} s`)), seconds * 1000);
  });
  work.catch(() => undefined);
  try {
    return await Promise.race([work, late]);
  } catch (error) {
    if (error instanceof TimeoutError) throw new Restless(error.message);
    if (error instanceof ProtocolError && /timed out/.test(error.message)) throw new Restless(error.message);
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

async function temporary(html: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'loopreel-snapshot-'));
  try {
    await writeFile(join(folder, 'index.html'), html);
    return folder;
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    if (hasCode(error, 'ENOSPC', 'EDQUOT')) throw new UserError(`no space is left in \`${tmpdir()}\`; make some`);
    throw error;
  }
}
