declare module 'fontkit' {
  export interface Font {
    readonly unitsPerEm: number;
    readonly copyright: string | null;
    hasGlyphForCodePoint(point: number): boolean;
    glyphForCodePoint(point: number): { readonly advanceWidth: number };
  }
  export function create(file: Buffer): Font;
}
