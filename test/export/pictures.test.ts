import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { pictureSize } from '../../src/node/pictureSize.ts';
import { exporting } from './exporting.ts';

const note = `# 빵집

## 반죽 기다리기

\`\`\`python
import asyncio

async def rise(name):
    await asyncio.sleep(1)
    print(name, "완성")

async def main():
    await asyncio.gather(rise("식빵"), rise("바게트"))

asyncio.run(main())
\`\`\`

## 끝

수고했습니다.
`;

const { run, read, list } = exporting('bakery', note);
const hash = (path: string) => createHash('sha256').update(read(path)).digest('hex');

describe('loopreel export', () => {
  let steps = 0;
  beforeAll(() => {
    expect(run('build', 'bakery.md', '-o', 'site').status).toBe(0);
    steps =
      read('site/bakery/index.html')
        .toString()
        .match(/class="still[ "]/g)?.length ?? 0;
    expect(steps).toBeGreaterThan(3);
    const { status, stderr } = run('export', 'bakery.md', '--png', '--webp', '--steps');
    expect([status, stderr]).toEqual([0, '']);
  });

  test('--steps has a picture of every key step, in both formats, no two of them alike', () => {
    const numbered = Array.from({ length: steps }, (_, n) => `반죽-기다리기-실행-과정.${n + 1}`);
    const names = ['끝', '반죽-기다리기', '빵집', ...numbered];
    const files = list('out/bakery');
    expect(files).toEqual(names.flatMap((name) => [`${name}.png`, `${name}.webp`]).sort());
    const pictures = files.filter((file) => file.endsWith('.png'));
    expect(new Set(pictures.map((file) => hash(`out/bakery/${file}`))).size).toBe(pictures.length);
  });

  test('pictures are 3840 × 2160', () => {
    for (const name of ['끝.png', '끝.webp'])
      expect(pictureSize(read(`out/bakery/${name}`))).toEqual({ width: 3840, height: 2160 });
  });

  test('the same note gives the same bytes; without --steps the last step stands for all', () => {
    expect(run('export', 'bakery.md', '--png', '--no-cache', '-o', 'again').status).toBe(0);
    expect(list('again/bakery')).toEqual(
      ['끝.png', '반죽-기다리기-실행-과정.png', '반죽-기다리기.png', '빵집.png'].sort(),
    );
    expect(hash('again/bakery/빵집.png')).toBe(hash('out/bakery/빵집.png'));
    const last = hash(`out/bakery/반죽-기다리기-실행-과정.${steps}.png`);
    expect(hash('again/bakery/반죽-기다리기-실행-과정.png')).toBe(last);
  });

  test('one format never removes the other, and a build removes neither', () => {
    expect(run('export', 'bakery.md', '--png').status).toBe(0);
    expect(run('build', 'bakery.md').status).toBe(0);
    const files = list('out/bakery');
    expect(files.filter((file) => file.endsWith('.png'))).toHaveLength(4);
    expect(files.filter((file) => file.endsWith('.webp'))).toHaveLength(3 + steps);
  });

  test('--steps alone is told of', () => {
    const { status, stderr } = run('export', 'bakery.md', '--pdf', '--steps');
    expect(stderr).toBe('loopreel: --steps is about pictures; give --png or --webp too\n');
    expect(status).toBe(2);
  });
});
