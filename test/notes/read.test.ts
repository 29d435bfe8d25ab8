import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { toString as plainText } from 'mdast-util-to-string';
import { describe, expect, test } from 'vitest';
import { readNote } from '../../src/notes/read.ts';

const read = (text: string) => readNote(text, 'notes/a.md');
const shape = (text: string) => read(text).tree.children.map((node) => node.type);
const prose = (text: string) => plainText(read(text).tree);
const messages = (text: string) => read(text).messages.map((message) => `${message.line}: ${message.reason}`);

describe('readNote', () => {
  test('takes the name from the path', () => {
    expect(readNote('# A', 'some/where/03-gather.md').name).toBe('03-gather');
    expect(readNote('# A', 'C:\\notes\\b.md').name).toBe('b');
  });

  test('keeps positions in the note below front matter', () => {
    const note = read('---\ntitle: T\n---\n\n# A\n\n```python\nx = 1\n```\n');
    expect(note.tree.children[1]?.position?.start.line).toBe(5);
    expect(note.blocks[0]?.line).toBe(7);
  });

  test('gives blocks with \\n line ends and without the indent of a list', () => {
    expect(read('- a\r\n\r\n  ```python\r\n  if x:\r\n      y()\r\n  ```\r\n').blocks[0]?.code).toBe('if x:\n    y()');
  });

  test('makes bold what stands before a Korean particle', () => {
    expect(read('**마크다운(Markdown)**을').tree.children[0]).toMatchObject({ children: [{ type: 'strong' }, {}] });
  });
});

describe('front matter', () => {
  test('gives the known keys, numbers as texts', () => {
    expect(read('---\ntitle: 2024\nlang: ko\nreplay: false\n---\n').frontMatter).toEqual({
      title: '2024',
      lang: 'ko',
      replay: false,
    });
  });

  test('names the nearest known key for an unknown one, at its line', () => {
    const note = read('---\ntitle: A\nauther: B\n---\n# A');
    expect(note.messages.map((m) => [m.line, m.reason, m.fatal])).toEqual([
      [3, 'Unknown front-matter key `auther`. Did you mean `author`?', true],
    ]);
  });

  test('says one thing about malformed YAML, at its line', () => {
    const note = read('---\ntitle: A\nauthor: "B\n---\n# A');
    expect(note.messages).toHaveLength(1);
    expect(note.messages[0]).toMatchObject({ ruleId: 'front-matter-yaml', fatal: true });
    expect(note.messages[0]?.line).toBeGreaterThanOrEqual(3);
    expect(note.messages[0]?.reason).not.toContain('\n');
  });

  test('refuses a value of the wrong kind', () => {
    expect(messages('---\nreplay: maybe\n---\n')).toEqual([
      '2: Front-matter key `replay`: expected `true` or `false`, found `"maybe"`',
    ]);
  });
});

describe('text that only looks like syntax', () => {
  test.each(['10:30에 만나자', 'a:b와 x:y', '시간 :30', 'std::vector를 쓴다', 'see https://a.b:80/c:d'])(
    '%s survives',
    (text) => {
      expect(prose(text)).toBe(text);
    },
  );

  test('a generic type is text', () => {
    expect(prose('a List<int> and Dict<str, T>')).toBe('a List<int> and Dict<str, T>');
  });

  test('an unclosed tag is text, with a warning', () => {
    expect(prose('ab <b>cd')).toBe('ab <b>cd');
    expect(messages('ab <b>cd')).toEqual(['1: `<b>` has no counterpart in its paragraph and is shown as text']);
    expect(messages('ab <b>cd</b>')).toEqual([]);
  });

  test('an unknown directive is text, with a warning', () => {
    expect(prose(':::tip[Hint]\ninside\n:::')).toBe(':::tip[Hint]inside');
    expect(messages(':::tip\ninside\n:::')).toEqual([
      '1: Unknown directive `:::tip` is shown as text. Did you mean `:::callout{kind=tip}`?',
    ]);
  });
});

describe('spacers', () => {
  test('runs of <br> disappear', () => {
    expect(shape('a\n\n<br>\n<br/>\n\n<br>\n\nb')).toEqual(['paragraph', 'paragraph']);
  });

  test('a <br> between words is one break', () => {
    expect(read('a<br><br>b<br>').tree.children[0]).toMatchObject({
      children: [{ value: 'a' }, { type: 'break' }, { value: 'b' }],
    });
  });
});

describe('a note without headings', () => {
  test('uses its numbered items as headings and keeps what they hold', () => {
    expect(shape('1. A\n\n- x\n\n2. B\n    - y\n')).toEqual(['heading', 'list', 'heading', 'list']);
    expect(prose('1. A\n\n- x\n\n2. B\n    - y\n')).toBe('1. Ax2. By');
  });

  test('keeps numbered lists as they are once there is a heading', () => {
    expect(shape('# T\n\n1. A\n2. B\n')).toEqual(['heading', 'list']);
  });
});

describe('fences', () => {
  test.each([
    ['python', {}],
    ['PYTHON', {}],
    ['py', {}],
    ['python title="a b.py" hl_lines="3 5-6"', { title: 'a b.py', lines: '3,5-6' }],
    ['python:c1.py', { title: 'c1.py' }],
    ['python {1-3|5} replay=off views=lanes,queue', { lines: '1-3|5', replay: false, views: ['lanes', 'queue'] }],
    ['python watch=total,남은_일', { watch: ['total', '남은_일'] }],
    ['python engine=cpython expect=ValueError', { engine: 'cpython', expect: 'ValueError' }],
    ['{.python .numberLines}', {}],
  ])('reads ```%s', (info, meta) => {
    const note = read(`\`\`\`${info}\nx = 1\n\`\`\`\n`);
    expect(note.blocks.map((block) => block.meta)).toEqual([meta]);
    expect(note.messages).toEqual([]);
  });

  test('warns about a meta key that means nothing', () => {
    expect(messages('# A\n\n```python replai=off\nx = 1\n```\n')).toEqual([
      "3: The fence's `replai=off` means nothing here",
    ]);
  });

  test.each([
    ['replai=off', 'Write `replay=on` or `replay=off`, or take it out of the line that opens the fence.'],
    ['views=code,lane', /^Write `views=` and some of `code,thread,.*`, or take it out/],
    ['engine=jython', /^Write `engine=pyodide` or `engine=cpython`, or/],
    ['watch=1st', /such as `watch=total,latest`, or/],
    ['frobnicate=3', 'Take it out of the line that opens the fence.'],
  ])('says how ```python %s would be right', (meta, fix) => {
    const note = read(`# A\n\n\`\`\`python ${meta}\nx = 1\n\`\`\`\n`);
    expect(note.messages).toMatchObject([{ ruleId: 'fence-meta', line: 3, note: expect.stringMatching(fix) }]);
    expect(note.blocks[0]?.meta).toEqual({});
  });

  test('takes an untagged fence that clearly is a program, and no drawing', () => {
    const code = '```\nimport asyncio\n\nasync def main():\n    await asyncio.sleep(1)\n\nasyncio.run(main())\n```\n';
    const drawing = '```\nA: ████\nB:     ████\n0      2\n```\n';
    expect(read(code).blocks).toHaveLength(1);
    expect(read(drawing).blocks).toHaveLength(0);
  });
});

describe('claims', () => {
  const code = '```python\nprint(1)\n```\n';

  test.each([
    ['directly behind', `${code}\`\`\`css\n1\n\`\`\`\n`],
    ['after a word', `${code}\n* 출력\n\n\`\`\`scss\n1\n\`\`\`\n`],
    ['after a heading', `${code}\ntext\n\n### 실행 결과\n\`\`\`\n1\n\`\`\`\n`],
  ])('are found %s', (_, text) => {
    expect(read(text).blocks[0]?.claims.map((claim) => claim.text)).toEqual(['1']);
  });

  test('are not a drawing after prose, nor a shell command behind the code', () => {
    expect(read(`${code}\n그림은 이렇다\n\n\`\`\`\n+--+\n\`\`\`\n`).blocks[0]?.claims).toEqual([]);
    expect(read(`${code}\n\`\`\`\n┌──┐\n│A │\n\`\`\`\n`).blocks[0]?.claims).toEqual([]);
    expect(read(`${code}\`\`\`bash\npython a.py\n\`\`\`\n`).blocks[0]?.claims).toEqual([]);
  });

  test('stand in comments too, with their lines and the statement that prints', () => {
    const note = read('```python\nprint(a)  # 3 4\nprint(b)  # -> 8\n# 출력:\n# x\n# y\n```\n');
    expect(note.blocks[0]?.claims).toMatchObject([
      { form: 'print', sure: false, line: 2, text: '3 4', statement: [2, 2] },
      { form: 'print', sure: true, line: 3, text: '8', statement: [3, 3] },
      { form: 'run', sure: true, line: 5, endLine: 6, text: 'x\ny', about: '출력:' },
    ]);
  });

  const claimed = (...lines: readonly string[]) =>
    read(`\`\`\`python\n${lines.join('\n')}\n\`\`\`\n`).blocks[0]?.claims.map(({ form, text }) => `${form} ${text}`);

  test.each([
    ['출력: 3', 'Output: 3', 'prints: 3', '出力: 3', '输出：3', 'Ausgabe: 3', 'Salida: 3', 'Sortie : 3', '=> 3', '→ 3'],
  ])('are marked by words of seven languages and by arrows', (...marks) => {
    for (const mark of marks) expect(claimed(`print(x)  # ${mark}`), mark).toEqual(['print 3']);
  });

  test.each([
    ['a comment behind anything else', ['x = 3  # 3', 'def f():  # 4', '    return x  # → 5']],
    ['a comment of an argument', ['print(', '    x,  # 3', ')']],
    ['a text that holds a sign', ["print('# 3')"]],
    ['code that was commented out', ['# print(x)  # 3', '# await f()']],
    ['a heading among the comments', ['# 결과 출력', 'print(x)']],
  ])('are not %s', (_, lines) => {
    expect(claimed(...lines)).toEqual([]);
  });

  test('stand below a print that goes over lines, and at its end', () => {
    expect(claimed('print(', '    x,', ')  # 3', 'print(f(', '    y))', '# -> 4')).toEqual(['print 3', 'print 4']);
  });

  test('of a session are the lines between its prompts', () => {
    expect(claimed('>>> x = 1', '>>> for _ in range(2):', '...     x', '...', '1', '1', '', '>>> x', '1')).toEqual([
      'session 1\n1',
      'session 1',
    ]);
  });

  test.each([
    'Output',
    '실행 결과는 다음과 같다:',
    '実行結果：',
    '输出结果：',
    'Die Ausgabe lautet:',
    'La salida:',
    'Résultat :',
  ])('are announced by %s', (word) => {
    expect(read(`${code}\n${word}\n\n\`\`\`\n1\n\`\`\`\n`).blocks[0]?.claims).toMatchObject([
      { sure: true, about: word },
    ]);
  });
});

const folder = new URL('../../../shared/notes/', import.meta.url);
describe.skipIf(!existsSync(folder))('the five notes', () => {
  const notes = existsSync(folder)
    ? readdirSync(folder).map((name) => readNote(readFileSync(new URL(name, folder), 'utf8'), name))
    : [];

  test('hold 43 Python blocks', () => {
    expect(notes.map((note) => note.blocks.length)).toEqual([5, 2, 2, 7, 27]);
  });

  test('are read without a complaint', () => {
    expect(notes.flatMap((note) => note.messages.map(String))).toEqual([]);
  });

  test('promise the outputs that their fences show', () => {
    expect(
      notes.map((note) => note.blocks.filter((block) => block.claims.length > 0).map((block) => block.id)),
    ).toEqual([['b4'], ['b2'], ['b2'], ['b3', 'b5', 'b6'], ['b3', 'b8', 'b9', 'b10', 'b12']]);
  });
});

describe('readNote() and what Unicode and GFM would take away', () => {
  test('composes Hangul to be shown and leaves code as it was written', () => {
    const decomposed = '한글'.normalize('NFD');
    const note = readNote(`# ${decomposed}\n\n\`\`\`python\nprint("${decomposed}")\n\`\`\`\n`, 'a.md');
    expect(note.source).toContain('# 한글');
    expect(note.blocks[0]?.code).toBe(`print("${decomposed}")`);
  });

  test('keeps cells beyond the header and tells of them', () => {
    const note = readNote('| a | b |\n|---|---|\n| `x|y` | 끝 |\n', 'a.md');
    const table = note.tree.children.find((node) => node.type === 'table');
    expect(table?.children.map((row) => row.children.length)).toEqual([3, 3]);
    expect(note.messages.map(({ line, ruleId }) => [line, ruleId])).toEqual([[3, 'table-cells']]);
  });

  test('takes a `>>>` session behind a block for a block, not for its output', () => {
    const fence = (code: string) => `\`\`\`python\n${code}\n\`\`\`\n`;
    expect(readNote(`${fence('x = 1')}\n${fence('>>> 1 + 1\n2')}`, 'a.md').blocks).toHaveLength(2);
  });
});
