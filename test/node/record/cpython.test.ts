import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cacheDirectory } from '../../../src/node/record/cache.ts';
import { findPython } from '../../../src/node/record/cpython.ts';
import { type BlockRecording, type RecordOptions, recordNotes } from '../../../src/node/record/record.ts';
import { packageRoot } from '../../../src/node/root.ts';
import { readTrace } from '../../../src/trace/read.ts';
import { environmentOf } from './bench.ts';

const runtimeDirectory = cacheDirectory(packageRoot);
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'loopreel-test-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Records blocks of a note in a folder of its own; `cpython` blocks ask for that engine on their fence. */
async function record(
  codes: readonly (readonly [engine: string, code: string])[],
  options: Partial<RecordOptions> = {},
) {
  const blocks = codes.map(([engine, code], n) => ({ id: `b${n + 1}`, line: 10 * n + 1, code, meta: { engine } }));
  const file = join(folder, 'a.md');
  const all = await recordNotes([{ file, blocks }], { cacheDirectory: null, runtimeDirectory, ...options });
  return all.get(file) ?? [];
}

/** Which Python made the first recording. */
function pythonOf([first]: readonly BlockRecording[]): string {
  return readTrace(first?.trace ?? '').header.implementation;
}

test('a block that asks for CPython is skipped until its author allows it, with what to pass', async () => {
  const [outside, inside] = await record([
    ['cpython', 'open("mark", "w")'],
    ['pyodide', 'print(1)'],
  ]);
  expect(outside).toMatchObject({ status: 'skipped', stdout: '', error: { line: 2 } });
  expect(outside?.reason).toContain('--allow-cpython');
  expect(outside?.trace).toBe(undefined);
  expect(inside).toMatchObject({ status: 'ran', stdout: '1\n' });
});

const none = await findPython().then(
  () => false,
  () => true,
);
describe.skipIf(none)('engine=cpython (skipped without Python 3.11 or newer)', () => {
  const allowed = { allowCPython: true };

  test('reaches what the sandbox hides: sockets, packages beside the note, the real clock', async () => {
    const server = createServer((socket) => socket.end('from outside\n'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : 0;
    writeFileSync(join(folder, 'beside.py'), 'VALUE = 7');
    const code = `import asyncio, beside
async def main():
    reader, writer = await asyncio.open_connection("127.0.0.1", ${port})
    print((await reader.readline()).decode().strip(), beside.VALUE)
    writer.close()
    await asyncio.sleep(0.05)
asyncio.run(main())`;
    const [only] = await record([['cpython', code]], allowed);
    server.close();
    expect(only).toMatchObject({ status: 'ran', stdout: 'from outside 7\n' });
    expect(only?.faults).toBe(undefined);
    const { header, events } = readTrace(only?.trace ?? '');
    expect(header).toMatchObject({ implementation: 'CPython', clock: 'wall' });
    expect(events.at(-1)?.t).toBeGreaterThan(50_000_000);
  });

  test('runs on the virtual clock when it is told to', async () => {
    const code = 'import asyncio\nasyncio.run(asyncio.sleep(3600))';
    const [only] = await record([['cpython', code]], { ...allowed, clock: 'virtual' });
    const { header, events } = readTrace(only?.trace ?? '');
    expect(header).toMatchObject({ implementation: 'CPython', clock: 'virtual' });
    expect(events.at(-1)).toMatchObject({ k: 'end', t: 3_600_000_000_000 });
  });

  test('the command decides over the fence', async () => {
    const code = 'print(1)';
    expect(pythonOf(await record([['cpython', code]], { ...allowed, engine: 'pyodide' }))).toBe('Pyodide');
    expect(pythonOf(await record([['pyodide', code]], { ...allowed, engine: 'cpython' }))).toBe('CPython');
  });

  test('stops a block at its limit, kills one that does not listen, and all that it has started', async () => {
    const endless = 'import time\nprint(1)\nwhile True: time.sleep(0.01)';
    const deaf = `import signal, subprocess
signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
child = subprocess.Popen(["sleep", "600"])
open("child", "w").write(str(child.pid))
while True: pass`;
    const [first, second] = await record(
      [
        ['cpython', endless],
        ['cpython', deaf],
      ],
      { ...allowed, limits: { seconds: 0.3 } },
    );
    expect(first).toMatchObject({ status: 'stopped', stdout: '1\n', error: { line: 4 } });
    expect(second?.status).toBe('stopped');
    expect(second?.reason).toContain('cannot be interrupted');
    const child = Number(readFileSync(join(folder, 'child'), 'utf8'));
    await expect.poll(() => environmentOf(child) || null).toBe(null);
  });

  test('a crash is told and the next block runs', async () => {
    const crash = 'import os, signal\nos.kill(os.getpid(), signal.SIGSEGV)';
    const [first, second] = await record(
      [
        ['cpython', crash],
        ['cpython', 'print(2)'],
      ],
      allowed,
    );
    expect(first?.status).toBe('stopped');
    expect(second?.stdout).toBe('2\n');
  });

  test('a folder that is gone ends its block and nothing else', async () => {
    const recordings = await record([['cpython', 'print(1)']], { ...allowed, folder: join(folder, 'gone') });
    expect(recordings).toMatchObject([{ status: 'stopped' }]);
  });

  test('recordings are kept apart from those of the sandbox', async () => {
    const cached = { ...allowed, cacheDirectory: join(folder, 'cache') };
    const code = 'print(1)';
    await record([['pyodide', code]], cached);
    const outside = await record([['pyodide', code]], { ...cached, engine: 'cpython' });
    expect(pythonOf(outside)).toBe('CPython');
    expect(pythonOf(await record([['pyodide', code]], cached))).toBe('Pyodide');
  });
});

describe('findPython()', () => {
  const python = (version: string) => {
    const path = join(folder, 'python');
    mkdirSync(folder, { recursive: true });
    writeFileSync(path, `#!/bin/sh\necho ${version}\n`);
    chmodSync(path, 0o755);
    return path;
  };

  test('takes the one that LOOPREEL_PYTHON names', async () => {
    const path = python('CPython 3.13.0');
    expect(await findPython({ LOOPREEL_PYTHON: path })).toEqual({ path, version: '3.13.0' });
  });

  test('says what is wrong with it', async () => {
    const old = python('CPython 3.10.4');
    await expect(findPython({ LOOPREEL_PYTHON: old })).rejects.toThrow('is Python 3.10.4; name a Python from 3.11 on');
    await expect(findPython({ LOOPREEL_PYTHON: join(folder, 'none') })).rejects.toThrow('is not a Python that runs');
  });

  test('says what to do when there is none', async () => {
    await expect(findPython({ PATH: folder })).rejects.toThrow('install one or name it in LOOPREEL_PYTHON');
  });
});
