import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { Effects } from '../../src/node/effects.ts';
import { themeChooser } from '../../src/node/theme/choose.ts';
import { readNote } from '../../src/notes/read.ts';
import { sheets } from '../themes.ts';

const folder = mkdtempSync(join(tmpdir(), 'loopreel-theme-'));
afterAll(() => rmSync(folder, { recursive: true }));
const quiet = sheets.get('quiet') ?? '';
const file = (name: string, content: string | Uint8Array) => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};

const directory = (name: string) => {
  mkdirSync(join(folder, name));
  return join(folder, name);
};

/** Effects that keep what was said of files. */
function recorder() {
  const told: string[] = [];
  const effects: Effects = {
    print: () => undefined,
    problem: (text) => told.push(text),
    messages: (path, messages) => {
      for (const { line, reason } of messages) told.push(`${path}:${line} ${reason}`);
    },
    progress: () => undefined,
  };
  return { told, effects };
}
const noteWith = (theme: string | undefined) =>
  readNote(`---\n${theme === undefined ? '' : `theme: ${theme}\n`}---\n# 제목`, join(folder, 'note.md'));

test('themeChooser() gives a note the theme that it names, else quiet', async () => {
  const { told, effects } = recorder();
  const themes = await themeChooser(undefined, effects);
  expect((await themes.of(noteWith(undefined))).theme?.name).toBe('quiet');
  expect((await themes.of(noteWith('paper'))).theme?.name).toBe('paper');
  expect(told).toEqual([]);
});

test('themeChooser() finds a file from the note’s folder', async () => {
  file('own.css', quiet);
  const themes = await themeChooser(undefined, recorder().effects);
  expect((await themes.of(noteWith('own.css'))).theme?.name).toBe('own');
});

test('themeChooser() puts the command line before front matter', async () => {
  const themes = await themeChooser(file('line.css', quiet), recorder().effects);
  expect(themes.site.name).toBe('line');
  expect((await themes.of(noteWith('hall'))).theme?.name).toBe('line');
});

test.each([
  ['papr', 'unknown theme `papr`'],
  ['none.css', `there is no theme \`${join(folder, 'none.css')}\``],
  ['broken.css', `the theme \`${join(folder, 'broken.css')}\` cannot be used`],
])('themeChooser() tells of `theme: %s` at its line', async (theme, reason) => {
  file('broken.css', `${quiet}@import "x";`);
  const { effects, told } = recorder();
  const themes = await themeChooser(undefined, effects);
  for (let again = 0; again < 2; again++) {
    const { theme: found, messages } = await themes.of(noteWith(theme));
    expect(found).toBeUndefined();
    expect(messages.map(({ line, reason }) => `${line} ${reason}`)).toEqual([`2 ${reason}`]);
  }
  // What is wrong in a theme is told once, however many notes have it.
  expect(told).toHaveLength(theme === 'broken.css' ? 1 : 0);
});

test.each([
  ['a name that there is not', () => 'nope', /unknown theme `nope`; use one of contrast, hall, paper, quiet/],
  ['a file that there is not', () => join(folder, 'none.css'), /there is no theme `.*none\.css`/],
  ['a folder', () => directory('dir.css'), /is a folder/],
  ['a picture', () => file('bin.css', new Uint8Array([0x89, 0x50, 0xff, 0])), /is not a text in UTF-8/],
  ['too much', () => file('big.css', ' '.repeat(2_000_001)), /has 2000001 bytes/],
  ['a broken theme', () => file('bad.css', ':root {'), /cannot be used; correct what is told above/],
])('themeChooser() refuses %s on the command line', async (_name, given, message) => {
  await expect(themeChooser(given(), recorder().effects)).rejects.toThrow(message);
});
