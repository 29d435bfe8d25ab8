import { inflateSync } from 'node:zlib';

/** A value of a PDF's object: names keep their `/`, strings come decoded. */
export type PdfValue = number | boolean | null | string | PdfString | PdfReference | PdfValue[] | PdfDictionary;
export interface PdfString {
  readonly text: string;
}
export interface PdfReference {
  readonly object: number;
}
export interface PdfDictionary {
  readonly [name: `/${string}`]: PdfValue;
}

/** A PDF, read: enough of the format to look at what Chromium and Loopreel write. */
export interface Pdf {
  readonly version: string;
  /** The value, or what a reference leads to. */
  follow(value: PdfValue | undefined): PdfValue | undefined;
  dictionary(value: PdfValue | undefined): PdfDictionary;
  list(value: PdfValue | undefined): readonly PdfValue[];
  string(value: PdfValue | undefined): string;
  readonly trailer: PdfDictionary;
  readonly catalog: PdfDictionary;
  readonly info: PdfDictionary;
  /** Every dictionary of the file, those of streams too. */
  readonly dictionaries: readonly PdfDictionary[];
  readonly pages: readonly PdfDictionary[];
  /** Where its links lead: addresses, or the names of places in it. */
  readonly links: readonly { readonly address?: string; readonly place?: string }[];
  /** The letters that a page shows, in the order of drawing. */
  textOf(page: PdfDictionary): string;
}

/** Reads a PDF whose objects are found through a table in a stream (PDF 1.5). */
export function readPdf(file: Buffer): Pdf {
  const start = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(file.toString('latin1', file.length - 64))?.[1]);
  const table = objectAt(file, start);
  const trailer = table.value as PdfDictionary;
  const rows = inflateSync(table.stream ?? Buffer.alloc(0));
  const index = trailer['/Index'] as number[];
  const places = new Map<number, readonly [type: number, place: number, index: number]>();
  let row = 0;
  for (let n = 0; n < index.length; n += 2)
    for (let k = 0; k < (index[n + 1] ?? 0); k++, row += 7)
      places.set((index[n] ?? 0) + k, [rows.readUInt8(row), rows.readUInt32BE(row + 1), rows.readUInt16BE(row + 5)]);

  const objects = new Map<number, PdfObject>();
  for (const [number, [type, offset]] of places) if (type === 1) objects.set(number, objectAt(file, offset));
  for (const [number, [type, holder, nth]] of places) {
    if (type !== 2) continue;
    const { value, stream } = objects.get(holder) ?? {};
    const text = inflateSync(stream ?? Buffer.alloc(0));
    const first = (value as PdfDictionary)['/First'] as number;
    const heads = text.toString('latin1', 0, first).trim().split(/\s+/).map(Number);
    if (heads[2 * nth] !== number) throw new Error(`object ${number} is not where the table says`);
    objects.set(number, { value: parse(text.toString('latin1', first + (heads[2 * nth + 1] ?? 0))).value });
  }

  const follow = (value: PdfValue | undefined): PdfValue | undefined =>
    isReference(value) ? objects.get(value.object)?.value : value;
  const dictionary = (value: PdfValue | undefined) => {
    const found = follow(value);
    return (found !== null && typeof found === 'object' && !Array.isArray(found) ? found : {}) as PdfDictionary;
  };
  const list = (value: PdfValue | undefined) => {
    const found = follow(value);
    return Array.isArray(found) ? found : [];
  };
  const string = (value: PdfValue | undefined) => {
    const found = follow(value);
    return found !== null && typeof found === 'object' && 'text' in found ? String(found.text) : String(found ?? '');
  };
  const catalog = dictionary(trailer['/Root']);
  const pagesBelow = (node: PdfDictionary): PdfDictionary[] =>
    node['/Type'] === '/Page' ? [node] : list(node['/Kids']).flatMap((kid) => pagesBelow(dictionary(kid)));
  const streamOf = (value: PdfValue | undefined) => {
    const found = isReference(value) ? objects.get(value.object) : undefined;
    if (!found?.stream) return '';
    const packed = (found.value as PdfDictionary)['/Filter'] !== undefined;
    return (packed ? inflateSync(found.stream) : found.stream).toString('latin1');
  };

  /** Draws a page's or a form's text with the fonts that it names. */
  const textIn = (content: string, resources: PdfDictionary): string => {
    const fonts = dictionary(resources['/Font']);
    const forms = dictionary(resources['/XObject']);
    let glyphs = new Map<string, string>();
    let text = '';
    for (const [, font, hex, form] of content.matchAll(/\/(\w+) [\d.]+ Tf|<([0-9A-Fa-f]+)>|\/(\w+) Do/g)) {
      if (font) glyphs = glyphsOf(streamOf(dictionary(fonts[`/${font}`])['/ToUnicode']));
      if (hex) for (const code of hex.match(/.{4}/g) ?? []) text += glyphs.get(code.toUpperCase()) ?? '';
      const drawn = form === undefined ? undefined : forms[`/${form}`];
      if (drawn !== undefined && dictionary(drawn)['/Subtype'] === '/Form')
        text += textIn(streamOf(drawn), dictionary(dictionary(drawn)['/Resources']));
    }
    return text;
  };

  const dictionaries = [...objects.values()].map(({ value }) => dictionary(value));
  return {
    version: file.toString('latin1', 5, 8),
    follow,
    dictionary,
    list,
    string,
    trailer,
    catalog,
    info: dictionary(trailer['/Info']),
    dictionaries,
    pages: pagesBelow(dictionary(catalog['/Pages'])),
    links: dictionaries.flatMap((link) => {
      if (link['/Subtype'] !== '/Link') return [];
      const { '/Dest': place, '/A': action } = link;
      return [place ? { place: String(place) } : { address: string(dictionary(action)['/URI']) }];
    }),
    textOf: (page) => {
      const contents = page['/Contents'];
      const parts = Array.isArray(contents) ? contents : [contents];
      return textIn(parts.map(streamOf).join('\n'), dictionary(page['/Resources']));
    },
  };
}

interface PdfObject {
  readonly value: PdfValue;
  readonly stream?: Buffer;
}

function isReference(value: PdfValue | undefined): value is PdfReference {
  return value !== null && typeof value === 'object' && 'object' in value;
}

function objectAt(file: Buffer, offset: number): PdfObject {
  const text = file.toString('latin1', offset, offset + 200_000);
  const head = /^\d+ 0 obj\s/.exec(text)?.[0];
  if (head === undefined) throw new Error(`there is no object at ${offset}`);
  const { value, rest } = parse(text.slice(head.length));
  const begin = /^\s*stream\r?\n/.exec(rest)?.[0];
  if (begin === undefined) return { value };
  const from = offset + (text.length - rest.length) + begin.length;
  const length = (value as PdfDictionary)['/Length'];
  if (typeof length !== 'number') throw new Error(`the stream at ${offset} tells no length`);
  return { value, stream: file.subarray(from, from + length) };
}

/** Glyph in four hexadecimal digits → text, of a ToUnicode map. */
function glyphsOf(map: string): Map<string, string> {
  const glyphs = new Map<string, string>();
  const decoded = (hex: string) => Buffer.from(hex, 'hex').swap16().toString('utf16le');
  for (const [, body = ''] of map.matchAll(/beginbfchar\s(.*?)endbfchar/gs))
    for (const [, glyph = '', text = ''] of body.matchAll(/<(\w+)>\s*<(\w+)>/g))
      glyphs.set(glyph.toUpperCase(), decoded(text));
  for (const [, body = ''] of map.matchAll(/beginbfrange\s(.*?)endbfrange/gs))
    for (const [, from = '', to = '', text = ''] of body.matchAll(/<(\w+)>\s*<(\w+)>\s*<(\w+)>/g))
      for (let n = 0; n <= Number.parseInt(to, 16) - Number.parseInt(from, 16); n++) {
        const glyph = (Number.parseInt(from, 16) + n).toString(16).padStart(4, '0').toUpperCase();
        glyphs.set(glyph, decoded((Number.parseInt(text, 16) + n).toString(16).padStart(4, '0')));
      }
  return glyphs;
}

/** The first value of a text, and what stands behind it. */
function parse(text: string): { readonly value: PdfValue; readonly rest: string } {
  let at = 0;
  const blank = () => {
    at += /^(?:\s|%[^\n]*\n)*/.exec(text.slice(at, at + 400))?.[0].length ?? 0;
  };
  const value = (): PdfValue => {
    blank();
    const here = text.slice(at, at + 4000);
    const token = /^(?:<<|\[|\(|<[0-9A-Fa-f\s]*>|\d+ \d+ R\b|[+-]?\d*\.?\d+|\/[^\s()<>[\]{}/%]*|true|false|null)/.exec(
      here,
    )?.[0];
    if (token === undefined) throw new Error(`no value: ${here.slice(0, 40)}`);
    at += token.length;
    if (token === '<<') {
      const entries: [string, PdfValue][] = [];
      for (blank(); !text.startsWith('>>', at); blank()) entries.push([String(value()), value()]);
      at += 2;
      return Object.fromEntries(entries);
    }
    if (token === '[') {
      const items: PdfValue[] = [];
      for (blank(); text[at] !== ']'; blank()) items.push(value());
      at++;
      return items;
    }
    if (token === '(') return { text: literal() };
    if (token.startsWith('<')) return { text: unicode(Buffer.from(token.slice(1, -1), 'hex')) };
    const reference = /^(\d+) \d+ R$/.exec(token);
    if (reference) return { object: Number(reference[1]) };
    if (token.startsWith('/')) return token;
    if (token === 'null') return null;
    return token === 'true' || token === 'false' ? token === 'true' : Number(token);
  };
  /** What stands between round brackets, with its escapes (ISO 32000-1, 7.3.4.2). */
  const literal = () => {
    const bytes: number[] = [];
    const escapes: Readonly<Record<string, number>> = { n: 10, r: 13, t: 9, b: 8, f: 12 };
    for (let depth = 1; depth > 0; at++) {
      const sign = text[at] ?? '';
      if (sign === '\\') {
        const octal = /^[0-7]{1,3}/.exec(text.slice(at + 1, at + 4))?.[0];
        const next = text[at + 1] ?? '';
        bytes.push(octal ? Number.parseInt(octal, 8) : (escapes[next] ?? next.charCodeAt(0)));
        at += octal?.length ?? 1;
        continue;
      }
      if (sign === '(') depth++;
      if (sign === ')') depth--;
      if (depth > 0) bytes.push(sign.charCodeAt(0));
    }
    return unicode(Buffer.from(bytes));
  };
  const found = value();
  return { value: found, rest: text.slice(at) };
}

function unicode(bytes: Buffer): string {
  const wide = bytes[0] === 0xfe && bytes[1] === 0xff && bytes.length % 2 === 0;
  return wide ? Buffer.from(bytes.subarray(2)).swap16().toString('utf16le') : bytes.toString('latin1');
}
