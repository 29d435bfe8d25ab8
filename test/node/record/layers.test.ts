import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { checkPinned, classicScript } from '../../../src/node/record/loader.mjs';
import type { Runner } from '../../../src/node/record/runner.ts';
import { packageRoot } from '../../../src/node/root.ts';
import { environmentOf, openRunner, runBlock } from './bench.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let runner: Runner;
beforeAll(async () => {
  runner = await openRunner({ seal: false });
});
afterAll(() => {
  runner.kill();
});

/** Prints of a block in Python without the seal, so that the walls behind it are what is tested. */
async function unsealed(code: string): Promise<string> {
  if (!runner.alive()) runner = await openRunner({ seal: false });
  const outcome = await runBlock(runner, code);
  if (outcome.kind !== 'answer') return outcome.kind;
  const { stdout, error } = JSON.parse(outcome.text);
  return stdout + (error?.text ?? '');
}

test('L0: the process has an empty environment', () => {
  const environment = environmentOf(runner.pid);
  if (environment !== null) expect(environment).toBe('');
});

test('L0: a process is gone once killed', async () => {
  const other = await openRunner();
  other.kill();
  expect(other.alive()).toBe(false);
  await expect.poll(() => environmentOf(other.pid) || null).toBe(null);
});

test('L0: a process ends when its input does, as when its parent is gone', async () => {
  const child = spawn(process.execPath, [join(packageRoot, 'src', 'node', 'record', 'child.mjs')]);
  child.stdin.end();
  const code = await new Promise((resolve) => child.on('close', resolve));
  expect(code).toBe(0);
});

test('L1: the context holds nothing of Node', async () => {
  const names = await unsealed('import js\nprint(sorted(dir(js)))');
  for (const name of [
    'process',
    'require',
    'fetch',
    'Buffer',
    'global',
    'setImmediate',
    'read',
    'readbuffer',
    'loadPyodide',
  ]) {
    expect(names).not.toContain(`'${name}'`);
  }
  expect(names).toContain("'Object'");
});

test('L1: import() is gone from the loader, and the loader must be the pinned one', () => {
  for (const name of ['pyodide.mjs', 'pyodide.asm.mjs'] as const) {
    const bytes = readFileSync(join(packageRoot, 'node_modules', 'pyodide', name));
    expect(classicScript(name, bytes)).not.toMatch(/\bimport\s*\(|\bimport\.meta\b/);
    expect(() => classicScript(name, Buffer.concat([bytes, Buffer.from('\n')]))).toThrow(/is not the file of pyodide/);
  }
  expect(() => checkPinned('pyodide.asm.wasm', Buffer.from('x'))).toThrow(/is not the file of pyodide/);
});

test('L2: the context makes no code from strings', async () => {
  expect(await unsealed('import js\njs.Function.new("return 1")')).toContain('Code generation from strings disallowed');
  expect(await unsealed('import js\njs.eval("1")')).toContain('Code generation from strings disallowed');
});

describe('L4: the seal', () => {
  let sealed: Runner;
  beforeAll(async () => {
    sealed = await openRunner();
  });
  afterAll(() => sealed.kill());

  test.each(['js', 'pyodide', 'pyodide_js', '_pyodide_core', 'ctypes'])(
    'says why `%s` cannot be imported',
    async (name) => {
      const outcome = await runBlock(sealed, `import ${name}`);
      expect(outcome.kind).toBe('answer');
      expect(outcome.kind === 'answer' && JSON.parse(outcome.text).error.text).toContain(
        `ImportError: \`${name}\` cannot be used here: notes run in a sandbox`,
      );
    },
  );

  test('says why a process cannot be started', async () => {
    for (const call of ['os.system("ls")', 'subprocess.run(["ls"])', 'os.popen("ls")', 'os.kill(1, 9)']) {
      const outcome = await runBlock(sealed, `import os, subprocess\n${call}`);
      expect(outcome.kind === 'answer' && JSON.parse(outcome.text).error.text).toMatch(/sandbox|another process/);
    }
  });
});

describe('L5: memory, time and files have an end', () => {
  test('too much memory is a MemoryError, and the next block has memory again', async () => {
    expect(await unsealed('x = bytearray(500_000_000)')).toContain('MemoryError');
    expect(await unsealed('x = [bytearray(1_000_000) for _ in range(10_000)]')).toContain('MemoryError');
    expect(await unsealed('print(len(bytearray(20_000_000)))')).toContain('20000000');
  });

  test('files do not grow beyond their share', async () => {
    const code = 'with open("big", "wb") as file:\n    while True:\n        file.write(bytes(1_000_000))';
    expect(await unsealed(code)).toContain('No space left');
    expect(await unsealed('open("sparse", "wb").truncate(2_000_000_000)')).toContain('No space left');
    expect(
      await unsealed(
        'import os\nfd = os.open("far", os.O_CREAT | os.O_WRONLY)\nos.lseek(fd, 2**31 - 5, 0)\nos.write(fd, b"x")',
      ),
    ).toMatch(/Error/);
  });

  test('what a block writes into a file that was there is not there for the next', async () => {
    const file = '/recorder/loopreel_recorder/limits.py';
    const read = `print(open(${JSON.stringify(file)}).read(20))`;
    const other = await openRunner();
    const before = await runBlock(other, read);
    const written = await runBlock(
      other,
      `file = open(${JSON.stringify(file)}, "r+")\nfile.write("changed")\nfile.close()\n${read}`,
    );
    const after = await runBlock(other, read);
    other.kill();
    const [first, second, third] = [before, written, after].map(
      (outcome) => JSON.parse(outcome.kind === 'answer' ? outcome.text : '{}').stdout,
    );
    expect(second).toMatch(/^changed/);
    expect(third).toBe(first);
  });

  test('an endless loop is stopped at its line', async () => {
    const other = await openRunner();
    const outcome = await runBlock(other, 'n = 0\nwhile True:\n    n += 1', 0.3);
    other.kill();
    const { status, error } = JSON.parse(outcome.kind === 'answer' ? outcome.text : '{}');
    expect(status).toBe('stopped');
    expect([3, 4]).toContain(error.line);
  });

  test('code that swallows every interrupt ends all the same', async () => {
    const other = await openRunner();
    const code = 'while True:\n    try:\n        while True: pass\n    except BaseException: pass';
    const outcome = await runBlock(other, code, 0.2);
    other.kill();
    expect(outcome.kind === 'killed' || JSON.parse(outcome.kind === 'answer' ? outcome.text : '{}').status).not.toBe(
      'ran',
    );
  });

  test('a call that cannot be interrupted is killed', async () => {
    const other = await openRunner();
    expect((await runBlock(other, 'sum(range(10**12))', 0.2)).kind).toBe('killed');
    expect(other.alive()).toBe(false);
  });

  test('a crash of the interpreter ends the process, not the run', async () => {
    const other = await openRunner();
    const outcome = await runBlock(other, 'import faulthandler\nfaulthandler._sigsegv()');
    expect(['broken', 'crashed']).toContain(outcome.kind);
    expect(other.alive()).toBe(false);
  });

  test('recursion without end is a RecursionError', async () => {
    expect(await unsealed('def f(): return f()\nf()')).toContain('RecursionError');
    expect(await unsealed('def f(): return list(map(lambda _: f(), [1]))\nf()')).toContain('RecursionError');
    expect(await unsealed('import json\njson.loads("[" * 100_000)')).toMatch(/RecursionError|JSONDecodeError/);
  });
});
