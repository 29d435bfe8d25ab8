import { describe, expect, test } from 'vitest';
import { veils } from '../../src/deck/dress.ts';
import { contrast, mix, readColour } from '../../src/node/theme/colour.ts';
import { themeNamed } from '../themes.ts';

const white = [255, 255, 255] as const;
/** What is left of a white picture behind the veil of that share in per cent. */
const behind = (share: number) => mix([16, 18, 22], share / 100, white);
const shares = (veil: string) => [...veil.matchAll(/\/ (\d+)%\)/g)].map(([, share]) => Number(share));

describe.each(['quiet', 'contrast', 'paper', 'hall'])('on a white picture as ground, in %s,', (name) => {
  const { dark } = themeNamed(name);
  const colour = (token: string) => readColour(dark?.get(token) ?? '') ?? white;
  const least = name === 'contrast' ? 7 : 4.5;

  test('text and links read', () => {
    const [share = 0] = shares(veils.even);
    for (const token of ['ink', 'heading', 'accent'])
      expect(contrast(colour(token), behind(share)), token).toBeGreaterThanOrEqual(token === 'accent' ? 4.5 : least);
  });

  test('text at the left reads as far as it goes', () => {
    const [full = 0, end = 0] = shares(veils.aside);
    // Text in the middle of a slide ends at 1520 of 1920 pixels.
    const share = full + ((1520 / 1920 - 0.5) / 0.5) * (end - full);
    expect(contrast(colour('ink'), behind(share))).toBeGreaterThanOrEqual(4.5);
  });
});
