import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, test } from 'vitest';
import { cacheDirectory } from '../src/node/record/cache.ts';
import { type BlockRecording, recordNotes } from '../src/node/record/record.ts';
import { packageRoot } from '../src/node/root.ts';
import { readNote } from '../src/notes/read.ts';
import { expectGolden } from './golden.ts';

/**
 * Each folder is a rule of how blocks run, or a kind of block that real notes hold: a note, and what became of each of
 * its blocks in the sandbox. What CPython makes of the same notes, `test/compare.mjs` tells.
 */
const folder = join(import.meta.dirname, 'blocks');
const cases = readdirSync(folder);
const notes = new Map(
  cases.map((name) => [name, readNote(readFileSync(join(folder, name, '1-notes.md'), 'utf8'), `${name}.md`)]),
);

let recordings: ReadonlyMap<string, readonly BlockRecording[]>;
beforeAll(async () => {
  recordings = await recordNotes(
    [...notes.values()].map((note) => ({ file: note.path, blocks: note.blocks })),
    {
      cacheDirectory: null,
      runtimeDirectory: cacheDirectory(packageRoot),
      limits: { turns: 2_000, outputBytes: 3_000 },
    },
  );
});

test.each(cases)('%s: its blocks become this', (name) => {
  const results = (recordings.get(`${name}.md`) ?? []).map(({ trace, error, ...told }) => ({
    line: notes.get(name)?.blocks.find(({ id }) => id === told.id)?.line,
    ...told,
    ...(error ? { error: { text: error.text, line: error.line } } : {}),
  }));
  expectGolden(join(folder, name, '2-results.json'), `${JSON.stringify(results, null, 1)}\n`);
});
