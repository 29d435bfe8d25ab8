import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';

/** How much a picture may differ from its baseline. */
export interface Limits {
  /** Distance of two colours that count as one, 0 to 1 as pixelmatch measures it (YIQ; black and white are 1 apart). */
  readonly threshold: number;
  /** Pixels that may differ. */
  readonly pixels: number;
}

/** What differs, in pixels from the top left. */
export interface Difference {
  readonly pixels: number;
  /** The rectangle around all of it. */
  readonly box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  /** A PNG, clear but for the pixels that differ. */
  readonly mask: Uint8Array;
}

/** A picture beside its baseline. */
export type Comparison =
  | { readonly kind: 'equal' }
  /** The bytes are others, the picture is within the limits. */
  | { readonly kind: 'alike' }
  | { readonly kind: 'changed'; readonly difference: Difference }
  | { readonly kind: 'resized'; readonly width: number; readonly height: number }
  | { readonly kind: 'broken' };

/** Red on light and on dark pictures. */
const mark: [number, number, number] = [224, 0, 60];

/**
 * Compares bytes first, then pixels. Pixels of smoothed edges count: the same browser smooths them in the same way, and
 * a letter that moves by half a pixel changes nothing else.
 */
export function compare(baseline: Buffer, actual: Uint8Array, limits: Limits): Comparison {
  if (baseline.equals(actual)) return { kind: 'equal' };
  const drawn = PNG.sync.read(Buffer.from(actual));
  const { width, height } = drawn;
  const size = sizeOf(baseline);
  // A few bytes can claim to be gigabytes of pixels.
  if (size && (size.width !== width || size.height !== height)) return { kind: 'resized', ...size };
  let known: PNG;
  try {
    known = PNG.sync.read(baseline);
  } catch {
    return { kind: 'broken' };
  }
  const mask = new PNG({ width, height });
  const pixels = pixelmatch(known.data, drawn.data, mask.data, width, height, {
    threshold: limits.threshold,
    includeAA: true,
    diffMask: true,
    diffColor: mark,
  });
  if (pixels <= limits.pixels) return { kind: 'alike' };
  return { kind: 'changed', difference: { pixels, box: boxAround(mask), mask: PNG.sync.write(mask) } };
}

/** Width and height that a PNG's first chunk tells (PNG specification, 11.2.2); undefined when there is none. */
function sizeOf(png: Buffer): { readonly width: number; readonly height: number } | undefined {
  if (png.length < 24 || png.toString('latin1', 12, 16) !== 'IHDR') return undefined;
  return { width: png.readUInt32BE(16), height: png.readUInt32BE(20) };
}

function boxAround({ data, width, height }: PNG): Difference['box'] {
  let [left, top, right, bottom] = [width, height, -1, -1];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (data[(y * width + x) * 4 + 3] === 0) continue;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = y;
    }
  }
  return { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
}
