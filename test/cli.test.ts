import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

const cli = join(import.meta.dirname, '..', 'dist', 'cli.js');
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'loopreel-cli-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Runs the command as a user would, in a fresh folder, with a cache of its own. */
function loopreel(...argv: string[]) {
  const result = spawnSync(process.execPath, [cli, ...argv], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, XDG_CACHE_HOME: join(folder, '.cache') },
  });
  return { code: result.status, out: result.stdout, error: result.stderr };
}

function write(files: Record<string, string>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

const fence = (code: string) => `\`\`\`python\n${code}\n\`\`\`\n`;
const nap = fence(
  'import asyncio\n\nasync def main():\n    await asyncio.sleep(1)\n    print("awake")\n\nasyncio.run(main())',
);
const deckJson = (name: string) => JSON.parse(readFileSync(join(folder, 'out', name, 'deck.json'), 'utf8'));
const site = () =>
  readdirSync(join(folder, 'out'), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.\w+$/.test(path))
    .sort();

describe('loopreel', () => {
  test('--help names every command and ends well', () => {
    const { code, out } = loopreel('--help');
    expect(code).toBe(0);
    for (const name of ['build', 'export', 'record']) expect(out).toContain(`\n  ${name} `);
  });

  test.each([
    [['build', '--frobnicate'], /unknown option '--frobnicate'/],
    [['biuld'], /unknown command 'biuld'/],
    [['export', 'a.md'], /nothing to export; give --pdf, --handout, --png/],
    [['record'], /missing required argument 'file'/],
    [
      ['record', 'a.py', '--limit-seconds', 'abc'],
      /argument 'abc' is invalid\. expected seconds, such as `3` or `0\.5`/,
    ],
    [['record', 'a.py', '--limit-turns', '0'], /expected a whole number from 1/],
    [['record', 'a.py', '--format', 'xml'], /Allowed choices are jsonl, perfetto/],
    [['record', 'a.py', '--engine', 'jython'], /Allowed choices are pyodide, cpython/],
  ])('%j is a wrong command line: exit code 2', (argv, message) => {
    const { code, error } = loopreel(...argv);
    expect(error).toMatch(message);
    expect(error).not.toMatch(/\n\s+at /);
    expect(code).toBe(2);
  });
});

describe('loopreel build', () => {
  test('makes a site whose deck.json tells what became of each block', () => {
    write({ 'nap.md': `# Nap\n\n## Sleep\n\n${nap}\n## Fail\n\n${fence('1 / 0')}` });
    const { code, out, error } = loopreel('build', 'nap.md', '--out', 'out');
    expect(error).toBe('');
    expect(code).toBe(0);
    expect(out).toBe('out/nap/index.html\n');
    const deck = deckJson('nap');
    expect(deck.title).toBe('Nap');
    expect(deck.lang).toBe('en');
    expect(deck.blocks).toEqual([
      { id: 'b1', line: 5, status: 'ran', trace: 'traces/b1.jsonl', stdout: 'awake\n' },
      {
        id: 'b2',
        line: 17,
        status: 'raised',
        trace: 'traces/b2.jsonl',
        stdout: '',
        error: 'ZeroDivisionError: division by zero',
      },
    ]);
    for (const slide of deck.slides)
      expect(Object.keys(slide)).toEqual(expect.arrayContaining(['id', 'title', 'h', 'v']));
    expect(deck.slides.filter((slide: { block?: string }) => slide.block === 'b1')).not.toEqual([]);
    expect(site()).toEqual(
      expect.arrayContaining(['index.html', 'nap/index.html', 'nap/replay/b1.html', 'nap/traces/b1.jsonl']),
    );
  });

  test('gives the same bytes each time, cached or not', () => {
    write({ 'nap.md': `# Nap\n\n${nap}` });
    const snapshot = () => site().map((path) => [path, readFileSync(join(folder, 'out', path)).toString('base64')]);
    loopreel('build', 'nap.md');
    const first = snapshot();
    loopreel('build', 'nap.md');
    expect(snapshot()).toEqual(first);
    loopreel('build', 'nap.md', '--no-cache');
    expect(snapshot()).toEqual(first);
  });

  test.each([
    ['an unknown front-matter key', '---\ntitel: x\n---\n# A\n', /^bad\.md:2:1: error: .*`titel`.*title/m],
    ['malformed YAML', '---\ntitle: [x\n---\n# A\n', /^bad\.md:[23]:\d+: error: /m],
    ['an unknown theme', '---\ntheme: neon\n---\n# A\n', /^bad\.md:2:1: error: .*`neon`.*\n.*quiet/m],
    ['a missing image', '# A\n\n![x](none.png)\n', /^bad\.md:3:1: error: image `none\.png`/m],
    ['a character that no font has', '# A\n\n\u{13000}\n', /^bad\.md:3:1: error: no font has a glyph/m],
  ])('tells of %s at its line, and the other notes still build', (_name, text, message) => {
    write({ 'bad.md': text, 'good.md': '# Good\n' });
    const { code, error } = loopreel('build', 'bad.md', 'good.md');
    expect(error).toMatch(message);
    expect(error.match(/error:/g)).toHaveLength(1);
    expect(error).not.toMatch(/\n\s+at /);
    expect(code).toBe(1);
    expect(existsSync(join(folder, 'out', 'good', 'index.html'))).toBe(true);
    expect(existsSync(join(folder, 'out', 'bad'))).toBe(false);
  });

  test('tells of a missing note and builds the others', () => {
    write({ 'good.md': '# Good\n' });
    const { code, error } = loopreel('build', 'none.md', 'good.md');
    expect(error).toBe('loopreel: `none.md` does not exist; name a note (.md) or a folder\n');
    expect(code).toBe(1);
    expect(existsSync(join(folder, 'out', 'good', 'index.html'))).toBe(true);
  });

  test.each([
    ['a Python syntax error', 'def broken(:\n    pass', 'raised', /SyntaxError/, 4],
    ['a loop without end', 'x = 1\nwhile True: pass', 'stopped', /stopped/, 5],
    [
      'a loop that yields without end',
      'import asyncio\nasync def main():\n    print("here")\n    while True: await asyncio.sleep(0)\nasyncio.run(main())',
      'stopped',
      /stopped/,
      7,
    ],
  ])('tells of %s at its line and still makes the deck', (_name, code, status, message, line) => {
    write({ 'note.md': `# A\n\n${fence(code)}\n## After\n\n${nap}` });
    const result = loopreel('build', 'note.md');
    expect(result.error).toMatch(new RegExp(`^note\\.md:${line}:\\d+: `, 'm'));
    expect(result.error).toMatch(message);
    expect(result.code).toBe(1);
    const { blocks } = deckJson('note');
    expect(blocks.map((block: { status: string }) => block.status)).toEqual([status, 'ran']);
    if (code.includes('print')) expect(blocks[0].stdout).toBe('here\n');
  });

  test('answers by the note, says so, and takes a server that waits for no mistake', () => {
    const ask = 'import requests\nprint(requests.get("https://api.example.com/a").json()["name"])';
    const serve = [
      'import asyncio',
      'async def main():',
      '    async with await asyncio.start_server(print, port=8080) as server:',
      '        await server.serve_forever()',
      'asyncio.run(main())',
    ].join('\n');
    const network = 'network:\n  api.example.com/*: {latency: 200ms, body: {name: Ada}}\n';
    write({ 'a.md': `---\n${network}---\n\n# A\n\n${fence(ask)}\n## B\n\n${fence(serve)}` });
    const { code, error } = loopreel('build', 'a.md', '--out', 'out');
    expect([code, error]).toEqual([0, '']);
    const { blocks } = deckJson('a');
    expect(blocks.map((block: { status: string; stdout: string }) => [block.status, block.stdout])).toEqual([
      ['ran', 'Ada\n'],
      ['stopped', ''],
    ]);
    const page = readFileSync(join(folder, 'out', 'a', 'index.html'), 'utf8');
    expect(page).toContain('Output · simulated network');
    expect(page).toContain('a server waits, and nobody is left to connect');
  }, 60_000);

  test('never overwrites what it did not make', () => {
    write({ 'a.md': '# A\n', 'out/a/index.html': 'mine' });
    const { code, error } = loopreel('build', 'a.md');
    expect(error).toMatch(/`out\/a\/index\.html` exists and was not made by loopreel/);
    expect(code).toBe(1);
    expect(readFileSync(join(folder, 'out/a/index.html'), 'utf8')).toBe('mine');
  });
});

describe('loopreel record', () => {
  test('writes the trace of a program to standard output', () => {
    write({ 'nap.py': nap.replace(/```(?:python)?\n/g, '') });
    const { code, out } = loopreel('record', 'nap.py');
    expect(code).toBe(0);
    const lines = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines[0]).toMatchObject({ format: 'loopreel-trace', version: 1, file: 'nap.py', line: 1 });
    expect(lines.find(({ k }) => k === 'advance')).toMatchObject({ from: 0, to: 1_000_000_000 });
    expect(lines.at(-1)).toMatchObject({ k: 'end', outcome: 'ok' });
  });

  test('record knows the blocks of included notes, and their lines', () => {
    mkdirSync(join(folder, 'parts'), { recursive: true });
    writeFileSync(join(folder, 'whole.md'), '# A\n\n```python\nprint(1)\n```\n\n::include{src=./parts/part.md}\n');
    writeFileSync(join(folder, 'parts', 'part.md'), '글\n\n```python\nprint(2)\nprint(unknown)\n```\n');
    expect(loopreel('record', 'whole.md').error).toMatch(/b1 \(line 3\), b2 \(parts\/part\.md, line 3\)/);
    expect(loopreel('record', 'whole.md', '--block', 'b1').code).toBe(0);
    expect(loopreel('record', 'parts/part.md').out).toContain('"print"');
  });

  test('writes a file for trace viewers', () => {
    write({ 'nap.py': nap.replace(/```(?:python)?\n/g, '') });
    const { code } = loopreel('record', 'nap.py', '--format', 'perfetto', '--out', 'nap.json');
    expect(code).toBe(0);
    const { traceEvents } = JSON.parse(readFileSync(join(folder, 'nap.json'), 'utf8'));
    expect(traceEvents.map(({ name }: { name: string }) => name)).toContain('waiting: sleep');
  });

  test('gives a program its arguments, and holds it to the limits that are given', () => {
    write({
      'own.py': 'import sys\nif __name__ == "__main__":\n    print(sys.argv)\n    print("x" * 200)\n',
      'deep.py': 'def f(): f()\nf()\n',
      'turns.py': 'import asyncio\nasync def main():\n    while True: await asyncio.sleep(0)\nasyncio.run(main())\n',
      'long.py': 'import asyncio\nasyncio.run(asyncio.sleep(10**6))\n',
    });
    const { code, out, error } = loopreel('record', 'own.py', '--limit-output', '100', '--', 'a', '--b');
    expect(out).toContain("['own.py', 'a', '--b']");
    expect(error).toBe('loopreel: own.py:4: stopped: printed more than 100 bytes\n');
    expect(code).toBe(1);
    expect(loopreel('record', 'deep.py', '--limit-recursion', '200').error).toMatch(
      /^loopreel: deep\.py:1: stopped: recursion/,
    );
    expect(loopreel('record', 'turns.py', '--limit-turns', '500').error).toMatch(
      /^loopreel: turns\.py:3: stopped: the loop made/,
    );
    const late = loopreel('record', 'long.py', '--limit-virtual-seconds', '60');
    expect(late.error).toMatch(/^loopreel: long\.py:2: stopped: ran for 60 s on the virtual clock/);
    expect(late.out).toContain('"k":"limit"');
  });

  test('says what to do when a program needs what stands beside it, or an engine that is not allowed', () => {
    write({ 'own.py': 'import other\n', 'other.py': '' });
    expect(loopreel('record', 'own.py').error).toMatch(
      /`other` stands beside it, .* --engine cpython --allow-cpython\n$/,
    );
    expect(loopreel('record', 'own.py', '--engine', 'cpython').error).toMatch(/allow it with --allow-cpython\n$/);
    const { code, error } = loopreel('record', 'own.py', '--clock', 'wall');
    expect(error).toMatch(/give --engine cpython with --clock wall/);
    expect(code).toBe(2);
  });

  test('asks for a block where a note has several', () => {
    write({ 'two.md': `# A\n\n${nap}\n${nap}` });
    const { code, error } = loopreel('record', 'two.md');
    expect(error).toMatch(/has 2 blocks; name one with --block: b1 \(line 3\), b2/);
    expect(code).toBe(2);
    expect(loopreel('record', 'two.md', '--block', 'b2', '--out', 'b2.jsonl').code).toBe(0);
    expect(readFileSync(join(folder, 'b2.jsonl'), 'utf8')).toMatch(/^\{"format":"loopreel-trace"/);
  });
});
