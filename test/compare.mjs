/**
 * `node test/compare.mjs [--python PATH] [--native] NOTE|FOLDER…`: each block of the notes here and in plain CPython.
 *
 * Runs every block twice: recorded (in the sandbox, or with `--native` in the same CPython), and by `python/stock.py` on
 * the real clock. Tells each difference of status, stdout, stderr and last line of the error. Addresses and times of day
 * count as equal, durations within 0.15 s; where CPython does not agree with itself in three runs, it is told as `varies`.
 */
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { load, unload } from './load.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    python: { type: 'string', default: 'python3' },
    native: { type: 'boolean', default: false },
    seconds: { type: 'string', default: '15' },
  },
});
const here = import.meta.dirname;
const { readNote } = await load('src/notes/read.ts');
const { recordNotes, cacheDirectory } = await load('src/node/record/record.ts');

const folder = mkdtempSync(join(tmpdir(), 'loopreel-compare-'));
const environment = { PATH: process.env.PATH, PYTHONUTF8: '1', PYTHONDONTWRITEBYTECODE: '1', PYTHONHASHSEED: '0' };
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

// 1. The notes, recorded.
const notes = positionals.flatMap(found).map((path) => readNote(readFileSync(path, 'utf8'), path));
const recordable = notes.map((note) => ({ file: note.path, blocks: note.blocks }));
const ours = values.native ? recordNatively() : await recordNotes(recordable, options());

function found(path) {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { recursive: true })
    .filter((name) => name.endsWith('.md'))
    .sort()
    .map((name) => join(path, name));
}

function options() {
  return { cacheDirectory: null, runtimeDirectory: cacheDirectory(join(here, '..')) };
}

function recordNatively() {
  const code = [
    'import json, sys',
    'from loopreel_recorder import record_block',
    'request = json.load(sys.stdin)',
    'print(json.dumps([json.loads(record_block(json.dumps({**request, "target": block["id"]}))) for block in request["blocks"]]))',
  ].join('\n');
  const env = { ...environment, PYTHONPATH: join(here, '..', 'src', 'python') };
  return new Map(
    notes.map((note) => {
      const input = JSON.stringify(request(note));
      const printed = execFileSync(values.python, ['-c', code], { input, env, encoding: 'utf8', maxBuffer: 1e9 });
      return [note.path, JSON.parse(printed)];
    }),
  );
}

function request(note) {
  const blocks = note.blocks.map(({ id, line, code, meta }) => ({ id, line, code, meta }));
  return { file: basename(note.path), blocks };
}

// 2. The same blocks in CPython, several at a time: they mostly wait.
let runs = 0;
function runStock(note, block) {
  const name = join(folder, String(++runs));
  writeFileSync(`${name}.json`, JSON.stringify(request(note)));
  return new Promise((resolve) => {
    const argv = ['-u', join(here, 'python', 'stock.py'), `${name}.json`, block.id, `${name}.result`];
    const child = spawn(values.python, argv, { env: environment, cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
    const texts = { stdout: '', stderr: '' };
    for (const stream of ['stdout', 'stderr']) {
      child[stream].setEncoding('utf8').on('data', (text) => {
        if (texts[stream].length < 100_000) texts[stream] += text;
      });
    }
    let ended = true;
    const timer = setTimeout(() => {
      ended = false;
      child.kill('SIGKILL');
    }, Number(values.seconds) * 1000);
    child.on('close', () => {
      clearTimeout(timer);
      let told = { status: 'died' };
      try {
        told = JSON.parse(readFileSync(`${name}.result`, 'utf8'));
      } catch {}
      resolve({ ...texts, ...told, ...(ended ? {} : { status: 'stopped' }) });
    });
  });
}

// 3. Each pair, compared; what differs is run again, for CPython may differ from itself.
const jobs = notes.flatMap((note) => note.blocks.map((block) => ({ note, block })));
const counts = {};
let next = 0;
await Promise.all(
  Array.from({ length: 5 }, async () => {
    while (next < jobs.length) {
      const { note, block } = jobs[next++];
      const own = ours.get(note.path).find(({ id }) => id === block.id);
      const stock = await runStock(note, block);
      let found = differences(own, stock);
      let verdict = found.length === 0 ? 'equal' : 'differs';
      for (let again = 0; verdict === 'differs' && again < 2; again++) {
        const other = await runStock(note, block);
        if (differences(own, other).length === 0) verdict = 'equal at last';
        else if (differences(stock, other).length > 0) verdict = 'varies';
      }
      if (own.faults) {
        verdict = 'faults';
        found = [...found, `faults: ${own.faults.join('\n')}`];
      }
      counts[verdict] = (counts[verdict] ?? 0) + 1;
      if (!verdict.startsWith('equal')) {
        console.log(
          `\n== ${note.path}:${block.line} ${block.id} ${verdict}: here ${own.status}, CPython ${stock.status}`,
        );
        for (const text of found) console.log(text);
      }
    }
  }),
);
console.log(`\n${jobs.length} blocks:`, counts);
await unload();

function differences(own, stock) {
  const found = [];
  if (own.status !== stock.status) {
    found.push(
      `status: ${own.status} (${own.reason ?? own.error?.text ?? ''}) / ${stock.status} (${stock.error?.text ?? ''})`,
    );
  }
  const endless = own.status === 'stopped' && stock.status === 'stopped';
  for (const stream of ['stdout', 'stderr']) {
    const [a, b] = [own[stream] ?? '', stock[stream] ?? ''];
    const same = endless ? alike(a.slice(0, b.length), b.slice(0, a.length)) : alike(a, b);
    if (!same) found.push(`${stream}:`, ...diff(a, b));
  }
  if (!endless && !alike(own.error?.text ?? '', stock.error?.text ?? '')) {
    found.push(`error: ${own.error?.text}\n     / ${stock.error?.text}`);
  }
  if (!endless && own.status === 'raised' && stock.status === 'raised' && own.error?.line !== stock.error?.line) {
    found.push(`line: ${own.error?.line} / ${stock.error?.line}`);
  }
  return found;
}

/** Whether two texts say the same, addresses, moments and measured durations apart. */
function alike(a, b) {
  const number = /(?<![\w.])\d+(?:\.\d+)?(?:e-\d+)?(?![\w.])/g;
  const plain = (text) =>
    text
      .replace(/0x[0-9a-f]+/g, '0x')
      .replace(/^\S*stock\.py:\d+: (.*)\n.*\n/gm, '<sys>:0: $1\n')
      .replace(/\d\d:\d\d(:\d\d([.,]\d+)?)?/g, 'TIME')
      .replace(/\d{4}-\d\d-\d\d/g, 'DATE');
  const [x, y] = [plain(a), plain(b)];
  if (x.replace(number, '#') !== y.replace(number, '#')) return false;
  const numbers = y.match(number) ?? [];
  return (x.match(number) ?? []).every((text, n) => {
    const other = numbers[n] ?? '';
    if (text === other) return true;
    if (!text.includes('.') && !other.includes('.')) return false;
    return Math.abs(Number(text) - Number(other)) <= 0.15;
  });
}

function diff(a, b) {
  const [x, y] = [a.split('\n'), b.split('\n')];
  const lines = [];
  for (let n = 0; n < Math.max(x.length, y.length) && lines.length < 24; n++) {
    if (!alike(x[n] ?? '∅', y[n] ?? '∅'))
      lines.push(`  ${n + 1} here   ${x[n] ?? '∅'}`, `  ${n + 1} python ${y[n] ?? '∅'}`);
  }
  return lines.length > 0
    ? lines
    : [`  here   ${JSON.stringify(a.slice(0, 300))}`, `  python ${JSON.stringify(b.slice(0, 300))}`];
}
