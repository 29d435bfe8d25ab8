import type { Browser } from 'puppeteer-core';
import type { Baselines } from './baselines.ts';
import type { CameraOptions } from './camera.ts';
import type { ChosenDeck } from './choice.ts';
import { compare, type Limits } from './compare.ts';
import { describe, type Finding } from './finding.ts';
import { photograph } from './photograph.ts';

/** How a deck is held against its baselines. */
export interface CompareOptions {
  readonly limits: Limits;
  readonly camera: CameraOptions;
  /** Whether pictures that differ, but within the limits, are to be kept too. */
  readonly exact: boolean;
  /** Keeps a picture as its baseline. Without it findings hold the pictures themselves. */
  readonly keep?: (name: string, png: Uint8Array) => Promise<void>;
  readonly onSlide: (id: string) => void;
}

/** What became of a deck. */
export interface DeckOutcome {
  /** In the order of the slides, then baselines that no slide makes any more. */
  readonly findings: readonly Finding[];
  /** How many were taken. */
  readonly pictures: number;
}

/** Photographs the chosen slides of a deck and compares each picture with its baseline. */
export async function compareDeck(
  browser: Browser,
  html: string,
  { prepared, ids }: ChosenDeck,
  baselines: Baselines,
  options: CompareOptions,
): Promise<DeckOutcome> {
  const { deck } = prepared;
  const findings: Finding[] = [];
  const made = new Set<string>();
  let taken = 0;
  const about = (id: string, name: string) => ({
    root: baselines.root,
    deck: deck.name,
    name,
    title: deck.slides.find((slide) => slide.id === id)?.title ?? id,
    lang: deck.lang,
  });
  const find = async (
    id: string,
    name: string,
    finding: Pick<Finding, 'kind' | 'detail' | 'baseline' | 'difference'>,
    png: Uint8Array,
  ) => {
    await options.keep?.(name, png);
    // A thousand pictures would not fit into memory.
    const { baseline, ...rest } = finding;
    findings.push({ ...about(id, name), ...(options.keep ? rest : { ...finding, actual: png }) });
  };

  await photograph(browser, html, ids, options.camera, {
    slide(id, steps) {
      options.onSlide(id);
      for (let step = 0; step < steps; step++) made.add(`${id}.${step}`);
    },
    async picture(id, step, png) {
      const name = `${id}.${step}`;
      const baseline = await baselines.read(name);
      taken++;
      if (!baseline) {
        const known = baselines.names.has(name);
        const detail = known ? 'its baseline is gone' : 'it has no baseline yet';
        return find(id, name, { kind: known ? 'missing' : 'new', detail }, png);
      }
      const found = compare(baseline, png, options.limits);
      if (found.kind === 'alike' && options.exact) await options.keep?.(name, png);
      if (found.kind === 'equal' || found.kind === 'alike') return;
      if (found.kind === 'changed') {
        const { kind, difference } = found;
        return find(id, name, { kind, detail: describe(difference), baseline, difference }, png);
      }
      if (found.kind === 'broken')
        return find(id, name, { kind: found.kind, detail: 'its baseline is no PNG that can be read' }, png);
      const { kind, width, height } = found;
      return find(id, name, { kind, detail: `its baseline is ${width} × ${height}`, baseline }, png);
    },
    restless(id, step) {
      // Its other pictures are not known to be gone.
      for (const name of baselines.names) if (slideOf(name) === id) made.add(name);
      const what = step === undefined ? 'the page of its deck did not load' : 'it did not come to rest';
      const detail = `${what} within ${options.camera.seconds} s`;
      findings.push({ ...about(id, `${id}.${step ?? 0}`), kind: 'restless', detail });
    },
  });

  const chosen = new Set(ids);
  for (const name of baselines.names) {
    if (made.has(name) || !chosen.has(slideOf(name))) continue;
    const baseline = options.keep ? undefined : await baselines.read(name);
    findings.push({ ...about(slideOf(name), name), ...removed, ...(baseline ? { baseline } : {}) });
  }
  const order = new Map(deck.slides.map(({ id }, n) => [id, n]));
  const place = ({ name }: Finding) => order.get(slideOf(name)) ?? order.size;
  const step = ({ name }: Finding) => Number(name.slice(name.lastIndexOf('.') + 1));
  return {
    findings: findings.sort((a, b) => place(a) - place(b) || step(a) - step(b)),
    pictures: taken,
  };
}

/** What is said of baselines that no slide makes any more. */
export const removed = { kind: 'removed', detail: 'no slide makes this picture any more' } as const;

/** The slide that a picture's name tells. */
export function slideOf(name: string): string {
  return name.slice(0, name.lastIndexOf('.'));
}
