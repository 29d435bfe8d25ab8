import { PNG } from 'pngjs';
import { describe, expect, test } from 'vitest';
import { compare } from '../../src/node/snapshot/compare.ts';
import { differences, type Environment, readManifest, writeManifest } from '../../src/node/snapshot/environment.ts';

const strict = { threshold: 0.01, pixels: 0 };

/** A picture of one grey with some pixels of others. */
function picture(pixels: readonly [x: number, y: number, grey: number][] = [], width = 40, height = 20): Buffer {
  const png = new PNG({ width, height });
  png.data.fill(200);
  for (let n = 3; n < png.data.length; n += 4) png.data[n] = 255;
  for (const [x, y, grey] of pixels) png.data.fill(grey, (y * width + x) * 4, (y * width + x) * 4 + 3);
  return PNG.sync.write(png);
}

describe('compare()', () => {
  test('says that equal bytes are equal', () => {
    expect(compare(picture(), picture(), strict)).toEqual({ kind: 'equal' });
  });

  test('finds one pixel, and tells where it is', () => {
    const found = compare(picture(), picture([[7, 3, 190]]), strict);
    expect(found).toMatchObject({
      kind: 'changed',
      difference: { pixels: 1, box: { x: 7, y: 3, width: 1, height: 1 } },
    });
    if (found.kind !== 'changed') return;
    const mask = PNG.sync.read(Buffer.from(found.difference.mask));
    const marked = Array.from({ length: 40 * 20 }, (_, n) => n).filter((n) => mask.data[n * 4 + 3] !== 0);
    expect(marked).toEqual([3 * 40 + 7]);
  });

  test('counts pixels that look like a smoothed edge', () => {
    // Between light and dark a middle tone is what smoothing leaves: pixelmatch would pass it over.
    const edge = (grey: number) =>
      picture(
        [...Array(20).keys()].flatMap((y): [number, number, number][] => [
          [9, y, 0],
          [8, y, y === 10 ? grey : 0],
        ]),
      );
    expect(compare(edge(120), edge(150), strict)).toMatchObject({ kind: 'changed', difference: { pixels: 1 } });
  });

  test('puts its box around all that differs', () => {
    const found = compare(
      picture(),
      picture([
        [2, 15, 0],
        [30, 4, 0],
        [8, 8, 0],
      ]),
      strict,
    );
    expect(found).toMatchObject({ difference: { pixels: 3, box: { x: 2, y: 4, width: 29, height: 12 } } });
  });

  test('lets colours pass that are closer than the threshold, and pixels that are no more than allowed', () => {
    expect(compare(picture(), picture([[7, 3, 201]]), strict)).toEqual({ kind: 'alike' });
    expect(compare(picture(), picture([[7, 3, 201]]), { threshold: 0, pixels: 0 }).kind).toBe('changed');
    expect(compare(picture(), picture([[7, 3, 0]]), { threshold: 0.01, pixels: 1 })).toEqual({ kind: 'alike' });
  });

  test('tells of another size, without making room for what a file claims', () => {
    expect(compare(picture([], 30, 20), picture(), strict)).toEqual({ kind: 'resized', width: 30, height: 20 });
    const bomb = picture();
    bomb.writeUInt32BE(2 ** 31 - 1, 16);
    bomb.writeUInt32BE(2 ** 31 - 1, 20);
    expect(compare(bomb, picture(), strict)).toMatchObject({ kind: 'resized', width: 2 ** 31 - 1 });
  });

  test.each([
    ['nothing', Buffer.alloc(0)],
    ['something else', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"></svg>')],
    ['half of a picture', picture().subarray(0, 70)],
    ['a damaged picture', Buffer.from(picture().map((byte, n) => (n === 60 ? byte ^ 0xff : byte)))],
  ])('tells of a file that holds %s', (_, file) => {
    expect(compare(file, picture(), strict)).toEqual({ kind: 'broken' });
  });
});

describe('the manifest', () => {
  const here: Environment = {
    browser: 'Chrome/147.0',
    platform: 'linux x64',
    flags: ['--a', '--b'],
    viewport: '1920 × 1080',
    theme: null,
    scheme: 'light',
    fonts: { 'Loopreel Sans 400': '12ab' },
  };

  test('comes back as it was written', () => {
    expect(readManifest(writeManifest(here))).toEqual(here);
  });

  test('is refused when a field is missing, unknown or of another kind', () => {
    for (const change of [{ browser: undefined }, { more: 1 }, { flags: '--a' }, { scheme: 'blue' }])
      expect(readManifest(JSON.stringify({ loopreel: '0.1.0', ...here, ...change }))).toBeUndefined();
    expect(readManifest('{')).toBeUndefined();
  });

  test('says what differs, before and here', () => {
    expect(differences(here, here)).toEqual([]);
    const known = {
      ...here,
      browser: 'Chrome/146.0',
      theme: 'hall',
      flags: ['--a'],
      fonts: { 'Loopreel Sans 400': '' },
    };
    expect(differences(known, here)).toEqual([
      'browser Chrome/146.0 (here Chrome/147.0)',
      'flags --a (here --a --b)',
      'theme hall (here none)',
      'font Loopreel Sans 400  (here 12ab)',
    ]);
  });
});
