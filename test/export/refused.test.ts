import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { exporting } from './exporting.ts';

/** Thai: none of our fonts has it. */
const note = `# 표시

## 모르는 글자

\`\`\`python
import asyncio

async def main():
    print("ก")
    await asyncio.sleep(1)

asyncio.run(main())
\`\`\`
`;

const { folder, run, read, list } = exporting('mark', note);
const kinds = ['--single-file', '--pptx', '--png', '--svg', '--gif', '--md'];

beforeAll(() => {
  writeFileSync(join(folder, 'plain.md'), note.replace('ก', '가'));
});

describe('loopreel export', () => {
  test.each(kinds)('%s tells of a character that no font has, and leaves nothing behind', (kind) => {
    const { status, stderr } = run('export', 'mark.md', kind, '-o', 'none');
    expect(stderr).toContain('mark.md:9:12: error: no font has a glyph for `ก` (U+0E01)');
    expect(status).toBe(1);
    expect(existsSync(join(folder, 'none'))).toBe(false);
  });

  test.each(kinds)('%s stops where something else has its place, and keeps it', (kind) => {
    const out = `taken${kind}`;
    expect(run('export', 'plain.md', kind, '-o', out).status).toBe(0);
    const [path = ''] = list(out).filter((name) => !name.startsWith('.'));
    const mine = join(folder, `mine${kind}`, path);
    mkdirSync(join(mine, '..'), { recursive: true });
    writeFileSync(mine, 'mine');
    const { status, stderr } = run('export', 'plain.md', kind, '-o', `mine${kind}`);
    expect(stderr).toContain(`\`${join(`mine${kind}`, path)}\` exists and was not made by loopreel`);
    expect(status).toBe(1);
    expect(list(`mine${kind}`)).toEqual([path]);
    expect(read(join(`mine${kind}`, path)).toString()).toBe('mine');
  });

  test('a kind that is missing is asked for by name', () => {
    const { status, stderr } = run('export', 'plain.md');
    for (const kind of kinds) expect(stderr).toContain(kind);
    expect(status).toBe(2);
  });
});
