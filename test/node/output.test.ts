import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { UserError } from '../../src/node/errors.ts';
import { openOutput, writeNamed } from '../../src/node/output.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'loopreel-output-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = async (files: Record<string, string>, owned: (path: string) => boolean = () => false) => {
  const output = await openOutput(folder);
  try {
    for (const [path, text] of Object.entries(files)) await output.add(path, text);
    await output.commit(owned);
  } finally {
    await output.discard();
  }
};
const listed = () =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path !== '.loopreel.json')
    .sort();

describe('openOutput()', () => {
  test('puts nothing in place before commit and leaves nothing behind after discard', async () => {
    const output = await openOutput(folder);
    await output.add('a/index.html', 'new');
    expect(listed().filter((path) => !path.startsWith('.loopreel-writing-'))).toEqual([]);
    await output.discard();
    expect(existsSync(folder)).toBe(false);
    mkdirSync(folder);
  });

  test('replaces what it made and removes what this run no longer makes', async () => {
    await write({ 'a/index.html': '1', 'a/traces/b2.jsonl': '1', 'b/index.html': '1' });
    await write({ 'a/index.html': '2' }, (path) => path.startsWith('a/'));
    expect(listed()).toEqual(['a', 'a/index.html', 'b', 'b/index.html']);
    expect(readFileSync(join(folder, 'a/index.html'), 'utf8')).toBe('2');
  });

  test('never overwrites a file that it did not make, and then changes nothing', async () => {
    mkdirSync(join(folder, 'a'));
    writeFileSync(join(folder, 'a', 'index.html'), 'mine');
    await expect(write({ 'index.html': 'x', 'a/index.html': 'x' })).rejects.toThrow(UserError);
    expect(readFileSync(join(folder, 'a', 'index.html'), 'utf8')).toBe('mine');
    expect(listed()).toEqual(['a', 'a/index.html']);
  });

  test('keeps a file that the user put among its own', async () => {
    await write({ 'a/index.html': '1', 'a/old.html': '1' });
    writeFileSync(join(folder, 'a', 'mine.txt'), 'mine');
    await write({ 'a/index.html': '2' }, (path) => path.startsWith('a/'));
    expect(listed()).toEqual(['a', 'a/index.html', 'a/mine.txt']);
  });

  test('says so when the folder is a file', async () => {
    writeFileSync(join(folder, 'file'), '');
    await expect(openOutput(join(folder, 'file'))).rejects.toThrow(/is, or lies below, a file/);
  });
});

describe('writeNamed()', () => {
  test('writes through a link and keeps the rights of the file', async () => {
    writeFileSync(join(folder, 'note.md'), '1');
    chmodSync(join(folder, 'note.md'), 0o600);
    symlinkSync('note.md', join(folder, 'link.md'));
    await writeNamed(join(folder, 'link.md'), '2');
    expect(lstatSync(join(folder, 'link.md')).isSymbolicLink()).toBe(true);
    expect(readFileSync(join(folder, 'note.md'), 'utf8')).toBe('2');
    expect(statSync(join(folder, 'note.md')).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder).sort()).toEqual(['link.md', 'note.md']);
  });

  test('says so when the folder is a file, or the file a folder', async () => {
    writeFileSync(join(folder, 'file'), '');
    mkdirSync(join(folder, 'taken'));
    for (const path of ['file/trace.jsonl', 'taken', 'none/trace.jsonl'])
      await expect(writeNamed(join(folder, path), 'x')).rejects.toThrow(/cannot be written; name a file in a folder/);
    expect(readdirSync(folder).sort()).toEqual(['file', 'taken']);
  });
});
