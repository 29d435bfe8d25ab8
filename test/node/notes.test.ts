import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cacheDirectory } from '../../src/node/record/cache.ts';
import { recordNotes } from '../../src/node/record/record.ts';
import { packageRoot } from '../../src/node/root.ts';
import { readNote } from '../../src/notes/read.ts';
import { readTrace } from '../../src/trace/read.ts';

/** Real notes, which stand beside the project where there are any. */
const folder = join(packageRoot, '..', 'shared', 'notes');
const there = existsSync(folder);
const files = there ? readdirSync(folder).sort() : [];

/** What became of each block: `s` skipped, `!` raised, `.` ran. CPython 3.13 gives the same for what it can run. */
const expected: Readonly<Record<string, string>> = {
  '000': '.s..!',
  '001': '..',
  '002': '..',
  '003': '.......',
  '004': '.............!............s',
};

describe.skipIf(!there)('the real notes', () => {
  test('run as CPython would run them, twice with the same bytes', async () => {
    const notes = files.map((file) => readNote(readFileSync(join(folder, file), 'utf8'), file));
    const record = () =>
      recordNotes(
        notes.map(({ path, blocks }) => ({ file: path, blocks })),
        { cacheDirectory: null, runtimeDirectory: cacheDirectory(packageRoot) },
      );
    const recordings = await record();
    expect(await record()).toEqual(recordings);

    const marks = { ran: '.', raised: '!', skipped: 's', stopped: 'x' };
    const statuses = [...recordings].map(([file, blocks]) => [
      file.slice(0, 3),
      blocks.map(({ status }) => marks[status]).join(''),
    ]);
    expect(Object.fromEntries(statuses)).toEqual(expected);
    for (const [file, blocks] of recordings) {
      for (const { id, status, reason, error, trace } of blocks) {
        if (trace !== undefined) expect(readTrace(trace, `${file} ${id}`).header.truncated).toBe(false);
        if (status === 'skipped') expect(reason).toMatch(/needs the package `\w+`|`\w+` is defined nowhere/);
        if (status === 'raised') expect(error?.text).toMatch(/^(?:TypeError: 'async for' received|TimeoutError)/);
      }
    }
  });
});
