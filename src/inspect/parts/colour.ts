/** A computed colour as `#rrggbb`; undefined where it is transparent. */
export function colourOf(css: string): string | undefined {
  const numbers = css.match(/[\d.]+/g)?.map(Number) ?? [];
  // `rgb(0, 114, 178)`, `rgba(…)`; what mixes colours is computed to `color(srgb 0 0.447 0.698)`.
  const [red = 0, green = 0, blue = 0, alpha = 1] = numbers;
  if (alpha === 0 || css === 'transparent') return undefined;
  const unit = css.startsWith('color(') ? 255 : 1;
  const digits = [red, green, blue].map((share) =>
    Math.round(share * unit)
      .toString(16)
      .padStart(2, '0'),
  );
  return `#${digits.join('')}`;
}
