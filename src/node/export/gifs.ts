import { encode } from 'modern-gif';
import { PNG } from 'pngjs';
import type { Page } from 'puppeteer-core';
import { drawReels } from './animatedSvgs.ts';
import type { Exporter } from './kinds.ts';
import { settled, withPage } from './staticPage.ts';

/** Pixels: what blogs show without making it smaller. */
const width = 960;

/** `<deck>/replay/<block>.gif`: each replay as a picture that moves wherever pictures can be shown. */
export const gifs: Exporter = async (prepared, shared, { browser, output, effects }) => {
  const scheme = prepared.note.frontMatter.scheme === 'dark' ? 'dark' : 'light';
  const drawn = await drawReels(prepared, shared, effects, { scheme });
  if (!drawn) return undefined;
  const paths: string[] = [];
  for (const { id, reel, svg } of drawn) {
    const seconds = reel.frames.map((frame) => frame.seconds);
    const html = `<!doctype html><style>body{margin:0}body>svg{display:block;width:${width}px;height:auto}</style>${svg}`;
    const frames = await withPage(await browser(), prepared, html, (page) => photographFrames(page, seconds));
    const path = `${prepared.deck.name}/replay/${id}.gif`;
    await output.add(path, await writeGif(frames, seconds));
    paths.push(path);
  }
  return paths;
};

/** A picture of each frame of an animated picture, taken in its middle. */
async function photographFrames(page: Page, seconds: readonly number[]): Promise<PNG[]> {
  await settled(page);
  const high = await page.$eval('svg', (svg) => Math.round(svg.getBoundingClientRect().height));
  const frames: PNG[] = [];
  let passed = 0;
  for (const duration of seconds) {
    await page.evaluate(
      (milliseconds) => {
        for (const animation of document.getAnimations()) {
          animation.pause();
          animation.currentTime = milliseconds;
        }
      },
      (passed + duration / 2) * 1000,
    );
    const clip = { x: 0, y: 0, width, height: high };
    frames.push(PNG.sync.read(Buffer.from(await page.screenshot({ clip }))));
    passed += duration;
  }
  return frames;
}

/**
 * Frames as a GIF that loops for ever. Only the rectangle that changes is written, but of the last frame, which
 * modern-gif 2.1 always writes whole.
 */
async function writeGif(frames: readonly PNG[], seconds: readonly number[]): Promise<Uint8Array> {
  const gif = await encode({
    width,
    height: frames[0]?.height ?? 0,
    looped: true,
    loopCount: 0,
    frames: frames.map(({ data }, n) => ({
      data: Uint8ClampedArray.from(data),
      delay: Math.round((seconds[n] ?? 0) * 1000),
      transparent: false,
    })),
  });
  return new Uint8Array(gif);
}
