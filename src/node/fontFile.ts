import { brotliDecompressSync } from 'node:zlib';

/** What is read of a font: which characters it draws, and how wide. */
export interface Font {
  /** Its copyright line in English; empty when it has none. */
  readonly copyright: string;
  /** Whether it draws a code point with a glyph of its own. */
  has(point: number): boolean;
  /** Advance width in em of a code point that it draws. */
  advance(point: number): number;
}

/** The glyph of a code point; 0 when there is none. */
type GlyphOf = (point: number) => number;

/**
 * Opens a TrueType font, bare or as WOFF2. Only the tables that say widths are looked at, and of those only the entries
 * that are asked for: a font of 14,000 glyphs costs no more than a small one.
 *
 * @throws {Error} When it lacks a table, or says its characters in no form that Unicode fonts use.
 * Source: OpenType specification 1.9: "otff", "cmap" formats 4 and 12, "hmtx", "name".
 */
export function openFont(file: Buffer): Font {
  const tables = file.toString('latin1', 0, 4) === 'wOF2' ? readWoff2(file) : readTables(file);
  const table = (tag: string): Buffer => {
    const data = tables.get(tag);
    if (!data) throw new Error(`the font has no table \`${tag}\``);
    return data;
  };
  const glyphOf = readCharacterMap(table('cmap'));
  const unitsPerEm = table('head').readUInt16BE(18);
  const measured = table('hhea').readUInt16BE(34);
  return {
    copyright: readCopyright(table('name')),
    has: (point) => glyphOf(point) !== 0,
    // Glyphs behind the last measured one are as wide as that.
    advance: (point) => table('hmtx').readUInt16BE(4 * Math.min(glyphOf(point), measured - 1)) / unitsPerEm,
  };
}

/** The tables of a bare font by tag; parts of the same memory. */
export function readTables(font: Buffer): Map<string, Buffer> {
  const tables = new Map<string, Buffer>();
  for (let n = 0; n < font.readUInt16BE(4); n++) {
    const record = 12 + 16 * n;
    const offset = font.readUInt32BE(record + 8);
    const tag = font.toString('latin1', record, record + 4);
    tables.set(tag, font.subarray(offset, offset + font.readUInt32BE(record + 12)));
  }
  return tables;
}

/** WOFF2's short numbers for the tables that are read here, and for those that it stores in another form. */
const numbered: Readonly<Record<number, string>> = { 0: 'cmap', 1: 'head', 2: 'hhea', 3: 'hmtx', 5: 'name' };
const outlines = { glyf: 10, loca: 11 };
const custom = 63;

/** Source: W3C WOFF File Format 2.0, §4.1 and §5. */
function readWoff2(file: Buffer): Map<string, Buffer> {
  let at = 48;
  const number = (): number => {
    let value = 0;
    for (;;) {
      const byte = file.readUInt8(at++);
      value = value * 128 + (byte & 127);
      if (byte < 128) return value;
    }
  };
  const lengths: (readonly [tag: string | undefined, length: number])[] = [];
  for (let n = file.readUInt16BE(12); n > 0; n--) {
    const flags = file.readUInt8(at++);
    const known = flags & 63;
    if (known === custom) at += 4;
    const length = number();
    const version = flags >> 6;
    const isOutline = known === outlines.glyf || known === outlines.loca;
    const transformed = isOutline ? version !== 3 : version !== 0;
    lengths.push([transformed ? undefined : numbered[known], transformed ? number() : length]);
  }
  const data = brotliDecompressSync(file.subarray(at, at + file.readUInt32BE(20)));
  const tables = new Map<string, Buffer>();
  let offset = 0;
  for (const [tag, length] of lengths) {
    if (tag !== undefined) tables.set(tag, data.subarray(offset, offset + length));
    offset += length;
  }
  return tables;
}

/** Encodings of Unicode, the whole of it first: platform and encoding. */
const encodings = [
  [3, 10],
  [0, 6],
  [0, 4],
  [3, 1],
  [0, 3],
] as const;

function readCharacterMap(cmap: Buffer): GlyphOf {
  for (const [platform, encoding] of encodings) {
    for (let n = 0; n < cmap.readUInt16BE(2); n++) {
      const record = 4 + 8 * n;
      if (cmap.readUInt16BE(record) !== platform || cmap.readUInt16BE(record + 2) !== encoding) continue;
      const map = cmap.subarray(cmap.readUInt32BE(record + 4));
      const format = map.readUInt16BE(0);
      if (format === 12) return ofGroups(map);
      if (format === 4) return ofSegments(map);
    }
  }
  throw new Error('the font has no character map of Unicode');
}

/** Format 12: groups of first and last code point and the glyph of the first. */
function ofGroups(map: Buffer): GlyphOf {
  const count = map.readUInt32BE(12);
  return (point) => {
    const group = 16 + 12 * firstFrom(count, (n) => map.readUInt32BE(16 + 12 * n + 4) >= point);
    if (group >= 16 + 12 * count) return 0;
    const start = map.readUInt32BE(group);
    return start <= point ? map.readUInt32BE(group + 8) + point - start : 0;
  };
}

/** Format 4: four lists side by side, of last and first code points, differences and offsets into a fifth. */
function ofSegments(map: Buffer): GlyphOf {
  const size = map.readUInt16BE(6);
  const list = (n: number) => 14 + n * size + (n > 0 ? 2 : 0);
  return (point) => {
    const segment = 2 * firstFrom(size / 2, (n) => map.readUInt16BE(list(0) + 2 * n) >= point);
    if (point > 0xffff || segment >= size) return 0;
    const start = map.readUInt16BE(list(1) + segment);
    if (start > point) return 0;
    const delta = map.readUInt16BE(list(2) + segment);
    const offset = map.readUInt16BE(list(3) + segment);
    if (offset === 0) return (point + delta) & 0xffff;
    const glyph = map.readUInt16BE(list(3) + segment + offset + 2 * (point - start));
    return glyph === 0 ? 0 : (glyph + delta) & 0xffff;
  };
}

/** The first of `count` sorted numbers for which something holds from there on; `count` when it never does. */
function firstFrom(count: number, holds: (n: number) => boolean): number {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The copyright (id 0) of Windows' English names, else of the Macintosh's. */
function readCopyright(names: Buffer): string {
  const strings = names.readUInt16BE(4);
  let found = '';
  for (let n = 0; n < names.readUInt16BE(2); n++) {
    const record = 6 + 12 * n;
    const [platform, , language, id, length = 0, offset = 0] = [0, 2, 4, 6, 8, 10].map((at) =>
      names.readUInt16BE(record + at),
    );
    if (id !== 0) continue;
    const bytes = names.subarray(strings + offset, strings + offset + length);
    if (platform === 3 && language === 0x409) return Buffer.from(bytes).swap16().toString('utf16le');
    if (platform === 1 && language === 0) found = bytes.toString('latin1');
  }
  return found;
}
