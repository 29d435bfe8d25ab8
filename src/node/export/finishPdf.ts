import { deflateSync } from 'node:zlib';

/** What a PDF says of itself besides what Chromium writes there: title, tool and time. */
export interface PdfAbout {
  readonly author?: string | undefined;
  /** Whom it speaks to and of what, a sentence. */
  readonly subject?: string | undefined;
}

/** Objects that share one compressed stream: readers unpack a whole one to see any of them. */
const objectsInStream = 200;

/**
 * Finishes a PDF as Chromium writes it (Skia, PDF 1.4 with a plain table of objects): tells who wrote it, which no flag
 * or `<meta>` makes Chromium do, and puts every object that is no stream itself, of which tags alone make thousands,
 * into compressed object streams (ISO 32000-1, 7.5.7), which takes a sixth off the file.
 *
 * @returns The finished file, PDF 1.5; one that is built otherwise, by another browser perhaps, is given back as it is.
 */
export function finishPdf(pdf: Uint8Array, about: PdfAbout): Uint8Array {
  const file = Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength);
  const read = readObjects(file);
  if (!read) return pdf;
  const { objects, root, info } = read;

  // 1. Streams stay what they are, the others are gathered.
  const parts: Buffer[] = [Buffer.from('%PDF-1.5\n%\xB5\xB6\xB7\xB8\n', 'latin1')];
  let length = parts[0]?.length ?? 0;
  const places = new Map<number, Place>();
  const append = (number: number, body: Buffer) => {
    const framed = Buffer.concat([Buffer.from(`${number} 0 obj\n`), body, Buffer.from('\nendobj\n')]);
    places.set(number, { type: 1, offset: length });
    parts.push(framed);
    length += framed.length;
  };
  const loose: (readonly [number: number, body: Buffer])[] = [];
  for (const [number, body] of objects) {
    if (isStream(body)) append(number, body);
    else loose.push([number, number === info ? withAbout(body, about) : body]);
  }

  // 2. The gathered ones, a stream for every few hundred.
  let next = Math.max(0, ...objects.map(([number]) => number)) + 1;
  for (let first = 0; first < loose.length; first += objectsInStream) {
    const own = next++;
    const some = loose.slice(first, first + objectsInStream);
    for (const [index, [number]] of some.entries()) places.set(number, { type: 2, stream: own, index });
    append(own, objectStream(some));
  }

  // 3. Where all of them are.
  const table = next;
  places.set(table, { type: 1, offset: length });
  const where = [...places].sort(([a], [b]) => a - b);
  const rows = Buffer.alloc(where.length * rowWidth);
  for (const [n, [, place]] of where.entries()) writeRow(rows, n * rowWidth, place);
  const trailer = `/Type /XRef /Size ${table + 1} /Root ${root} 0 R${info === undefined ? '' : ` /Info ${info} 0 R`}`;
  const body = stream(`${trailer} /W [1 4 2] /Index [${ranges(where.map(([number]) => number))}]`, rows);
  parts.push(
    Buffer.concat([Buffer.from(`${table} 0 obj\n`), body, Buffer.from(`\nendobj\nstartxref\n${length}\n%%EOF\n`)]),
  );
  return Buffer.concat(parts);
}

type Place =
  | { readonly type: 1; readonly offset: number }
  | { readonly type: 2; readonly stream: number; readonly index: number };

const rowWidth = 7;

function writeRow(rows: Buffer, at: number, place: Place): void {
  rows.writeUInt8(place.type, at);
  rows.writeUInt32BE(place.type === 1 ? place.offset : place.stream, at + 1);
  rows.writeUInt16BE(place.type === 1 ? 0 : place.index, at + 5);
}

/** Numbers in order as pairs of a first one and how many follow each other. */
function ranges(numbers: readonly number[]): string {
  const found: [number, number][] = [];
  for (const number of numbers) {
    const last = found.at(-1);
    if (last && number === last[0] + last[1]) last[1]++;
    else found.push([number, 1]);
  }
  return found.flat().join(' ');
}

interface Objects {
  /** By number, in the order of the file: what stands between `obj` and `endobj`. */
  readonly objects: readonly (readonly [number: number, body: Buffer])[];
  readonly root: number;
  readonly info?: number;
}

/** Reads a file of one plain table (7.5.4) whose objects follow each other; undefined when it is anything else. */
function readObjects(file: Buffer): Objects | undefined {
  const end = file.toString('latin1', Math.max(0, file.length - 1024));
  const start = Number(/startxref\s+(\d+)\s+%%EOF\s*$/.exec(end)?.[1] ?? Number.NaN);
  const tail = Number.isNaN(start) ? '' : file.toString('latin1', start);
  const table = /^xref\r?\n0 (\d+)\r?\n((?:\d{10} \d{5} [nf][ \r\n]{2})+)trailer\s*<<(.*?)>>/s.exec(tail);
  const [, size, rows = '', trailer = ''] = table ?? [];
  const root = Number(/\/Root (\d+) 0 R/.exec(trailer)?.[1] ?? Number.NaN);
  const info = /\/Info (\d+) 0 R/.exec(trailer)?.[1];
  if (rows.length !== Number(size) * 20 || Number.isNaN(root) || /\/(?:Prev|Encrypt)\b/.test(trailer)) return undefined;

  const offsets: (readonly [number: number, offset: number])[] = [];
  for (let number = 0; number < Number(size); number++) {
    const row = rows.slice(number * 20, number * 20 + 20);
    if (row[17] === 'n') offsets.push([number, Number(row.slice(0, 10))]);
  }
  offsets.sort(([, a], [, b]) => a - b);
  const objects: [number, Buffer][] = [];
  for (const [n, [number, offset]] of offsets.entries()) {
    const body = between(file, number, offset, offsets[n + 1]?.[1] ?? start);
    if (!body) return undefined;
    objects.push([number, body]);
  }
  return { objects, root, ...(info === undefined ? {} : { info: Number(info) }) };
}

/** The object that fills a file from one offset to the next. */
function between(file: Buffer, number: number, from: number, to: number): Buffer | undefined {
  const head = `${number} 0 obj`;
  if (file.toString('latin1', from, from + head.length) !== head) return undefined;
  const last = file.toString('latin1', Math.max(from, to - 16), to).trimEnd();
  if (!last.endsWith('endobj')) return undefined;
  const blanks = Math.min(16, to - from) - last.length;
  const body = file.subarray(from + head.length, to - blanks - 'endobj'.length);
  return trimmed(body);
}

/** Without white space around it. */
function trimmed(body: Buffer): Buffer {
  const isBlank = (at: number) => (body[at] ?? 0) <= 32;
  let from = 0;
  let to = body.length;
  while (from < to && isBlank(from)) from++;
  while (to > from && isBlank(to - 1)) to--;
  return body.subarray(from, to);
}

function isStream(body: Buffer): boolean {
  return body.toString('latin1', Math.max(0, body.length - 9)) === 'endstream';
}

function objectStream(objects: readonly (readonly [number: number, body: Buffer])[]): Buffer {
  const heads: string[] = [];
  const bodies: Buffer[] = [];
  let offset = 0;
  for (const [number, body] of objects) {
    heads.push(`${number} ${offset}`);
    bodies.push(body, Buffer.from('\n'));
    offset += body.length + 1;
  }
  const head = `${heads.join(' ')}\n`;
  return stream(
    `/Type /ObjStm /N ${objects.length} /First ${head.length}`,
    Buffer.concat([Buffer.from(head), ...bodies]),
  );
}

function stream(entries: string, data: Buffer): Buffer {
  const packed = deflateSync(data);
  const head = `<<${entries} /Filter /FlateDecode /Length ${packed.length}>>\nstream\n`;
  return Buffer.concat([Buffer.from(head), packed, Buffer.from('\nendstream')]);
}

/** The dictionary of document information with what Chromium does not know. */
function withAbout(info: Buffer, { author, subject }: PdfAbout): Buffer {
  const entries = [
    ...(author ? [`/Author ${textString(author)}`] : []),
    ...(subject ? [`/Subject ${textString(subject)}`] : []),
  ];
  const text = info.toString('latin1');
  if (!text.endsWith('>>') || entries.length === 0) return info;
  return Buffer.from(`${text.slice(0, -2)}\n${entries.join('\n')}>>`, 'latin1');
}

/** A text string (7.9.2.2) as UTF-16 in hexadecimal digits, which needs no escapes. */
function textString(text: string): string {
  const units = Buffer.from(text.normalize('NFC'), 'utf16le').swap16();
  return `<FEFF${units.toString('hex').toUpperCase()}>`;
}
