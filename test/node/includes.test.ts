import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readIncludes } from '../../src/node/includes.ts';
import { readNote } from '../../src/notes/read.ts';

const folder = mkdtempSync(join(tmpdir(), 'loopreel-includes-'));
const notes = join(folder, 'notes');
const write = (name: string, text: string) => {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
};
const code = (name: string) => `\`\`\`python\n${name} = 1  # !mark ${name}\n\`\`\`\n`;

beforeAll(() => {
  write('secret.md', 'secret');
  write('notes/parts/one.md', `---\ntitle: Not this\n---\n\n${code('one')}\n![p](p.png)\n\n::include{src=../two.md}\n`);
  write('notes/two.md', `${code('two')}\n::replay{mark=two}\n\n:::colums\nx\n:::\n`);
  write('notes/ring.md', '::include{src=./ring2.md}\n');
  write('notes/ring2.md', '::include{src=./ring.md}\n');
  write('notes/bomb.md', '::include{src=./bomb1.md}\n\n'.repeat(30));
  write('notes/bomb1.md', '::include{src=./two.md}\n\n'.repeat(30));
  write('notes/long.md', `${'x'.repeat(1_500_000)}\n`);
  symlinkSync(join(folder, 'secret.md'), join(notes, 'link.md'));
  writeFileSync(join(notes, 'latin.md'), Buffer.from([0xe9, 0x20]));
});
afterAll(() => rmSync(folder, { recursive: true }));

const read = async (text: string) => {
  writeFileSync(join(notes, 'main.md'), text);
  return readIncludes(readNote(text, join(notes, 'main.md')));
};

describe('::include', () => {
  test('puts notes in their places; blocks are counted through, lines and files are their own', async () => {
    const note = await read(`${code('first')}\n::include{src=parts/one.md}\n\n${code('last')}`);
    expect(note.blocks.map(({ id, line, file, code }) => [id, line, file, code.slice(0, 5).trim()])).toEqual([
      ['b1', 1, undefined, 'first'],
      ['b2', 5, join(notes, 'parts/one.md'), 'one ='],
      ['b3', 1, join(notes, 'two.md'), 'two ='],
      ['b4', 7, undefined, 'last'],
    ]);
    const ids = note.tree.children.flatMap((node) => (node.type === 'code' ? [node.data?.block] : []));
    expect(ids).toEqual(['b1', 'b2', 'b3', 'b4']);
    expect(note.cuts).toEqual([{ show: 'b3-1', block: 'b3', mark: 'two' }]);
    expect(JSON.stringify(note.tree)).toContain('"url":"parts/p.png"');
    expect(note.frontMatter.title).toBeUndefined();
    expect(note.messages.map(({ file, line, ruleId }) => [file, line, ruleId])).toEqual([
      [join(notes, 'two.md'), 7, 'directive-unknown'],
    ]);
  });

  test.each([
    ['none.md', 'there is no such file'],
    ['../secret.md', "it lies outside of the notes' folder"],
    ['link.md', "it lies outside of the notes' folder"],
    ['/etc/passwd', 'it is no note (`.md`)'],
    ['latin.md', 'it is not UTF-8 text'],
    ['main.md', /^it includes itself \(.*main\.md → .*main\.md\)$/],
  ])('of %s is refused with one message at its line', async (src, reason) => {
    const { messages } = await read(`# A\n\n::include{src=${src}}\n`);
    expect(messages).toHaveLength(1);
    expect(messages[0]).toMatchObject({ line: 3, fatal: true, ruleId: 'include', file: join(notes, 'main.md') });
    const [, told = ''] = /^`::include` of `[^`]+`: (.*)$/.exec(messages[0]?.reason ?? '') ?? [];
    if (typeof reason === 'string') expect(told).toBe(reason);
    else expect(told).toMatch(reason);
  });

  test('of a ring and of too many notes ends', async () => {
    const ring = await read('::include{src=ring.md}');
    expect(ring.messages.map(({ file, reason }) => [file, /itself/.test(reason)])).toEqual([
      [join(notes, 'ring2.md'), true],
    ]);
    const bomb = await read('::include{src=bomb.md}');
    expect(bomb.messages.filter(({ reason }) => /more than 200 notes/.test(reason)).length).toBeGreaterThan(0);
    expect(bomb.blocks.length).toBeLessThan(200);
  });

  test('of more than a deck is made of is told of, all of it counted', async () => {
    const note = await read('::include{src=long.md}\n\n::include{src=long.md}\n');
    expect(note.messages.map(({ line, reason }) => `${line}: ${reason}`)).toEqual([
      '3: `::include` of `long.md`: more than 2 MB in one note',
    ]);
  });

  test('that names nothing is told of', async () => {
    expect((await read('::include')).messages.map(({ reason }) => reason)).toEqual(['`::include` names no note']);
  });
});
