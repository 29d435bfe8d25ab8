import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readPdf } from './pdf.ts';

const root = join(import.meta.dirname, '..');
const note = `---
title: Naps
---

# Naps

## One \`nap\` ⏳

Somebody [sleeps](./other.md), see [Python](https://docs.python.org).

\`\`\`python
import asyncio

async def main():
    print("✅ 낮잠")
    await asyncio.sleep(1)

asyncio.run(main())
\`\`\`

:::notes
Whisper this.
:::

## Nothing more

The end.
`;

let folder = '';
const run = (...argv: string[]) =>
  spawnSync(process.execPath, [join(root, 'dist', 'cli.js'), ...argv], { cwd: folder, encoding: 'utf8' });
const pdf = (name: string) => readPdf(readFileSync(join(folder, 'out', name)));

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'loopreel-export-'));
  writeFileSync(join(folder, 'naps.md'), note);
  const { status, stderr } = run('export', 'naps.md', '--pdf', '--handout', '--png');
  expect(stderr).toBe('');
  expect(status).toBe(0);
  run('build', 'naps.md', '--out', 'site');
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('loopreel export', () => {
  const slides = () => JSON.parse(readFileSync(join(folder, 'site', 'naps', 'deck.json'), 'utf8')).slides;

  test('--pdf is tagged, in the deck’s language, and its outline has one entry a slide', () => {
    const { catalog, dictionary, dictionaries, string } = pdf('naps.pdf');
    expect(dictionary(catalog['/StructTreeRoot'])['/Type']).toBe('/StructTreeRoot');
    expect(string(catalog['/Lang'])).toBe('en');
    expect(dictionaries.filter((entry) => entry['/Title'] && entry['/Parent'])).toHaveLength(slides().length);
  });

  test('--pdf has a page for each slide and one for each further key step', () => {
    const stills =
      readFileSync(join(folder, 'site', 'naps', 'index.html'), 'utf8').match(/class="still[ "]/g)?.length ?? 0;
    const replays = slides().filter(({ id }: { id: string }) => id.endsWith('step-by-step')).length;
    expect(replays).toBe(1);
    expect(pdf('naps.pdf').pages).toHaveLength(slides().length - replays + stills);
  });

  test.each(['naps.pdf', 'naps-handout.pdf'])('%s embeds its own fonts, none of them Type 3', (name) => {
    const fonts = pdf(name).dictionaries.filter((object) => object['/Type'] === '/Font');
    expect(fonts.length).toBeGreaterThan(0);
    for (const font of fonts) {
      expect(font['/Subtype']).not.toBe('/Type3');
      expect(font['/BaseFont']).toMatch(/^\/[A-Z]{6}\+Loopreel(?:Sans|Mono)-(?:Regular|Bold)$/);
    }
  });

  test.each(['naps.pdf', 'naps-handout.pdf'])('%s links to the web and to nothing on this machine', (name) => {
    expect(pdf(name).links).toEqual([{ address: 'https://docs.python.org/' }]);
  });

  test('--png gives a picture of every slide, 3840 × 2160', () => {
    const names = readdirSync(join(folder, 'out', 'naps')).sort();
    expect(names).toEqual(
      slides()
        .map(({ id }: { id: string }) => `${id}.png`)
        .sort(),
    );
    for (const name of names) {
      const { width, height } = PNG.sync.read(readFileSync(join(folder, 'out', 'naps', name)));
      expect([width, height]).toEqual([3840, 2160]);
    }
  });

  test('removes pictures of slides that are gone, and keeps what it did not make', () => {
    writeFileSync(join(folder, 'out', 'naps', 'mine.png'), 'mine');
    writeFileSync(join(folder, 'naps.md'), note.replace('## Nothing more', '## Something else'));
    expect(run('export', 'naps.md', '--png').status).toBe(0);
    const names = readdirSync(join(folder, 'out', 'naps'));
    expect(names).toContain('something-else.png');
    expect(names).toContain('mine.png');
    expect(names).not.toContain('nothing-more.png');
    expect(existsSync(join(folder, 'out', 'naps.pdf'))).toBe(true);
  });

  test('says so when the browser does not exist, and leaves nothing behind', () => {
    const { status, stderr } = run('export', 'naps.md', '--pdf', '--browser', '/none/chrome', '--out', 'empty');
    expect(stderr).toBe('loopreel: browser `/none/chrome` does not exist; correct --browser\n');
    expect(status).toBe(1);
    expect(existsSync(join(folder, 'empty'))).toBe(false);
  });
});
