import type { Difference } from './compare.ts';

/** What is to be said of a picture; those that are as their baselines have none. */
export interface Finding {
  /** Folder of the baselines. */
  readonly root: string;
  readonly deck: string;
  /** `<slide>.<step>` */
  readonly name: string;
  /** The slide's title, and its language (BCP 47). */
  readonly title: string;
  readonly lang: string;
  readonly kind: Kind;
  /** The same in more words. */
  readonly detail: string;
  readonly baseline?: Uint8Array;
  readonly actual?: Uint8Array;
  readonly difference?: Difference;
}

/**
 * - `changed`, `resized`, `broken`: the baseline is another picture, one of another size, or none;
 * - `new`, `missing`: there is none yet, or no more;
 * - `removed`: it is all that is left of a slide;
 * - `restless`: the slide went on changing.
 */
export type Kind = 'changed' | 'resized' | 'broken' | 'new' | 'missing' | 'removed' | 'restless';

/** `changed  lesson/gather.2: 134 pixels, within 20 × 14 at 120, 300` */
export function sentence({ deck, name, kind, detail }: Finding): string {
  return `${kind.padEnd(8)} ${deck}/${name}: ${detail}`;
}

/** What a difference is, in words. */
export function describe({ pixels, box }: Difference): string {
  const { x, y, width, height } = box;
  return `${pixels} pixel${pixels === 1 ? '' : 's'}, within ${width} × ${height} at ${x}, ${y}`;
}
