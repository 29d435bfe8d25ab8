import type { Browser } from 'puppeteer-core';
import { type Camera, type CameraOptions, openCamera, Restless } from './camera.ts';

/** What becomes of the pictures of a deck. */
export interface Darkroom {
  /** A slide, before its pictures: how many it has. */
  slide(id: string, steps: number): void;
  /** A picture; the next one is taken when this one is done with. */
  picture(id: string, step: number, png: Uint8Array): Promise<void>;
  /** A slide that did not come to rest; `step` is undefined when the page itself did not load. */
  restless(id: string, step: number | undefined): void;
}

/**
 * Photographs slides of a deck at each step, one after the other: pages side by side took as long, since one process of
 * Chromium packs the pictures of all.
 *
 * @param html The deck's page, which needs no other file.
 */
export async function photograph(
  browser: Browser,
  html: string,
  ids: readonly string[],
  options: CameraOptions,
  darkroom: Darkroom,
): Promise<void> {
  const queue = [...ids];
  while (queue.length > 0) {
    const camera = await openCamera(browser, html, options).catch((error: unknown) => {
      if (!(error instanceof Restless)) throw error;
      for (const id of queue.splice(0)) darkroom.restless(id, undefined);
    });
    try {
      if (camera) await useUp(camera, queue, darkroom);
    } finally {
      await camera?.close();
    }
  }
}

/** Takes slides from the queue until it is empty, or until a slide has spoiled the page. */
async function useUp({ slides, take }: Camera, queue: string[], darkroom: Darkroom): Promise<void> {
  const stepsOf = new Map(slides.map(({ id, steps }) => [id, steps]));
  for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
    const steps = stepsOf.get(id);
    if (steps === undefined) throw new Error(`the page has no slide ${id}`);
    darkroom.slide(id, steps);
    for (let step = 0; step < steps; step++) {
      try {
        await darkroom.picture(id, step, await take(id, step));
      } catch (error) {
        if (!(error instanceof Restless)) throw error;
        darkroom.restless(id, step);
        return;
      }
    }
  }
}
