import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import type { Browser } from 'puppeteer-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openChromium, openPage } from '../chromium.ts';
import { exporting } from '../export/exporting.ts';

const note = `# 빵집

## 반죽

밀가루와 물, 그리고 시간.

## 굽기

\`\`\`python
import asyncio

async def bake(name):
    await asyncio.sleep(2)
    print(name, "완성")

async def main():
    await asyncio.gather(bake("식빵"), bake("바게트"))

asyncio.run(main())
\`\`\`

## 진열

:::fragment
갓 구운 것부터.
:::
`;

const { folder, run, list } = exporting('bakery', note);
const album = join(folder, 'snapshots', 'bakery');
const snapshot = (...argv: string[]) => run('snapshot', 'bakery.md', ...argv);
const write = (text: string) => writeFileSync(join(folder, 'bakery.md'), text);
const report = join(folder, 'out', 'snapshot', 'index.html');
/** What is printed for slides, without the sums below. */
const told = (stdout: string) => stdout.split('\n').filter((line) => /^[a-z]+ +\S+\//.test(line));
const change = (name: string, alter: (png: PNG) => void) => {
  const path = join(album, `${name}.png`);
  const png = PNG.sync.read(readFileSync(path));
  alter(png);
  writeFileSync(path, PNG.sync.write(png));
};
const onePixel = (png: PNG) => {
  png.data[(300 * png.width + 400) * 4] = 0;
};

let pictures: string[] = [];
beforeAll(() => {
  const { status, stderr } = snapshot('--update');
  expect([status, stderr]).toEqual([0, '']);
  pictures = list('snapshots/bakery').filter((path) => path.endsWith('.png'));
  cpSync(join(folder, 'snapshots'), join(folder, 'kept'), { recursive: true });
});
beforeEach(() => {
  rmSync(join(folder, 'snapshots'), { recursive: true, force: true });
  cpSync(join(folder, 'kept'), join(folder, 'snapshots'), { recursive: true, preserveTimestamps: true });
  write(note);
});

describe('loopreel snapshot', () => {
  test('--update makes a picture of each slide at each step, and a manifest', () => {
    expect(pictures.filter((path) => !path.startsWith('굽기-'))).toEqual([
      '굽기.0.png',
      '반죽.0.png',
      '빵집.0.png',
      '진열.0.png',
      '진열.1.png',
    ]);
    const steps = pictures.filter((path) => path.startsWith('굽기-'));
    expect(steps.length).toBeGreaterThan(2);
    expect(new Set(pictures.map((path) => readFileSync(join(album, path)).toString('base64'))).size).toBe(
      pictures.length,
    );
    for (const path of pictures) {
      const { width, height } = PNG.sync.read(readFileSync(join(album, path)));
      expect([width, height]).toEqual([1920, 1080]);
    }
    const manifest = JSON.parse(readFileSync(join(album, 'manifest.json'), 'utf8'));
    expect(manifest).toMatchObject({ browser: expect.stringMatching(/^Chrome\/\d/), scheme: 'light', theme: null });
    expect(Object.keys(manifest.fonts)).toContain('Loopreel Sans 400');
  });

  test('finds nothing to say of the same note, with nothing cached', () => {
    const { status, stdout, stderr } = snapshot('--no-cache');
    expect(stdout).toBe(`${pictures.length} of ${pictures.length} pictures are as their baselines\n`);
    expect([status, stderr]).toEqual([0, '']);
    expect(existsSync(report)).toBe(false);
  });

  test('without baselines fails, and says how to make them', () => {
    rmSync(join(folder, 'snapshots'), { recursive: true });
    const { status, stdout, stderr } = snapshot();
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toBe(
      'loopreel: `snapshots/bakery` has no baselines; make them with --update, look at them, and keep the folder with the notes\n',
    );
    expect(existsSync(join(folder, 'snapshots'))).toBe(false);
  });

  test('finds, names and shows one pixel', () => {
    change('반죽.0', onePixel);
    const { status, stdout } = snapshot();
    expect(status).toBe(1);
    expect(told(stdout)).toEqual(['changed  bakery/반죽.0: 1 pixel, within 1 × 1 at 400, 300']);
    const html = readFileSync(report, 'utf8');
    expect(html).toContain('data-box="400 300 1 1"');
    for (const png of [join(album, '반죽.0.png'), join(folder, 'kept', 'bakery', '반죽.0.png')])
      expect(html).toContain(readFileSync(png).toString('base64'));
    expect(html).not.toMatch(/(?:src|href)="(?!data:|#)/);
    // The report goes when there is nothing to report.
    cpSync(join(folder, 'kept'), join(folder, 'snapshots'), { recursive: true });
    expect(snapshot().status).toBe(0);
    expect(existsSync(report)).toBe(false);
  });

  test('lets pass what --max-pixels allows', () => {
    change('반죽.0', onePixel);
    expect(snapshot('--max-pixels', '1').status).toBe(0);
  });

  test('finds a letter, and leaves the slides behind an inserted one alone', () => {
    write(note.replace('그리고 시간', '그리고 시칸').replace('## 굽기', '## 발효\n\n기다린다.\n\n## 굽기'));
    const { status, stdout } = snapshot();
    expect(status).toBe(1);
    expect(told(stdout)).toEqual([
      expect.stringMatching(/^changed {2}bakery\/반죽\.0: \d+ pixels, within \d\d × \d\d at /),
      'new      bakery/발효.0: it has no baseline yet',
    ]);
  });

  test('names what is missing, broken, of another size or of no slide', () => {
    rmSync(join(album, '빵집.0.png'));
    writeFileSync(join(album, '반죽.0.png'), 'no picture');
    writeFileSync(join(album, '굽기.0.png'), PNG.sync.write(new PNG({ width: 960, height: 540 })));
    write(note.replace(/## 진열.*/s, ''));
    const { status, stdout } = snapshot();
    expect(status).toBe(1);
    expect(told(stdout)).toEqual([
      'missing  bakery/빵집.0: its baseline is gone',
      'broken   bakery/반죽.0: its baseline is no PNG that can be read',
      'resized  bakery/굽기.0: its baseline is 960 × 540',
      'removed  bakery/진열.0: no slide makes this picture any more',
      'removed  bakery/진열.1: no slide makes this picture any more',
    ]);
    expect(list('snapshots/bakery')).toContain('진열.1.png');
  });

  test('--update touches what differs and nothing else', () => {
    change('반죽.0', onePixel);
    writeFileSync(join(album, 'mine.png'), 'mine');
    write(note.replace(/:::fragment\n|:::\n$/g, ''));
    const times = (paths: readonly string[]) => paths.map((path) => statSync(join(album, path)).mtimeMs);
    const others = pictures.filter((path) => !path.startsWith('반죽') && !path.startsWith('진열'));
    const before = times([...others, 'manifest.json']);
    const { status, stdout } = snapshot('--update');
    expect(status).toBe(0);
    expect(stdout.split('\n').filter((line) => line.includes('.png'))).toEqual([
      'written  snapshots/bakery/반죽.0.png',
      'written  snapshots/bakery/진열.0.png',
      'removed  snapshots/bakery/진열.1.png',
    ]);
    expect(times([...others, 'manifest.json'])).toEqual(before);
    const kept = pictures.filter((path) => path !== '진열.1.png');
    expect(list('snapshots/bakery')).toEqual([...kept, 'manifest.json', 'mine.png'].sort());
    expect(snapshot().status).toBe(0);
  });

  test('--slide looks at one slide, and removes nothing', () => {
    change('반죽.0', onePixel);
    write(note.replace(/## 진열.*/s, ''));
    expect(snapshot('--slide', '굽기').stdout).toBe('1 of 1 pictures are as their baselines\n');
    expect(told(snapshot('--slide', 'bakery/반죽.0').stdout)).toHaveLength(1);
    expect(snapshot('--slide', '반죽', '--update').status).toBe(0);
    expect(list('snapshots/bakery')).toContain('진열.0.png');
    const { status, stderr } = snapshot('--slide', '반주');
    expect([status, stderr]).toEqual([1, 'loopreel: there is no slide `반주`; did you mean `반죽`?\n']);
  });

  test('--shard: all shares together look at every picture once', () => {
    change('진열.1', onePixel);
    rmSync(join(album, '빵집.0.png'));
    const sums = [3, 1, 2].map((n) => snapshot('--shard', `${n}/3`).stdout);
    expect(sums.flatMap(told).sort()).toEqual([
      expect.stringMatching(/^changed {2}bakery\/진열\.1/),
      expect.stringMatching(/^missing {2}bakery\/빵집\.0/),
    ]);
    const counts = sums.map((text) => Number(/of (\d+) pictures/.exec(text)?.[1] ?? 0));
    expect(counts.reduce((a, b) => a + b)).toBe(pictures.length);
  });

  test('tells of baselines whose note is gone', () => {
    writeFileSync(join(folder, 'cake.md'), '# 케이크\n');
    expect(run('snapshot', 'cake.md', '--update').status).toBe(0);
    rmSync(join(folder, 'cake.md'));
    expect(told(snapshot().stdout)).toEqual(['removed  cake/케이크.0: no slide makes this picture any more']);
    expect(snapshot('--update').stdout).toContain('removed  snapshots/cake/케이크.0.png');
    expect(existsSync(join(folder, 'snapshots', 'cake', '케이크.0.png'))).toBe(false);
  });

  test('does not compare with pictures of another browser, font or scheme', () => {
    const path = join(album, 'manifest.json');
    writeFileSync(path, readFileSync(path, 'utf8').replace(/Chrome\/[\d.]+/, 'Chrome/99.0'));
    const { status, stdout, stderr } = snapshot();
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(
      /^loopreel: `snapshots\/bakery` was made with browser Chrome\/99\.0 \(here Chrome\/[\d.]+\): that alone changes pictures; use the same .* or make them with --update.*\n$/,
    );
    expect(snapshot('--update', '--slide', '반죽').stderr).toMatch(
      /^loopreel: `snapshots\/bakery\/.*\.png` would be left as it is, but its deck was made with .*; leave --slide away\n$/,
    );
    expect(snapshot('--update').status).toBe(0);
    expect(snapshot().status).toBe(0);
    expect(snapshot('--scheme', 'dark').stderr).toMatch(/scheme light \(here dark\)/);
    writeFileSync(path, '{');
    expect(snapshot().stderr).toMatch(/has a manifest\.json that is damaged; restore it/);
  });

  test('--scheme and --baselines make another album', () => {
    const dark = ['--scheme', 'dark', '--baselines', 'dark', '--slide', '반죽'];
    expect(snapshot(...dark, '--update').status).toBe(0);
    expect(list('dark')).toEqual(['.loopreel.json', 'bakery/manifest.json', 'bakery/반죽.0.png']);
    expect(snapshot(...dark).status).toBe(0);
    const dim = PNG.sync.read(readFileSync(join(folder, 'dark', 'bakery', '반죽.0.png')));
    expect(dim.data[0]).toBeLessThan(80);
  });

  test.each([
    [['--shard', '3/2'], '--shard `3/2` is no share of a whole'],
    [['--shard', '1/2', '--update'], '--update makes whole decks anew; leave --shard away'],
    [['--threshold', '2'], 'expected a number from 0 to 1'],
    [['--max-pixels', 'few'], 'expected a number from 0 to 2073600'],
    [['--scheme', 'blue'], 'Allowed choices are light, dark'],
  ])('%j is a wrong command line: exit code 2', (argv, message) => {
    const { status, stderr } = snapshot(...argv);
    expect(status).toBe(2);
    expect(stderr).toContain(message);
  });

  test('leaves baselines as they were when they cannot be written', () => {
    change('반죽.0', onePixel);
    writeFileSync(join(folder, 'file'), '');
    const { status, stderr } = snapshot('--update', '--baselines', 'file/album');
    expect([status, stderr]).toEqual([
      1,
      'loopreel: output `file/album` is, or lies below, a file; choose another --baselines\n',
    ]);
    expect(snapshot('--browser', '/none').stderr).toBe('loopreel: browser `/none` does not exist; correct --browser\n');
    mkdirSync(join(folder, 'other', 'bakery'), { recursive: true });
    writeFileSync(join(folder, 'other', 'bakery', '반죽.0.png'), 'mine');
    expect(snapshot('--update', '--baselines', 'other').stderr).toMatch(/was not made by loopreel/);
    expect(list('other')).toEqual(['bakery/반죽.0.png']);
  });

  test('keeps baselines whole when the browser dies', async () => {
    const before = list('snapshots');
    // A browser that is named is ours to end: it writes its number down.
    const wrapper = join(folder, 'browser.sh');
    const { ids } = await chromiumCommand();
    writeFileSync(wrapper, `#!/bin/sh\necho $$ > '${join(folder, 'pid')}'\nexec '${ids}' "$@"\n`, { mode: 0o755 });
    const cli = join(import.meta.dirname, '..', '..', 'dist', 'cli.js');
    const argv = [cli, 'snapshot', 'bakery.md', '--update', '--browser', wrapper];
    const child = spawn(process.execPath, argv, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
    let stderr = '';
    child.stderr.on('data', (data) => {
      stderr += data;
    });
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
    const staging = () => readdirSync(join(folder, 'snapshots')).some((name) => name.startsWith('.loopreel-writing'));
    while (child.exitCode === null && !staging()) await new Promise((resolve) => setTimeout(resolve, 20));
    process.kill(Number(readFileSync(join(folder, 'pid'), 'utf8')), 'SIGKILL');
    expect(await ended).toBe(1);
    expect(stderr).toMatch(
      /^loopreel: the browser stopped at `bakery.*`; run again, or name another one with --browser\n$/,
    );
    expect(list('snapshots')).toEqual(before);
  });
});

/** Where the packaged Chromium lies. */
async function chromiumCommand() {
  const browser = await openChromium();
  const ids = browser.process()?.spawnfile ?? '';
  await browser.close();
  return { ids };
}

describe('the report', () => {
  let browser: Browser;
  const path = join(folder, 'report.html');
  beforeAll(async () => {
    browser = await openChromium();
    cpSync(join(folder, 'kept'), join(folder, 'snapshots'), { recursive: true });
    write(note);
    change('반죽.0', onePixel);
    change('굽기.0', (png) => png.data.fill(90, 4 * 1920 * 100, 4 * 1920 * 500));
    rmSync(join(album, '빵집.0.png'));
    expect(snapshot().status).toBe(1);
    cpSync(report, path);
  });
  afterAll(() => browser?.close());

  test('is walked through by keys, in four views', async () => {
    const { page, problems } = await openPage(browser, path);
    const view = () => page.evaluate(() => document.documentElement.dataset.view);
    const focused = () => page.evaluate(() => document.activeElement?.textContent);
    expect(await view()).toBe('beside');
    const names: (string | null | undefined)[] = [];
    for (const key of ['j', 'j', 'k'] as const) {
      await page.keyboard.press(key);
      names.push(await focused());
    }
    expect(names).toEqual(['bakery/빵집.0', 'bakery/반죽.0', 'bakery/빵집.0']);
    for (const [key, name] of [
      ['2', 'swipe'],
      ['3', 'onion'],
      ['4', 'difference'],
      ['1', 'beside'],
    ] as const) {
      await page.keyboard.press(key);
      expect(await view()).toBe(name);
    }
    await page.keyboard.press('2');
    await page.focus('[name="share"]');
    await page.keyboard.press('Home');
    const clip = () => page.$eval('.pair .after', (figure) => getComputedStyle(figure).clipPath);
    expect(await clip()).toBe('inset(0px 0px 0px 0%)');
    await page.keyboard.press('End');
    expect(await clip()).toBe('inset(0px 0px 0px 100%)');
    expect(problems).toEqual([]);
    await page.close();
  });

  test('shows one pixel large, before and after', async () => {
    const { page } = await openPage(browser, path);
    const middles = () =>
      [...document.querySelectorAll<HTMLCanvasElement>('.glass canvas')].map((canvas) => [
        ...(canvas.getContext('2d')?.getImageData(canvas.width / 2, canvas.height / 2, 1, 1).data ?? []),
      ]);
    await page.waitForFunction(`(${middles})().slice(0, 2).every(([, , , alpha]) => alpha === 255)`);
    const colours = await page.evaluate(middles);
    const [before, after] = colours;
    expect(before?.[0]).toBe(0);
    expect(after?.[0]).toBeGreaterThan(200);
    await page.close();
  });

  test.each([
    [1920, 1080],
    [360, 740],
  ])('is accessible at %i × %i and nothing leaves it, in every view', async (width, height) => {
    const { page } = await openPage(browser, path, width, height);
    await page.evaluate(readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'));
    for (const scheme of ['light', 'dark']) {
      await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
      for (const key of ['1', '2', '3', '4'] as const) {
        await page.keyboard.press(key);
        const found = (await page.evaluate(
          'axe.run().then(({ violations }) => violations.map(({ id }) => id))',
        )) as string[];
        expect([scheme, key, ...found]).toEqual([scheme, key]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
      }
    }
    await page.close();
  });
});
