/** Pixels of a picture. */
export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** Reads a picture's size from its first bytes; undefined where it is not told there. */
export function pictureSize(data: Buffer): PictureSize | undefined {
  const head = data.toString('latin1', 0, 4096);
  const read = readers.find(([sign]) => sign.test(head))?.[2];
  const size = read?.(data, head);
  return size && size.width > 0 && size.height > 0 ? size : undefined;
}

/** A format's sign, its media type, and where it says its size. */
const readers: readonly (readonly [RegExp, string, (data: Buffer, head: string) => PictureSize | undefined])[] = [
  [/^\x89PNG/, 'image/png', (data) => ({ width: data.readUInt32BE(16), height: data.readUInt32BE(20) })],
  [/^GIF8/, 'image/gif', (data) => ({ width: data.readUInt16LE(6), height: data.readUInt16LE(8) })],
  [/^\xFF\xD8/, 'image/jpeg', jpegSize],
  [/^RIFF[\s\S]{4}WEBP/, 'image/webp', webpSize],
  [/^[\s\S]{4}ftypavi/, 'image/avif', avifSize],
  [/<svg[\s>]/i, 'image/svg+xml', svgSize],
];

/** A picture as an address that holds it. */
export function dataUri(picture: Uint8Array): string {
  const data = Buffer.from(picture);
  const head = data.toString('latin1', 0, 4096);
  const type = readers.find(([sign]) => sign.test(head))?.[1] ?? 'image/svg+xml';
  return `data:${type};base64,${data.toString('base64')}`;
}

/** The frame header (SOF0 to SOF15 but DHT, JPG and DAC) behind the segments before it: ITU T.81, B.2.2. */
function jpegSize(data: Buffer): PictureSize | undefined {
  for (let at = 2; at + 9 < data.length; at += 2 + data.readUInt16BE(at + 2)) {
    const marker = data[at + 1] ?? 0;
    if (data[at] !== 0xff) return undefined;
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker))
      return { height: data.readUInt16BE(at + 5), width: data.readUInt16BE(at + 7) };
  }
  return undefined;
}

/** RFC 9649, §2.5 to §2.7. */
function webpSize(data: Buffer, head: string): PictureSize | undefined {
  if (data.length < 30) return undefined;
  switch (head.slice(12, 16)) {
    case 'VP8 ':
      return { width: data.readUInt16LE(26) & 0x3fff, height: data.readUInt16LE(28) & 0x3fff };
    case 'VP8L': {
      const bits = data.readUInt32LE(21);
      return { width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 };
    }
    default:
      return { width: data.readUIntLE(24, 3) + 1, height: data.readUIntLE(27, 3) + 1 };
  }
}

/** The image spatial extents (`ispe`) of ISO/IEC 23008-12, §6.5.3. */
function avifSize(data: Buffer, head: string): PictureSize | undefined {
  const at = head.indexOf('ispe');
  if (at < 0 || at + 16 > data.length) return undefined;
  return { width: data.readUInt32BE(at + 8), height: data.readUInt32BE(at + 12) };
}

function svgSize(_data: Buffer, head: string): PictureSize | undefined {
  const tag = /<svg\b[^>]*>/i.exec(head)?.[0] ?? '';
  const [, , wide, high] = (/\bviewBox\s*=\s*["']\s*([\d.\s,-]+)["']/.exec(tag)?.[1] ?? '').split(/[\s,]+/).map(Number);
  const side = (name: string) => Number(new RegExp(`\\s${name}\\s*=\\s*["']([\\d.]+)(?:px)?["']`).exec(tag)?.[1]);
  const [width, height] = [side('width') || wide, side('height') || high];
  return width && height ? { width, height } : undefined;
}
