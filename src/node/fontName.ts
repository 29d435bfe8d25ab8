import { readTables } from './fontFile.ts';

/**
 * Gives a TrueType font another name. Pretendard and D2Coding reserve their names under the SIL Open Font License
 * (§3): a subset is a modified version and must not carry them. Copyright and license (ids 0 and 13) stay.
 *
 * @param font A whole TrueType file (`sfnt`), for example from a subsetter.
 * @param family New family name, `Loopreel Sans`.
 * @param style `Regular` or `Bold`.
 * @param copyright The original's copyright and license lines.
 * @returns A new file with every other table as it was.
 * Source: OpenType specification 1.9, "otff" (table directory, checksums) and "name" (format 0).
 */
export function renameFont(font: Buffer, family: string, style: string, copyright: string): Buffer {
  // The checksum is written into a table: never into the font that was given.
  const tables = readTables(Buffer.from(font));
  const name = nameTable(
    new Map([
      [0, copyright],
      [1, family],
      [2, style],
      [3, `${family} ${style} subset`],
      [4, `${family} ${style}`],
      [6, `${family.replaceAll(' ', '')}-${style}`],
      [13, 'SIL Open Font License, Version 1.1'],
    ]),
  );
  return writeTables(font.readUInt32BE(0), new Map([...tables, ['name', name]]));
}

function nameTable(names: ReadonlyMap<number, string>): Buffer {
  const header = Buffer.alloc(6 + 12 * names.size);
  header.writeUInt16BE(names.size, 2);
  header.writeUInt16BE(header.length, 4);
  const strings: Buffer[] = [];
  let offset = 0;
  let record = 6;
  for (const [id, text] of names) {
    const bytes = Buffer.from(text, 'utf16le').swap16();
    // Windows, Unicode BMP, US English.
    for (const [n, value] of [3, 1, 0x409, id, bytes.length, offset].entries())
      header.writeUInt16BE(value, record + 2 * n);
    strings.push(bytes);
    offset += bytes.length;
    record += 12;
  }
  return Buffer.concat([header, ...strings]);
}

function writeTables(version: number, tables: ReadonlyMap<string, Buffer>): Buffer {
  const sorted = [...tables].sort(([a], [b]) => (a < b ? -1 : 1));
  const power = 2 ** Math.floor(Math.log2(sorted.length));
  const directory = Buffer.alloc(12 + 16 * sorted.length);
  directory.writeUInt32BE(version, 0);
  for (const [n, value] of [sorted.length, power * 16, Math.log2(power), (sorted.length - power) * 16].entries()) {
    directory.writeUInt16BE(value, 4 + 2 * n);
  }
  const parts: Buffer[] = [directory];
  let offset = directory.length;
  let headOffset = 0;
  for (const [n, [tag, data]] of sorted.entries()) {
    if (tag === 'head') {
      headOffset = offset;
      data.writeUInt32BE(0, 8);
    }
    const padded = Buffer.concat([data, Buffer.alloc((4 - (data.length % 4)) % 4)]);
    directory.write(tag, 12 + 16 * n, 'latin1');
    for (const [m, value] of [checksum(padded), offset, data.length].entries()) {
      directory.writeUInt32BE(value, 16 + 16 * n + 4 * m);
    }
    parts.push(padded);
    offset += padded.length;
  }
  const font = Buffer.concat(parts);
  font.writeUInt32BE((0xb1b0afba - checksum(font)) >>> 0, headOffset + 8);
  return font;
}

function checksum(data: Buffer): number {
  let sum = 0;
  for (let n = 0; n < data.length; n += 4) sum = (sum + data.readUInt32BE(n)) >>> 0;
  return sum;
}
