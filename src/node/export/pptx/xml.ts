/** Units of OOXML (914,400 an inch) for a pixel of a slide of 1920, which is 13⅓ inches wide. */
const unitsInPixel = 6350;

/** Pixels in units. */
export function units(pixels: number): number {
  return Math.round(pixels * unitsInPixel);
}

/** Pixels in hundredths of a point; a pixel is half a point. */
export function centipoints(pixels: number): number {
  return Math.round(pixels * 50);
}

/** A text for XML 1.0, which has no control characters. */
export function escaped(text: string): string {
  return text
    .replace(/[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** Where something stands, and how large it is. */
export function place(name: 'a' | 'p', area: { x: number; y: number; width: number; height: number }): string {
  const [x, y, wide, high] = [area.x, area.y, Math.max(0, area.width), Math.max(0, area.height)].map(units);
  return `<${name}:xfrm><a:off x="${x}" y="${y}"/><a:ext cx="${wide}" cy="${high}"/></${name}:xfrm>`;
}

/** A colour: by its place in the presentation's theme where it has one, so that it follows when the theme is changed. */
export function filled(colour: string, theme: ReadonlyMap<string, string>): string {
  return `<a:solidFill>${colourXml(colour, theme)}</a:solidFill>`;
}

/** See {@link filled}. */
export function colourXml(colour: string, theme: ReadonlyMap<string, string>): string {
  const name = theme.get(colour);
  return name ? `<a:schemeClr val="${name}"/>` : `<a:srgbClr val="${colour.slice(1).toUpperCase()}"/>`;
}
