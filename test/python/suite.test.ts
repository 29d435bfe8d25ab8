import { execFile, execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';

type Outcomes = Readonly<Record<string, 'ok' | 'failed' | 'skipped'>>;

const here = fileURLToPath(new URL('.', import.meta.url));
/** The Python whose version is Pyodide's. */
const python = 'python3.14';
const folder = mkdtempSync(join(tmpdir(), 'suite-'));
const library = libraryWithTests();
const expected: Record<string, string[]> = JSON.parse(readFileSync(join(here, 'suite_expected.json'), 'utf8'));

/** The library of a Python 3.14, Pyodide's, that holds its tests: `TEST_ASYNCIO`, or that of this machine. */
function libraryWithTests(): string | undefined {
  const places = [process.env.TEST_ASYNCIO ?? ''];
  try {
    const ask = 'import sysconfig; print(sysconfig.get_path("stdlib"))';
    places.push(execFileSync(python, ['-c', ask], { encoding: 'utf8', stdio: 'pipe' }).trim());
  } catch {
    // This machine has no such Python; without another place the tests are skipped.
  }
  return places.find((place) => /3\.14/.test(place) && existsSync(join(place, 'test', 'test_asyncio')));
}

async function outcomes(loop: 'stock' | 'recording', part: 'tasks' | 'others'): Promise<Outcomes> {
  const out = join(folder, `${loop}-${part}.json`);
  const options = { cwd: here, maxBuffer: 2 ** 28 };
  await promisify(execFile)(process.execPath, ['suite.mjs', library ?? '', loop, part, out], options);
  return JSON.parse(readFileSync(out, 'utf8'));
}

describe.skipIf(library === undefined)("CPython's asyncio tests in Pyodide (skipped without those of 3.14)", () => {
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each(['tasks', 'others'] as const)(
    '%s: what passes on the stock loop passes on the recording one',
    async (part) => {
      const [stock, recorded] = await Promise.all([outcomes('stock', part), outcomes('recording', part)]);
      expect(Object.keys(recorded).sort()).toEqual(Object.keys(stock).sort());
      expect(Object.values(recorded).filter((outcome) => outcome === 'ok').length).toBeGreaterThan(700);
      const names = new Set(Object.values(expected).flat());
      const failed = Object.keys(stock).filter((name) => stock[name] !== 'failed' && recorded[name] === 'failed');
      expect(failed.filter((name) => !names.has(name))).toEqual([]);
    },
    900_000,
  );
});
