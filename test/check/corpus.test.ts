import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { check } from '../../src/node/check.ts';
import { cacheDirectory } from '../../src/node/record/cache.ts';
import { packageRoot } from '../../src/node/root.ts';
import { readNote } from '../../src/notes/read.ts';

/** What a letter of a fence's title says of a claim; a fence's letters stand in the order of its claims. */
const letters = { true: 'T', false: 'F', free: 'V', unknown: 'U', none: '-' } as const;

const notes = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.md'));
const effects = { print() {}, problem() {}, messages() {}, progress() {} };

/** For each block what its title expects and what became of its claims. */
async function verdicts(name: string) {
  const path = join(import.meta.dirname, name);
  const options = { paths: [path], cacheDirectory: null, runtimeDirectory: cacheDirectory(packageRoot), slides: false };
  const [checked] = (await check(options, effects)).notes;
  const blocks = readNote(readFileSync(path, 'utf8'), path).blocks;
  return blocks.map((block, n) => {
    const next = blocks[n + 1]?.line ?? Number.POSITIVE_INFINITY;
    const own = (checked?.verdicts ?? []).filter(({ line }) => line > block.line && line < next);
    return {
      place: `${name}:${block.line}`,
      expected: block.meta.title ?? '',
      found: own.map(({ kind }) => letters[kind]).join(''),
      said: own.map(({ line, kind, about, said }) => `${line} ${kind} ${about} ${said}`),
    };
  });
}

test.each(notes)('every claim of %s gets the verdict that its fence expects', async (name) => {
  const all = await verdicts(name);
  expect(all.filter(({ expected, found }) => expected !== found)).toEqual([]);
});
