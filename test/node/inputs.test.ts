import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readNotes } from '../../src/node/inputs.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'loopreel-inputs-'));
  for (const path of ['deep', 'empty', '.hidden', 'twin', 'mixed']) mkdirSync(join(folder, path));
  for (const path of ['b.md', 'a.md', 'deep/c.md', '.hidden/d.md', 'twin/a.md', 'mixed/first.md', 'mixed/second.md'])
    writeFileSync(join(folder, path), '# x');
  for (const path of ['latin.md', 'mixed/latin.md']) writeFileSync(join(folder, path), Buffer.from([0x23, 0x20, 0xe9]));
  writeFileSync(join(folder, 'data.txt'), 'x');
  writeFileSync(join(folder, 'novel.md'), 'x'.repeat(2_500_000));
});
afterAll(() => rmSync(folder, { recursive: true }));

const read = async (...paths: string[]) => {
  const { notes, problems } = await readNotes(paths.map((path) => join(folder, path)));
  return {
    names: notes.map(({ name }) => name),
    problems: problems.map(({ message }) => message.replaceAll(folder, '…')),
  };
};

describe('readNotes()', () => {
  test('takes files and every note below a folder', async () => {
    expect(await read('b.md', 'deep')).toEqual({ names: ['b', 'c'], problems: [] });
  });
  test('reads a note once that is named twice', async () => {
    expect(await read('a.md', 'a.md')).toEqual({ names: ['a'], problems: [] });
  });
  test('names the file that cannot be read in a folder, and reads the others', async () => {
    expect(await read('mixed')).toEqual({
      names: ['first', 'second'],
      problems: ['`…/mixed/latin.md` is not UTF-8 text; save it as UTF-8'],
    });
  });
  test.each([
    ['none.md', '`…/none.md` does not exist; name a note (.md) or a folder'],
    ['data.txt', '`…/data.txt` is not a note; expected a folder or a file that ends in `.md`'],
    ['empty', 'folder `…/empty` holds no note; expected files that end in `.md`'],
    ['latin.md', '`…/latin.md` is not UTF-8 text; save it as UTF-8'],
    ['novel.md', '`…/novel.md` has 2.5 MB, more than the 2 MB of a note; split it'],
    ['twin', '`…/twin/a.md` and `…/a.md` would both become the deck `a`; rename one'],
  ])('says what is wrong with %s and still reads the others', async (path, problem) => {
    expect(await read('a.md', path)).toEqual({ names: ['a'], problems: [problem] });
  });
});
