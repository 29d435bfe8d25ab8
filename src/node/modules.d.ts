declare module 'subset-font' {
  /** subset-font 2.9: see its README for the options. */
  export default function subsetFont(
    font: Buffer,
    text: string,
    options?: {
      targetFormat?: 'sfnt' | 'woff' | 'woff2';
      keepFeatures?: readonly string[];
      noHinting?: boolean;
      dropTables?: readonly string[];
      /** Pins axes of a variable font. */
      variationAxes?: Readonly<Record<string, number>>;
    },
  ): Promise<Buffer>;
}

declare module 'fontverter' {
  const fontverter: { convert(font: Buffer, format: 'sfnt' | 'woff' | 'woff2'): Promise<Buffer> };
  export default fontverter;
}
