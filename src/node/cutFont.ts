import { renameFont } from './fontName.ts';

/** What a font is cut to. */
interface Cut {
  /** OpenType features that stay. */
  readonly keepFeatures: readonly string[];
  readonly dropTables?: readonly string[];
  /** Pins axes of a variable font. */
  readonly variationAxes?: Readonly<Record<string, number>>;
}

/** Names for what is cut. */
interface Naming {
  readonly family: string;
  readonly style: string;
  readonly copyright: string;
}

/**
 * A font with some of its characters, under another name, as the `src` of a `@font-face` rule that needs no file.
 *
 * @param file A whole font: TrueType or WOFF2.
 */
export async function cutFont(
  file: Buffer,
  characters: string,
  cut: Cut,
  { family, style, copyright }: Naming,
): Promise<string> {
  // Loaded for what is not in the cache: these bring compiled code of megabytes.
  const [{ default: subsetFont }, { default: fontverter }] = await Promise.all([
    import('subset-font'),
    import('fontverter'),
  ]);
  const subset = await subsetFont(file, characters, { targetFormat: 'sfnt', noHinting: true, ...cut });
  const woff = await fontverter.convert(renameFont(subset, family, style, copyright), 'woff');
  return `url(data:font/woff;base64,${woff.toString('base64')}) format('woff')`;
}
