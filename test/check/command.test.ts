import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { check } from '../../src/node/check.ts';
import { correction } from '../../src/node/checkFix.ts';
import { cacheDirectory } from '../../src/node/record/cache.ts';
import { findPython } from '../../src/node/record/cpython.ts';
import { packageRoot } from '../../src/node/root.ts';

const cli = join(import.meta.dirname, '..', '..', 'dist', 'cli.js');
const noPython = await findPython().then(
  () => false,
  () => true,
);
const effects = { print() {}, problem() {}, messages() {}, progress() {} };
let folder = '';
let cache = '';
beforeAll(() => {
  cache = mkdtempSync(join(tmpdir(), 'loopreel-cache-'));
});
afterAll(() => rmSync(cache, { recursive: true }));
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'loopreel-check-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Runs a command line; `check` without looking at slides. */
function loopreel(...argv: string[]) {
  return run(...argv, ...(argv[0] === 'check' ? ['--no-slides'] : []));
}

function run(...argv: string[]) {
  const result = spawnSync(process.execPath, [cli, ...argv], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, XDG_CACHE_HOME: cache },
  });
  return { code: result.status, out: result.stdout, error: result.stderr };
}

function write(files: Record<string, string>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

const read = (path: string) => readFileSync(join(folder, path), 'utf8');

const fence = (code: string, info = 'python') => `\`\`\`${info}\n${code}\n\`\`\`\n`;
const asking = fence('import requests\nprint(requests.get("https://api.example.com/x").text)');
const answers = (body: string) => `---\nnetwork:\n  https://api.example.com/*: {body: ${body}}\n---\n`;

describe('loopreel check', () => {
  test('ends well where all is so, with 1 where a claim is false, with 2 for a wrong command line', () => {
    write({ 'good.md': `# A\n\n${fence('print(3)  # 3')}`, 'bad.md': `# A\n\n${fence('print(3)  # 4')}` });
    expect(loopreel('check', 'good.md')).toEqual({ code: 0, out: '1 note: 0 errors, 0 warnings, 0 info\n', error: '' });
    const bad = loopreel('check', 'bad.md');
    expect(bad.code).toBe(1);
    expect(bad.out).toMatch(/^bad\.md:4:1 {2}error {2}this comment is not what block b1 prints {2}claim-comment$/m);
    expect(bad.out).toMatch(/^ {4}-4\n {4}\+3$/m);
    expect(bad.out).not.toContain('\x1b');
    expect(loopreel('check', '--frob').code).toBe(2);
    const fix = loopreel('check', '--fix', 'bad.md');
    expect(fix.error).toMatch(/nobody can be asked; add --yes/);
    expect(fix.code).toBe(2);
    expect(loopreel('check', 'none.md').code).toBe(1);
  });

  test('says of a block for CPython that it was not run, until that is allowed', () => {
    write({ 'a.md': `---\nengine: cpython\n---\n# A\n\n${fence('print(3)  # 3')}` });
    const { code, out } = loopreel('check', 'a.md');
    expect(out).toMatch(
      /^a\.md:7:1 {2}info {2}block b1 was not run: .*allow it with --allow-cpython {2}block-skipped$/m,
    );
    expect(code).toBe(0);
  });

  test.skipIf(noPython)('runs blocks in CPython, also in varied worlds (skipped without Python 3.11 or newer)', () => {
    const outcome = 'import beside\nprint(beside.name)';
    const chance = 'import random\nprint(random.random())';
    write({
      'deep/a.md': `---\nengine: cpython\n---\n# A\n\n${fence(outcome)}\n출력:\n\n${fence('둘', '')}\n${fence(chance)}\n출력:\n\n${fence('0.5', '')}`,
      'deep/beside.py': 'name = "하나"',
    });
    const { code, out } = loopreel('check', '--allow-cpython', 'deep');
    expect(out).toMatch(/^deep\/a\.md:14:1 {2}error {2}this output is not what block b1 prints/m);
    expect(out).toMatch(/^ {4}-둘\n {4}\+하나$/m);
    expect(out).toMatch(/info {2}this output may differ: a value in it changes/);
    expect(code).toBe(1);
  });

  test('--json names the included note that a message is about', () => {
    write({
      'a.md': '# A\n\n::include{src=./parts/b.md}\n',
      'parts/b.md': '첫 글\n\n[없다](./none.md) ![](../x.png)\n',
    });
    const { out } = loopreel('check', '--json', '--no-slides', 'a.md');
    const [{ messages }] = JSON.parse(out);
    expect(messages.map(({ file, line, ruleId }: Record<string, unknown>) => `${file}:${line} ${ruleId}`)).toEqual([
      'parts/b.md:3 link-dead',
      'parts/b.md:3 image-alt',
      'parts/b.md:3 image-missing',
    ]);
  });

  test('judges the blocks of included notes at their own lines, once', () => {
    write({
      'a.md': `# A\n\n${fence('tea = "차"\nprint(tea)')}\n\n::include{src=./parts/b.md}\n`,
      'parts/b.md': `글\n\n${fence('print("하나")')}\n출력:\n\n${fence('둘', '')}`,
    });
    for (const notes of [['a.md'], ['a.md', 'parts']]) {
      const { code, out } = loopreel('check', '--no-slides', ...notes);
      expect(out.match(/^\S+ {2}error.*$/gm)).toEqual([
        expect.stringMatching(/^parts\/b\.md:10:1 {2}error .*claim-output$/),
      ]);
      expect(code).toBe(1);
    }
    expect(loopreel('check', '--no-slides', '--fix', '--yes', 'a.md').code).toBe(1);
    expect(loopreel('check', '--no-slides', '--fix', '--yes', 'parts/b.md').code).toBe(0);
    expect(loopreel('check', '--no-slides', 'a.md').code).toBe(0);
  });

  test('--json gives each message with its place, what the note says and what happened', () => {
    write({ 'a.md': `# A\n\n${fence('print("하나")')}\n출력:\n\n${fence('둘', '')}`, 'b/a.md': '# B\n' });
    const { code, out } = loopreel('check', '--json', '.');
    expect(code).toBe(1);
    const files = JSON.parse(out);
    expect(files.map(({ file }: { file: string }) => file)).toEqual(['a.md', 'b/a.md']);
    expect(files[0].messages).toEqual([
      {
        file: 'a.md',
        line: 10,
        column: 1,
        endLine: 10,
        endColumn: 1,
        ruleId: 'claim-output',
        severity: 'error',
        reason: 'this output is not what block b1 prints',
        actual: '둘',
        expected: ['하나'],
        note: 'Correct it, or let `--fix` write what the block prints.',
        url: null,
      },
    ]);
    expect(files[1].messages).toEqual([]);
  });

  test('--fix --yes writes what is printed, and not a byte else', () => {
    const before = [
      '\uFEFF# 제목  ',
      '',
      '- 목록',
      '',
      '  ~~~python',
      '  print("하나")  # -> 둘',
      '  print("셋")',
      '  # 출력: 넷',
      '  ~~~',
      '',
      '  출력:',
      '',
      '  ````scss {.x}',
      '  하나',
      '  (1초 후)',
      '  넷',
      '  ````',
      '',
      '> ```python',
      '> import asyncio',
      '> async def main():',
      '>     print("가")',
      '>     await asyncio.sleep(1)',
      '>     print("나")',
      '> asyncio.run(main())',
      '>',
      '> #   예상 출력:',
      '> #   가',
      '> #   다',
      '> ```',
      '끝\t',
    ].join('\r\n');
    write({ 'note.md': before });
    const { code, out, error } = loopreel('check', '--fix', '--yes', 'note.md');
    expect(error).toBe('');
    expect(out).toMatch(/^-.*넷\n\+.*셋$/m);
    const after = before
      .replace('# -> 둘', '# -> 하나')
      .replace('# 출력: 넷', '# 출력: 셋')
      .replace('  넷', '  셋')
      .replace('> #   다', '> #   나');
    expect(read('note.md')).toBe(after);
    // The mark of a second between two prints that follow each other is still wrong, and its number is the author's.
    expect(out).toMatch(/note\.md:15:1 {2}error .* claim-duration$/m);
    expect(code).toBe(1);
  });

  test('--fix leaves alone what chance decides, and keeps the file mode', () => {
    const text = `# A\n\n${fence('import random\nprint(random.random())')}\nOutput:\n\n${fence('0.123', '')}\n${fence('print(2)  # 3')}`;
    write({ 'note.md': text });
    const { mode } = statSync(join(folder, 'note.md'));
    expect(loopreel('check', '--fix', '--yes', 'note.md').code).toBe(0);
    expect(read('note.md')).toBe(text.replace('# 3', '# 2'));
    expect(statSync(join(folder, 'note.md')).mode).toBe(mode);
  });

  test('a note that was changed meanwhile is not written', async () => {
    write({ 'note.md': `# A\n\n${fence('print(2)  # 3')}` });
    const path = join(folder, 'note.md');
    const options = {
      paths: [path],
      cacheDirectory: null,
      runtimeDirectory: cacheDirectory(packageRoot),
      slides: false,
    };
    const [note] = (await check(options, effects)).notes;
    const change = note && (await correction(note));
    write({ 'note.md': '# Mine\n' });
    await expect(change?.write()).rejects.toThrow(/was changed meanwhile/);
    expect(read('note.md')).toBe('# Mine\n');
    if (note) await expect(correction(note)).rejects.toThrow(/was changed meanwhile/);
  });
});

/** A note and the rules that it breaks, each with line and column, and whether one of them is an error. */
const cases: readonly (readonly [string, string, readonly string[], boolean])[] = [
  ['syntax errors, with the column', fence('x = (1 +'), ['block-syntax 2:5'], true],
  ['deliberate ones as a warning', `${fence('def f(:\n    pass  # SyntaxError!')}`, ['block-syntax 2:7'], false],
  ['names that nothing defines', fence('print(nowhere)'), ['name-undefined 2:7'], true],
  [
    'names that come later',
    `${fence('def f():\n    return later()\nf()')}\n${fence('def later():\n    pass')}`,
    ['name-later 3:12'],
    false,
  ],
  ['coroutines that are dropped', fence('async def f():\n    pass\nf()'), ['never-awaited 4:1'], false],
  [
    'them not where they are the lesson',
    `await 없이 부르면 실행되지 않는다.\n\n${fence('async def f():\n    pass\nf()')}`,
    [],
    false,
  ],
  ['errors that the note does not speak of', fence('[][1]'), ['block-raised 2:1'], false],
  ['them not where it does', `${fence('[][1]  # IndexError')}`, [], false],
  ['a wrong `expect=`', fence('[][1]', 'python expect=KeyError'), ['block-expect 2:1'], true],
  ['an `expect=` that nothing raises', fence('x = 1', 'python expect=KeyError'), ['block-expect 2:1'], true],
  ['not of one that is right', fence('[][1]', 'python expect=IndexError'), [], false],
  [
    'removed API',
    fence('import asyncio\nasync def main():\n    await asyncio.sleep(0, loop=None)'),
    ['block-raised 4:1', 'asyncio-removed 4:28'],
    true,
  ],
  [
    'deprecated API',
    fence('import asyncio\nprint(asyncio.iscoroutinefunction(print))  # False'),
    ['asyncio-deprecated 3:7'],
    false,
  ],
  ['packages that are not there', fence('import a_package_that_is_not'), ['block-skipped 2:1'], false],
  ['loops that never end', fence('while True: pass'), ['block-stopped 2:1'], false],
  ['dead links', '[a](./b.md) [c](#nowhere)\n', ['link-dead 1:1', 'link-dead 1:13'], true],
  ['missing pictures', '![a](none.png)\n', ['image-missing 1:1'], true],
  ['unknown front matter', '---\ntitel: a\n---\n', ['front-matter-key 2:1'], true],
  [
    'no link to a note, a file, a folder or a heading that is there',
    '# 첫 제목!\n\n[a](#첫-제목) [b](other.md#b--c) [c](other) [d](sub/) [e](https://example.org/x) [f](mailto:a@b.c) [g](data.txt)\n',
    [],
    false,
  ],
  ['what asks a network only as unchecked', `${asking}\n출력:\n\n${fence('안녕', '')}`, ['claim-unchecked 9:1'], false],
  ['not where the note says what it answers', `${answers('안녕')}${asking}\n출력:\n\n${fence('안녕', '')}`, [], false],
  ['a false claim there', `${answers('잘가')}${asking}\n출력:\n\n${fence('안녕', '')}`, ['claim-output 13:1'], true],
];

describe('check() tells of', () => {
  const found = new Map<string, { readonly messages: readonly string[]; readonly failed: boolean }>();
  beforeAll(async () => {
    const notes = mkdtempSync(join(tmpdir(), 'loopreel-check-'));
    const files = { 'other.md': '# B & c\n## B c', 'sub/x.txt': '', 'data.txt': '' };
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(notes, path)), { recursive: true });
      writeFileSync(join(notes, path), text);
    }
    const paths = cases.map(([, text], n) => {
      writeFileSync(join(notes, `note-${n}.md`), text);
      return join(notes, `note-${n}.md`);
    });
    const outcome = await check(
      { paths, cacheDirectory: null, runtimeDirectory: cacheDirectory(packageRoot), slides: false },
      effects,
    );
    for (const [n, note] of outcome.notes.entries()) {
      const messages = note.messages.map(({ ruleId, line, column }) => `${ruleId} ${line}:${column}`);
      found.set(cases[n]?.[0] ?? '', { messages, failed: note.messages.some(({ fatal }) => fatal === true) });
    }
    rmSync(notes, { recursive: true });
  });

  test.each(cases)('%s', (name, _text, messages, failed) => {
    expect(found.get(name)).toEqual({ messages, failed });
  });
});
