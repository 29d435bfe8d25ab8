import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readImages, withAddresses } from '../../src/node/images.ts';
import { readNote } from '../../src/notes/read.ts';

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'loopreel-images-'));
  mkdirSync(join(folder, 'note'));
  for (const path of ['note/ok.png', 'outside.png']) writeFileSync(join(folder, path), png);
  writeFileSync(join(folder, 'note', 'text.png'), 'root:x:0:0');
  symlinkSync(join(folder, 'outside.png'), join(folder, 'note', 'way-out.png'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const read = (markdown: string) => readNote(markdown, join(folder, 'note', 'a.md'));

describe('readImages()', () => {
  test('takes pictures of Markdown and of HTML', async () => {
    const note = read('![x](ok.png)\n\n<img alt="y" src="ok.png">\n');
    const { addresses, sizes, files, problems } = await readImages(note);
    expect(problems).toEqual([]);
    const [target = ''] = files.keys();
    expect(target).toMatch(/^images\/[0-9a-f]{8}-ok\.png$/);
    const placed = JSON.stringify(withAddresses(note, { addresses, sizes }).tree);
    expect(placed.split(target)).toHaveLength(3);
    expect(placed).not.toContain('"ok.png"');
  });

  test('tells of pictures without a description, once each time that they stand there', async () => {
    const note = read(
      '![](ok.png)\n\n![x](ok.png "y")\n\n![](ok.png "한 잔")\n\n<img src="ok.png">\n\n<img alt="" src="ok.png">\n\n![ ](ok.png)\n',
    );
    const { problems } = await readImages(note);
    expect(problems.map(({ line, ruleId, fatal }) => `${line} ${ruleId} ${fatal}`)).toEqual([
      '1 image-alt false',
      '7 image-alt false',
      '11 image-alt false',
    ]);
  });

  test.each([
    ['none.png', 'does not exist beside the note'],
    ['50%.png', 'does not exist beside the note'],
    ['a%00b.png', 'does not exist beside the note'],
    [`${'x'.repeat(300)}.png`, 'does not exist beside the note'],
    ['../outside.png', "lies outside of the note's folder"],
    ['way-out.png', "lies outside of the note's folder"],
    ['/etc/passwd', "lies outside of the note's folder"],
    ['text.png', 'is no picture that browsers show'],
  ])('refuses %s, with its place', async (url, reason) => {
    const { files, problems } = await readImages(read(`# A\n\n![x](${url})\n`));
    expect(files.size).toBe(0);
    expect(problems.map(({ line, fatal }) => [line, fatal])).toEqual([[3, true]]);
    expect(problems[0]?.reason).toContain(reason);
  });

  test('loads nothing from the network: a picture there becomes a link', async () => {
    const note = read('![a cat](https://example.org/cat.png)\n');
    const { addresses, sizes, problems } = await readImages(note);
    expect(problems.map(({ fatal, ruleId }) => [fatal, ruleId])).toEqual([[false, 'image-remote']]);
    const [paragraph] = withAddresses(note, { addresses, sizes }).tree.children;
    expect(paragraph).toMatchObject({
      children: [{ type: 'link', url: 'https://example.org/cat.png', children: [{ value: 'a cat' }] }],
    });
  });
});
