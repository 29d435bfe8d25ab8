import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { readAnswer } from '../../../src/node/record/answer.ts';
import { readEntry } from '../../../src/node/record/cache.ts';
import { fairSeconds } from '../../../src/node/record/limits.ts';
import { cacheDirectory, type RecordOptions, recordNotes } from '../../../src/node/record/record.ts';
import { findSnapshot, readRuntime } from '../../../src/node/record/runtime.ts';
import { packageRoot } from '../../../src/node/root.ts';
import { readTrace } from '../../../src/trace/read.ts';
import { globalObject, pastTheSeal } from './attacks/attack.ts';

vi.setConfig({ testTimeout: 60_000 });

const runtimeDirectory = cacheDirectory(packageRoot);
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'loopreel-test-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A note whose blocks are these codes, ten lines apart. */
function note(file: string, ...codes: readonly string[]) {
  return { file, blocks: codes.map((code, n) => ({ id: `b${n + 1}`, line: 10 * n + 3, code, meta: {} })) };
}

/** Recordings of one note without a cache. */
async function record(codes: readonly string[], options: Partial<RecordOptions> = {}) {
  const notes = await recordNotes([note('a.md', ...codes)], { cacheDirectory: null, runtimeDirectory, ...options });
  return notes.get('a.md') ?? [];
}

const gather = `import asyncio

async def say(name, seconds):
    await asyncio.sleep(seconds)
    print(name)

asyncio.run(asyncio.sleep(0))

async def main():
    await asyncio.gather(say("b", 2), say("a", 1))
    print({object(), object()}, {"x", "y", "z"})

asyncio.run(main())
`;

test('recordNotes() gives what each block printed, with a trace that the reader takes', async () => {
  const [first, second] = await record([gather, 'print("안녕 👋")']);
  expect(first).toMatchObject({ id: 'b1', status: 'ran' });
  expect(first?.stdout.split('\n').slice(0, 2)).toEqual(['a', 'b']);
  const { header, events } = readTrace(first?.trace ?? '');
  expect(header).toMatchObject({ implementation: 'Pyodide', python: '3.14.2', file: 'a.md', line: 4 });
  expect(events.at(-1)).toMatchObject({ k: 'end', t: 2_000_000_000 });
  expect(second).toMatchObject({ status: 'ran', stdout: '안녕 👋\n' });
});

test('readAnswer() hands on which hooks failed', () => {
  const answer = { id: 'b1', status: 'ran', stdout: '', faults: ['KeyError: 1 at waits.py:3'] };
  expect(readAnswer(JSON.stringify(answer), 'b1')).toEqual(answer);
  expect(readAnswer(JSON.stringify({ ...answer, faults: [1] }), 'b1')).toBe(null);
});

test('no hook of the recorder fails in programs of every kind', async () => {
  const folder = join(packageRoot, 'test', 'python', 'programs');
  const programs = readdirSync(folder).filter((name) => name.endsWith('.py'));
  const recordings = await record(programs.map((name) => readFileSync(join(folder, name), 'utf8')));
  expect(recordings.map(({ faults }, n) => [programs[n], faults])).toEqual(programs.map((name) => [name, undefined]));
  expect(recordings.every(({ trace }) => trace !== undefined)).toBe(true);
});

test('recordNotes() tells the error and its line in the note', async () => {
  const [only] = await record(['x = 1\nraise ValueError("no")']);
  expect(only).toMatchObject({ status: 'raised', error: { text: 'ValueError: no', line: 5 } });
});

test('recordNotes() tells Python the last part of a path only', async () => {
  const notes = [note(join('some', 'where', 'n.md'), 'print(__file__)')];
  const result = await recordNotes(notes, { cacheDirectory: null, runtimeDirectory });
  expect([...result.values()].flat().map(({ stdout }) => stdout)).toEqual(['n.md\n']);
});

test('two recordings are the same, whatever ran before', async () => {
  const noise =
    'import random, sys\nx = [object() for _ in range(100_000)]\nopen("f", "w").write("x")\nprint(random.random())';
  const [alone] = await record([gather]);
  const notes = [note('z.md', noise, noise), note('a.md', gather)];
  const after = await recordNotes(notes, { cacheDirectory: null, runtimeDirectory });
  expect(after.get('a.md')).toEqual([alone]);
});

test('no block sees what another has changed', async () => {
  const change = `import asyncio, builtins, json, os, random, sys, warnings
builtins.leak = json.leak = sys.leak = 1
json.dumps = None
builtins.len = lambda x: 42
sys.path.append("/leak")
sys.modules["leak"] = json
os.environ["LEAK"] = "1"
os.chdir("/")
open("/tmp/leak", "w").write("x")
os.rename("/recorder", "/gone")
sys.setrecursionlimit(77)
random.seed(5)
warnings.simplefilter("error")
asyncio.sleep = None
class Int(int): pass
os.urandom(3)
held = open("/tmp/held", "w")
`;
  const look = `import asyncio, builtins, json, os, random, sys, uuid
print([hasattr(m, "leak") for m in (builtins, json, sys)], json.dumps([1]), len("ab"), "leak" in sys.modules)
print("/leak" in sys.path, "LEAK" in os.environ, os.getcwd(), os.listdir("/tmp"), sorted(os.listdir("/")))
print(sys.getrecursionlimit(), random.random(), asyncio.sleep, os.open("/tmp/new", os.O_CREAT))
print([c.__name__ for c in int.__subclasses__()], os.stat("/tmp/new").st_ino, os.urandom(4), uuid.uuid4())
`;
  const [alone] = await record([look]);
  const [, after] = await record([change, look], { only: (_file, id) => id !== '' });
  expect(alone?.stdout).toContain('[False, False, False] [1] 2 False');
  expect(after?.stdout).toBe(alone?.stdout);
});

test('no block sees what another has left in JavaScript, behind the seal', async () => {
  const change = `${pastTheSeal}\n${globalObject}\nworld().leak = 1\nObject.prototype.leak = 1\nprint("done")`;
  const look = `${pastTheSeal}\n${globalObject}\nprint(hasattr(world(), "leak"), hasattr(Object.prototype, "leak"))`;
  const [, before, after] = await record(['print(1)', change, look]);
  expect(before?.stdout).toBe('done\n');
  expect(after?.stdout).toBe('False False\n');
});

describe('a block that goes wrong does not stop the others', () => {
  test('an endless loop', async () => {
    const [loop, next] = await record(['print(1)\nwhile True: pass', 'print(2)'], { limits: { seconds: 0.5 } });
    expect(loop).toMatchObject({ status: 'stopped', stdout: '1\n', error: { line: 5 } });
    expect(next?.stdout).toBe('2\n');
  });

  test('an endless loop that swallows every exception', async () => {
    const code = `print(1)
while True:
    try:
        while True: pass
    except BaseException:
        pass`;
    const [loop] = await record([code], { limits: { seconds: 0.5 } });
    expect(loop).toMatchObject({ status: 'stopped', stdout: '1\n', error: { line: 7 } });
    expect(loop?.reason).toContain('real time');
    expect(loop?.trace).toContain('"k":"limit"');
  });

  test('an error whose text takes for ever', async () => {
    const code = `class Endless(Exception):
    def __str__(self):
        while True: pass
raise Endless`;
    const [only] = await record([code], { limits: { seconds: 0.5 } });
    expect(only).toMatchObject({ status: 'raised', error: { line: 7 } });
  });

  test('a thread lock that is taken twice', async () => {
    const [lock] = await record(['import threading\nlock = threading.Lock()\nlock.acquire()\nlock.acquire()']);
    expect(lock).toMatchObject({ status: 'stopped', reason: 'a thread would wait for ever', error: { line: 7 } });
  });

  test('endless recursion through C is an error of Python', async () => {
    const code = `print(1)
class A:
    def __getattr__(self, name): return getattr(self, name + "x")
def f(): return list(map(lambda _: f(), [1]))
def g(x): return sorted([x, x], key=g)
for go in (lambda: A().b, f, lambda: g(1)):
    try: go()
    except RecursionError: print("deep")`;
    const [only] = await record([code]);
    expect(only).toMatchObject({ status: 'ran', stdout: '1\ndeep\ndeep\ndeep\n' });
  });

  test('a crash of the interpreter', async () => {
    const [crash, next] = await record(['import faulthandler\nfaulthandler._sigsegv()', 'print(2)']);
    expect(crash).toMatchObject({ status: 'stopped', stdout: '', error: { line: 4 } });
    expect(next?.stdout).toBe('2\n');
  });

  test('an answer that is none', async () => {
    const forge = 'import gc, json\njson.dumps.__code__ = (lambda *a, **k: "[1]").__code__';
    const [forged, next] = await record([forge, 'print(2)']);
    expect(['stopped', 'ran']).toContain(forged?.status);
    expect(next?.stdout).toBe('2\n');
  });

  test('output without end', async () => {
    const [bomb] = await record(['while True: print("x" * 100)']);
    expect(bomb?.status).toBe('stopped');
    expect(bomb?.stdout.length).toBeLessThanOrEqual(65_536);
  });
});

describe('the cache', () => {
  const options = () => ({ cacheDirectory: join(folder, 'cache'), runtimeDirectory });

  test('a second recording starts no process and is the same', async () => {
    const notes = [note('a.md', 'print(1)'), note('b.md', 'print(2)')];
    const first = await recordNotes(notes, options());
    const empty = join(folder, 'empty');
    const progress: number[][] = [];
    const onProgress = (done: number, total: number) => progress.push([done, total]);
    const second = await recordNotes(notes, { ...options(), runtimeDirectory: empty, onProgress });
    expect(second).toEqual(first);
    expect(progress).toEqual([[2, 2]]);
    expect(() => readdirSync(empty)).toThrow('ENOENT');
  });

  test('a changed block, limit or meta records its note anew', async () => {
    await recordNotes([note('a.md', 'print(1)')], options());
    const changed = await recordNotes([note('a.md', 'print(3)')], options());
    expect(changed.get('a.md')?.[0]?.stdout).toBe('3\n');
    const files = () => readdirSync(join(folder, 'cache', 'recordings')).length;
    expect(files()).toBe(2);
    await recordNotes([note('a.md', 'print(1)')], { ...options(), limits: { outputBytes: 100 } });
    expect(files()).toBe(3);
  });

  test('a damaged entry is recorded anew', async () => {
    const notes = [note('a.md', 'print(1)')];
    const first = await recordNotes(notes, options());
    const [name = ''] = readdirSync(join(folder, 'cache', 'recordings'));
    const path = join(folder, 'cache', 'recordings', name);
    const good = readFileSync(path, 'utf8');
    const key = name.replace('.json', '');
    expect(await readEntry(join(folder, 'cache'), key)).toEqual(first.get('a.md'));
    for (const bad of ['', '{', '{"blocks":[]}', good.slice(0, -20), good.replace('1\\n', '7\\n')]) {
      writeFileSync(path, bad);
      expect(await readEntry(join(folder, 'cache'), key)).toBe(null);
    }
    expect(await recordNotes(notes, options())).toEqual(first);
    expect(readFileSync(path, 'utf8')).toBe(good);
  });

  test('a damaged memory image is made anew', async () => {
    const own = join(folder, 'runtime');
    await record(['print(1)']);
    const image = await findSnapshot(runtimeDirectory, readRuntime());
    const bytes = readFileSync(image?.path ?? '');
    const path = join(own, basename(image?.path ?? ''));
    mkdirSync(own);
    writeFileSync(path, Buffer.from(bytes).fill(1, 1000, 2000));
    const [again] = await record(['print(1)'], { runtimeDirectory: own });
    expect(again?.stdout).toBe('1\n');
    expect(readFileSync(path).equals(bytes)).toBe(true);
  });

  test('only the blocks that are asked for are recorded, with the names of the others', async () => {
    const notes = [note('a.md', 'def f(): return 5', 'print(f())', 'raise SystemExit')];
    const result = await recordNotes(notes, { ...options(), only: (_file, id) => id === 'b2' });
    expect(result.get('a.md')?.map(({ id, stdout }) => [id, stdout])).toEqual([['b2', '5\n']]);
  });
});

test('fairSeconds() gives a block more real time when it had little of the processor', () => {
  expect(fairSeconds(3, 3.1, 3)).toBe(null);
  expect(fairSeconds(3, 1, 0.1)).toBe(null);
  expect(fairSeconds(3, 3, 1)).toBe(13.5);
  expect(fairSeconds(3, 9, 0)).toBe(30);
});

test('cacheDirectory() prefers node_modules', () => {
  expect(cacheDirectory(packageRoot)).toBe(join(packageRoot, 'node_modules', '.cache', 'loopreel'));
  expect(cacheDirectory(folder)).not.toContain('node_modules');
});
