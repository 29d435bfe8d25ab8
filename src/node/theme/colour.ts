/** Red, green and blue from 0 to 255. */
export type Colour = readonly [number, number, number];

/**
 * Reads a colour as themes write it: `#rgb`, `#rrggbb`, `rgb(…)`, `hsl(…)`. Others, and whatever lets the ground shine
 * through, have no contrast that could be told beforehand.
 *
 * @returns Undefined for anything else.
 */
export function readColour(text: string): Colour | undefined {
  const hex = /^#([\da-f]{3}|[\da-f]{6})$/i.exec(text)?.[1];
  if (hex) {
    const whole = hex.length === 3 ? hex.replace(/./g, '$&$&') : hex;
    return [0, 2, 4].map((at) => Number.parseInt(whole.slice(at, at + 2), 16)) as unknown as Colour;
  }
  const [, name, inside = ''] = /^(rgb|hsl)\(\s*([^()]*?)\s*\)$/i.exec(text) ?? [];
  const parts = inside.split(/\s*,\s*|\s+/);
  if (!name || parts.length !== 3) return undefined;
  const read = name.toLowerCase() === 'rgb' ? readRgb : readHsl;
  return read(parts as [string, string, string]);
}

function readRgb(parts: readonly string[]): Colour | undefined {
  const channels = parts.map((part) => {
    const [, number, percent] = /^(\d+(?:\.\d+)?|\.\d+)(%)?$/.exec(part) ?? [];
    return number === undefined ? Number.NaN : percent ? Number(number) * 2.55 : Number(number);
  });
  return channels.every((channel) => channel <= 255) ? (channels as unknown as Colour) : undefined;
}

/** Source: CSS Color 4, section 7.1 (`hslToRgb`). */
function readHsl([hue, saturation, lightness]: readonly [string, string, string]): Colour | undefined {
  const h = /^-?\d+(?:\.\d+)?(?:deg)?$/.test(hue) ? Number.parseFloat(hue) : Number.NaN;
  const [s, l] = [saturation, lightness].map((part) =>
    /^\d+(?:\.\d+)?%$/.test(part) ? Number.parseFloat(part) / 100 : Number.NaN,
  ) as [number, number];
  if (!(s <= 1 && l <= 1) || Number.isNaN(h)) return undefined;
  const channel = (n: number) => {
    const k = (((n + h / 30) % 12) + 12) % 12;
    return 255 * (l - s * Math.min(l, 1 - l) * Math.max(-1, Math.min(k - 3, 9 - k, 1)));
  };
  return [channel(0), channel(8), channel(4)];
}

/** `color-mix(in srgb, first share, second)`. */
export function mix(first: Colour, share: number, second: Colour): Colour {
  return first.map((channel, n) => channel * share + (second[n] ?? 0) * (1 - share)) as unknown as Colour;
}

/** The contrast ratio of two colours, from 1 to 21. Source: WCAG 2.2, "contrast ratio" and "relative luminance". */
export function contrast(first: Colour, second: Colour): number {
  const [dark = 0, light = 0] = [luminance(first), luminance(second)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: Colour): number {
  const [r = 0, g = 0, b = 0] = colour.map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
