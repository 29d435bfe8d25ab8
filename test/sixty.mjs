/**
 * Records sixty blocks twice, from nothing cached and with the memory image at hand, and prints the seconds of each:
 * `node test/sixty.mjs`. Part of `npm run bench`.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { load } from './load.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { recordNotes } = await load('src/node/record/record.ts');
const folder = join(root, 'test', 'python', 'programs');
const codes = readdirSync(folder)
  .filter((name) => name.endsWith('.py'))
  .map((name) => readFileSync(join(folder, name), 'utf8'));
const notes = Array.from({ length: 60 }, (_, n) => ({
  file: `${n}.md`,
  blocks: [{ id: 'b1', line: 1, code: codes[n % codes.length], meta: {} }],
}));
const runtimeDirectory = mkdtempSync(join(tmpdir(), 'loopreel-bench-'));
const seconds = [];
try {
  for (let run = 0; run < 2; run++) {
    const start = performance.now();
    await recordNotes(notes, { cacheDirectory: null, runtimeDirectory });
    seconds.push((performance.now() - start) / 1000);
  }
} finally {
  rmSync(runtimeDirectory, { recursive: true, force: true });
}
process.stdout.write(`${JSON.stringify(seconds)}\n`, () => process.exit(0));
