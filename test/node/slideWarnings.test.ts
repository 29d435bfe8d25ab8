import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeDeck } from '../../src/deck/deck.ts';
import { loadFaces, measureWith } from '../../src/node/fonts.ts';
import { setFormulas } from '../../src/node/formulas.ts';
import { readIncludes } from '../../src/node/includes.ts';
import { slideWarnings } from '../../src/node/slideWarnings.ts';
import { themeChooser } from '../../src/node/theme/choose.ts';
import type { Note } from '../../src/notes/note.ts';
import { readNote } from '../../src/notes/read.ts';

const faces = await loadFaces();
const quiet = { print() {}, problem() {}, messages() {}, progress() {} };
const { site: theme } = await themeChooser(undefined, quiet);

async function warnings(note: Note, others: 'nobody' | 'a browser' = 'nobody') {
  const deck = makeDeck(note, {
    shows: new Map(),
    highlight: (code) => code.split('\n').map((text) => [{ text, kind: 'plain' }]),
    measure: measureWith(faces, 'ko'),
    formulas: (await setFormulas(note, null)).set,
  });
  return slideWarnings(note, deck, theme, others);
}

const sum = (count: number) => Array.from({ length: count }, (_, n) => `x_{${n}}`).join('+');

test.each([
  ['nothing about a plain slide', '# 제목\n\n## 장\n\n글 하나와 $x^2$, 그리고 식.\n', []],
  ['too many words', `# 제목\n\n## 장\n\n${'낱말 '.repeat(130)}\n`, ['3 slide-wordy']],
  ['a formula that gets too small', `# 제목\n\n## 장\n\n식 $${sum(60)}$\n`, ['5 slide-text-size']],
  ['one on a line of its own', `# 제목\n\n## 장\n\n$$\n${sum(60)}\n$$\n`, ['5 slide-text-size']],
  ['one in a heading', `# 제목\n\n## 장 $${sum(60)}$\n\n글\n`, ['3 slide-text-size']],
  ['one in a list in a list', `# 제목\n\n## 장\n\n- 가\n  - 나 $${sum(60)}$\n`, ['6 slide-text-size']],
  [
    'what nothing cuts',
    `# 제목\n\n## 장\n\n$$\n\\begin{matrix}${'a\\\\'.repeat(50)}\\end{matrix}\n$$\n`,
    ['5 slide-overflow'],
  ],
  [
    'a ground on which nothing reads',
    '# 제목\n\n## 장\n\n::slide{background=#767676}\n\n글과 [링크](https://example.org)\n',
    ['7 slide-contrast', '7 slide-contrast'],
  ],
  ['a ground on which everything reads', '# 제목\n\n## 장\n\n::slide{background=#102030}\n\n글\n', []],
])('slideWarnings() tell %s', async (_, source, expected) => {
  const told = await warnings(readNote(source, 'a.md'));
  expect(told.map(({ line, ruleId }) => `${line} ${ruleId}`)).toEqual(expected);
});

test('slideWarnings() leave to a browser what it sees for itself', async () => {
  const note = readNote(
    `# 제목\n\n## 장\n\n::slide{background=#767676}\n\n식 $${sum(60)}$\n\n$$\n\\begin{matrix}${'a\\\\'.repeat(50)}\\end{matrix}\n$$\n`,
    'a.md',
  );
  const told = await warnings(note, 'a browser');
  expect(told.map(({ ruleId }) => ruleId)).toEqual(['slide-text-size']);
});

test('slideWarnings() say by how much, in words that name the slide', async () => {
  const [message] = await warnings(readNote(`# 제목\n\n## 장\n\n식 $${sum(60)}$\n`, 'a.md'));
  expect(message?.reason).toMatch(
    /^slide "장" has text of \d+(?:\.\d)? px, and less than 28 px cannot be read from the last row: `x_\{0\}\+/,
  );
  expect(message?.fatal).toBe(false);
});

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'loopreel-warnings-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('slideWarnings() name the included note, at its own line', async () => {
  await mkdir(join(folder, 'parts'));
  await writeFile(join(folder, 'parts', 'inner.md'), `앞글\n\n## 안쪽 $${sum(60)}$\n\n글\n\n식 $${sum(61)}$\n`);
  const path = join(folder, 'a.md');
  await writeFile(path, '# 제목\n\n## 장\n\n글\n\n::include{src=./parts/inner.md}\n');
  const note = readNote(await readFile(path, 'utf8'), path);
  const told = await warnings(await readIncludes(note));
  expect(told.map(({ file, line }) => [file?.slice(folder.length + 1), line])).toEqual([['parts/inner.md', 3]]);
});
