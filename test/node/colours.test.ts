import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createHighlight } from '../../src/deck/highlight.ts';
import { colours } from '../../src/node/colours.ts';
import { readNote } from '../../src/notes/read.ts';

const source =
  '```python\nasync def 손님():\n    return "차 한 잔"\n```\n\n```json\n{"a": 1}\n```\n\n```\n그냥 글\n```\n';
const note = readNote(source, 'a.md');
const python = 'async def 손님():\n    return "차 한 잔"';

let cache = '';
beforeEach(async () => {
  cache = await mkdtemp(join(tmpdir(), 'loopreel-colours-'));
});
afterEach(() => rm(cache, { recursive: true, force: true }));

test('colours() are those of the highlighter, from the cache and without one', async () => {
  const highlight = await createHighlight(['json']);
  for (const directory of [null, cache, cache]) {
    const coloured = await colours([note], directory);
    expect(coloured(python, 'py')).toEqual(highlight(python, 'python'));
    expect(coloured('{"a": 1}', 'json')).toEqual(highlight('{"a": 1}', 'json'));
    expect(coloured('그냥 글', '')).toEqual([[{ text: '그냥 글', kind: 'plain' }]]);
  }
});

test('colours() are kept in one file a note, which is asked instead of the grammars', async () => {
  await colours([note], cache);
  const [name = ''] = await readdir(join(cache, 'colours'));
  const file = join(cache, 'colours', name);
  const kept = JSON.parse(await readFile(file, 'utf8'));
  kept[0][0][0].kind = 'comment';
  await writeFile(file, JSON.stringify(kept));
  expect((await colours([note], cache))(python, 'python')[0]?.[0]?.kind).toBe('comment');
});

test('colours() of a damaged file, or of another text, are made anew', async () => {
  const expected = (await colours([note], cache))(python, 'python');
  const [name = ''] = await readdir(join(cache, 'colours'));
  const file = join(cache, 'colours', name);
  const whole = await readFile(file, 'utf8');
  for (const damaged of [
    whole.slice(0, 60),
    '[]',
    'null',
    whole.replace('손님', '주인'),
    whole.replace('"plain"', '1'),
  ]) {
    await writeFile(file, damaged);
    expect((await colours([note], cache))(python, 'python')).toEqual(expected);
    expect(await readFile(file, 'utf8')).toBe(whole);
  }
});

test('colours() know a code that is written with loose jamo, as its replay shows it', async () => {
  const loose = readNote(`\`\`\`python\nprint("${'한글'.normalize('NFD')}")\n\`\`\`\n`, 'a.md');
  const coloured = await colours([loose], cache);
  expect(coloured('print("한글")', 'python')[0]?.map(({ kind }) => kind)).toContain('string');
});
