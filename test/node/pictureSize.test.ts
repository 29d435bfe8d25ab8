import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { pictureSize } from '../../src/node/pictureSize.ts';
import { readNote } from '../../src/notes/read.ts';

const bytes = (...parts: (string | number[])[]) =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))));
const pad = (buffer: Buffer) => Buffer.concat([buffer, Buffer.alloc(40)]);

describe('pictureSize', () => {
  test.each([
    ['GIF', bytes('GIF89a', [0x40, 0x01, 0xf0, 0x00]), 320, 240],
    ['JPEG', bytes([0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2, 0xff, 0xc2, 0, 11, 8, 0, 0xf0, 1, 0x40, 3]), 320, 240],
    ['WebP, lossy', bytes('RIFF....WEBPVP8 ', Array(10).fill(0), [0x40, 1, 0xf0, 0]), 320, 240],
    ['WebP, extended', bytes('RIFF....WEBPVP8X', Array(8).fill(0), [0x3f, 1, 0, 0xef, 0, 0]), 320, 240],
    ['AVIF', bytes('....ftypavif....ispe', [0, 0, 0, 0, 0, 0, 1, 0x40, 0, 0, 0, 0xf0]), 320, 240],
    ['SVG with sides', bytes('<svg xmlns="a" width="320" height="240px">'), 320, 240],
    ['SVG with a view box', bytes('<?xml version="1.0"?><svg viewBox="0 0 320 240">'), 320, 240],
  ])('reads %s', (_, data, width, height) => {
    expect(pictureSize(pad(data))).toEqual({ width, height });
  });

  test('reads PNG', () => {
    const data = readFileSync(join(import.meta.dirname, '..', 'cases', 'gather', '7-replay.png'));
    expect(pictureSize(data)).toEqual({ width: 1280, height: 720 });
  });

  test.each(['GIF', '\xff\xd8\xff', 'RIFF....WEBPVP8 ', '<svg>', ''])('says nothing of %j', (text) => {
    expect(pictureSize(pad(bytes(text)))?.width ?? 0).toBeGreaterThanOrEqual(0);
  });
});

describe('braces behind a picture', () => {
  const read = (text: string) => {
    const { tree, messages } = readNote(text, 'a.md');
    const [paragraph] = tree.children;
    const [image, ...rest] = paragraph?.type === 'paragraph' ? paragraph.children : [];
    const width = image?.type === 'image' ? image.data?.width : undefined;
    return { width, rest: rest.length, messages: messages.map(({ line, reason }) => `${line}: ${reason}`) };
  };
  test.each([
    ['![a](b.png){width=60%}', { value: 60, unit: '%' }],
    ['![a](b.png "t"){width=800px}', { value: 800, unit: 'px' }],
    ['![a](b.png){width="800"}', { value: 800, unit: 'px' }],
  ])('%s give its width', (text, width) => {
    expect(read(text)).toEqual({ width, rest: 0, messages: [] });
  });
  test.each([
    ['![a](b.png){width=huge}', "1: the picture's `width=huge` cannot be read."],
    ['![a](b.png){width=140%}', "1: the picture's `width=140%` cannot be read."],
    ['![a](b.png){widht=60%}', "1: the picture's `widht=60%` cannot be read. Did you mean `width`?"],
  ])('%s are told of', (text, message) => {
    expect(read(text)).toEqual({ width: undefined, rest: 0, messages: [message] });
  });
  test('are text where they say nothing', () => {
    expect(read('![a](b.png){x}')).toMatchObject({ rest: 1, messages: [] });
  });
});
