import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Browser } from 'puppeteer-core';
import * as v from 'valibot';
import { type Faces, ownFaces } from '../fonts.ts';
import { packageRoot } from '../root.ts';

/** What pictures depend on besides the notes and Loopreel itself. */
export type Environment = Omit<v.InferOutput<typeof manifest>, 'loopreel'>;

/** `manifest.json` beside a deck's pictures. The version of Loopreel is told, not compared: what it changes shows. */
const manifest = v.strictObject({
  loopreel: v.string(),
  browser: v.string(),
  platform: v.string(),
  flags: v.array(v.string()),
  viewport: v.string(),
  theme: v.nullable(v.string()),
  scheme: v.picklist(['light', 'dark']),
  fonts: v.record(v.string(), v.string()),
});

/** Size of the pictures, in pixels: a slide's own, where reveal's scale is 1. */
export const viewport = { width: 1920, height: 1080 } as const;

/**
 * Flags for pictures that are the same on every machine and at every load, beyond those of every browser of ours:
 * Chromium draws whole tiles rather than what changed in them, whose edges come out otherwise; it uses no instructions
 * that only some processors have; it shows no picture before it is decoded, and of one that moves the first frame.
 */
export const steadyFlags = [
  '--disable-partial-raster',
  '--disable-skia-runtime-opts',
  '--disable-checker-imaging',
  '--blink-settings=imageAnimationPolicy=2',
] as const;

/** What the pictures of this run depend on. */
export async function environmentOf(
  browser: Browser,
  faces: Faces,
  given: { readonly theme: string | undefined; readonly scheme: 'light' | 'dark' },
): Promise<Environment> {
  const sum = (content: Uint8Array) => createHash('sha256').update(content).digest('hex').slice(0, 16);
  const require = createRequire(import.meta.url);
  const han = ['sc', 'jp'].map((key) => {
    const name = `@fontsource-variable/noto-sans-${key}`;
    return [name, (require(`${name}/package.json`) as { version: string }).version] as const;
  });
  return {
    browser: (await browser.version()).replace(/^Headless/, ''),
    platform: `${process.platform} ${process.arch}`,
    flags: [...steadyFlags],
    viewport: `${viewport.width} × ${viewport.height}`,
    theme: given.theme ?? null,
    scheme: given.scheme,
    fonts: Object.fromEntries([
      ...ownFaces.map((name) => [`${faces[name].family} ${faces[name].weight}`, sum(faces[name].file)] as const),
      ...han,
    ]),
  };
}

/** The file's text. */
export function writeManifest(environment: Environment): string {
  const { version } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as { version: string };
  return `${JSON.stringify({ loopreel: version, ...environment }, null, 2)}\n`;
}

/** Reads such a file; undefined when it is none. */
export function readManifest(text: string): Environment | undefined {
  try {
    const { loopreel: _, ...environment } = v.parse(manifest, JSON.parse(text));
    return environment;
  } catch {
    return undefined;
  }
}

/** What two environments differ in, in words: `browser Chrome/146.0 (here Chrome/147.0)`. */
export function differences(known: Environment, here: Environment): string[] {
  const said = (value: unknown) =>
    value === null ? 'none' : Array.isArray(value) ? value.join(' ') : String(value as string);
  const plain = ({ fonts, ...rest }: Environment): [string, unknown][] => [
    ...Object.entries(rest),
    ...Object.entries(fonts).map(([name, sum]): [string, unknown] => [`font ${name}`, sum]),
  ];
  const mine = new Map(plain(here));
  const theirs = new Map(plain(known));
  return [...new Set([...theirs.keys(), ...mine.keys()])].flatMap((name) => {
    const [before, now] = [said(theirs.get(name) ?? null), said(mine.get(name) ?? null)];
    return before === now ? [] : [`${name} ${before} (here ${now})`];
  });
}
