import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { check } from '../../src/node/check.ts';
import { cacheDirectory } from '../../src/node/record/cache.ts';
import { packageRoot } from '../../src/node/root.ts';

const cli = join(import.meta.dirname, '..', '..', 'dist', 'cli.js');
const runtimeDirectory = cacheDirectory(packageRoot);
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'loopreel-slides-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Checks notes given by name, with options; messages as `line severity rule`, and what was said of no note. */
async function checked(files: Record<string, string>, options: { theme?: string; browser?: string } = {}) {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const problems: string[] = [];
  const effects = { print() {}, problem: (text: string) => void problems.push(text), messages() {}, progress() {} };
  const paths = [folder];
  const outcome = await check({ paths, cacheDirectory: null, runtimeDirectory, slides: true, ...options }, effects);
  const found = outcome.notes.flatMap(({ messages }) =>
    messages.map(({ line, fatal, ruleId }) => `${line} ${fatal ? 'error' : 'warning'} ${ruleId}`),
  );
  return { found, problems, failed: outcome.failed };
}

const clean = `---
title: 낮잠
subtitle: 세 사람
---

# 낮잠

잠든 작업은 아무도 막지 않습니다.

## 함께 자기

\`gather()\`는 모두를 **함께** 기다립니다. ⏳

\`\`\`python
import asyncio

async def nap(name, seconds):
    await asyncio.sleep(seconds)
    print(name)

async def main():
    await asyncio.gather(nap("가", 2), nap("나", 1))

asyncio.run(main())
\`\`\`

| 이름 | 초 |
|---|---|
| 가 | 2 |
| 나 | 1 |

## 수식

$$t = \\max(2, 1)$$
`;
const words = (count: number) => Array.from({ length: count }, (_, n) => `w${n}`).join(' ');

describe('loopreel check looks at slides and', () => {
  test('finds nothing in a note with a replay, a table and a formula', async () => {
    expect(await checked({ 'a.md': clean })).toEqual({ found: [], problems: [], failed: false });
  });

  test('warns of a slide with too many words or items, at its heading', async () => {
    const note = `# T\n\n## Full\n\n- ${words(70)}\n- ${words(60)}\n`;
    const items = Array.from({ length: 13 }, (_, n) => `- item ${n}`).join('\n');
    const { found, failed } = await checked({ 'a.md': note, 'b.md': `# T\n\n## Many\n\n${items}\n` });
    expect(found).toEqual(['3 warning slide-wordy', '3 warning slide-wordy']);
    expect(failed).toBe(false);
  });

  test('lets the agenda of a long deck be long', async () => {
    const sections = Array.from({ length: 15 }, (_, n) => `## Part ${n}\n\nText of part ${n}.\n`).join('\n');
    expect(await checked({ 'a.md': `# T\n\n${sections}` })).toEqual({ found: [], problems: [], failed: false });
  });

  test("finds what a theme of one's own breaks", async () => {
    const theme = join(folder, 'mine.css');
    const quiet = readFileSync(join(packageRoot, 'themes', 'quiet.css'), 'utf8');
    writeFileSync(theme, `${quiet}\n.slide td { font-size: 20px; color: #eee }\n`);
    const { found, failed } = await checked({ 'a.md': clean }, { theme });
    expect(found).toContain('29 warning slide-text-size');
    expect(found).toContain('29 error slide-contrast');
    expect(failed).toBe(true);
  });

  test('goes on without a browser, and says so once', async () => {
    const before = process.env.PUPPETEER_EXECUTABLE_PATH;
    process.env.PUPPETEER_EXECUTABLE_PATH = join(folder, 'none');
    try {
      const { found, problems, failed } = await checked({ 'a.md': clean, 'b.md': '# B\n\n글\n' });
      expect({ found, failed }).toEqual({ found: [], failed: false });
      expect(problems).toEqual([expect.stringMatching(/^slides were not looked at: browser `.*none` does not exist/)]);
    } finally {
      if (before === undefined) delete process.env.PUPPETEER_EXECUTABLE_PATH;
      else process.env.PUPPETEER_EXECUTABLE_PATH = before;
    }
  });

  test('takes a browser that the user names but that is not there for a mistake', async () => {
    await expect(checked({ 'a.md': clean }, { browser: '/none/chrome' })).rejects.toThrow(/does not exist/);
  });

  test('still tells of a picture that is missing, and looks at the other notes', async () => {
    const { found } = await checked({
      'a.md': '# A\n\n![그림](none.svg)\n',
      'b.md': `# T\n\n## Full\n\n${words(130)}\n`,
    });
    expect(found).toEqual(['3 error image-missing', '3 warning slide-wordy']);
  });

  test('--json tells of slides too; --no-slides does not look', () => {
    writeFileSync(join(folder, 'a.md'), `# T\n\n## Full\n\n${words(130)}\n`);
    const run = (...argv: string[]) =>
      spawnSync(process.execPath, [cli, 'check', 'a.md', ...argv], {
        cwd: folder,
        encoding: 'utf8',
        env: { ...process.env, PUPPETEER_EXECUTABLE_PATH: '/none' },
      });
    const { status, stdout, stderr } = run('--json');
    expect(status).toBe(0);
    expect(stderr).toMatch(/^loopreel: slides were not looked at: [^\n]*\n$/);
    expect(JSON.parse(stdout)[0].messages).toEqual([
      expect.objectContaining({
        line: 3,
        ruleId: 'slide-wordy',
        severity: 'warning',
        reason: expect.stringMatching(/^slide "Full/),
      }),
    ]);
    const text = run('--no-slides');
    expect([text.status, text.stdout, text.stderr]).toEqual([0, '1 note: 0 errors, 0 warnings, 0 info\n', '']);
  });
});
