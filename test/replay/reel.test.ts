import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { JSDOM } from 'jsdom';
import { describe, expect, test } from 'vitest';
import { readNote } from '../../src/notes/read.ts';
import { writeAnimatedSvg } from '../../src/replay/animatedSvg.ts';
import { pictureOf } from '../../src/replay/picture.ts';
import { makeReel, type Reel } from '../../src/replay/reel.ts';
import { openReplay, type Replay } from '../../src/replay/replay.ts';
import { writeSvg } from '../../src/replay/write.ts';

/** The replay of a case's committed trace. */
function replayOf(name: string): Replay {
  const read = (file: string) => readFileSync(join(import.meta.dirname, '..', 'cases', name, file), 'utf8');
  const [block] = readNote(read('1-notes.md'), `${name}.md`).blocks;
  if (!block) throw new Error(`${name} has no block`);
  const code = block.code.split('\n').map((text) => [{ text, kind: 'plain' as const }]);
  const trace = read('3-trace.jsonl');
  return openReplay({ id: 'b1', title: 'A & <B>', lang: 'ko', trace, code, firstLine: block.line + 1 });
}

const parse = (svg: string) => {
  const { window } = new JSDOM(`<body>${svg}</body>`);
  const root = window.document.querySelector('svg');
  if (!root) throw new Error('no svg');
  return root;
};

/** What a reel shows of one frame. */
function frameOf({ svg, sets }: Reel, frame: number): string {
  const root = parse(svg);
  for (const [n, shown] of sets.entries()) {
    for (const element of root.querySelectorAll(`.f${n}`)) {
      if (!shown.includes(frame)) element.remove();
      element.classList.remove(`f${n}`);
    }
  }
  return drawing(root);
}

/** What is drawn, without classes that say nothing. */
function drawing(root: Element): string {
  return root.innerHTML.replaceAll(' class=""', '');
}

const cases = ['gather', 'semaphore', 'queue', 'deadlock', 'blocking', 'lifo-queue', 'gather-failure'];

describe('makeReel()', () => {
  test.each(cases)('%s: every frame is the picture of its key step', (name) => {
    const replay = replayOf(name);
    const reel = makeReel(replay);
    expect(reel.frames.map(({ caption }) => caption)).toEqual(replay.keySteps.map(({ caption }) => caption));
    for (const [n, { index }] of replay.keySteps.entries()) {
      const picture = pictureOf(replay, index, { layout: 'wide', width: 1776, height: 836, scrubber: false });
      expect(frameOf(reel, n)).toBe(drawing(parse(writeSvg(picture))));
    }
  });

  test('draws what does not change once', () => {
    const replay = replayOf('semaphore');
    const pictures = replay.keySteps.map(({ index }) =>
      writeSvg(pictureOf(replay, index, { layout: 'wide', width: 1776, height: 836, scrubber: false })),
    );
    const apart = pictures.reduce((sum, { length }) => sum + length, 0);
    expect(makeReel(replay).svg.length).toBeLessThan(apart / 2);
  });
});

describe('writeAnimatedSvg()', () => {
  const written = () =>
    writeAnimatedSvg(makeReel(replayOf('gather')), { title: 'A & <B>', lang: 'ko', css: '', sprite: '' });

  test('says what it shows: a title, and a sentence for each frame', () => {
    const root = parse(written());
    expect(root.querySelector('title')?.textContent).toBe('A & <B>');
    const steps = replayOf('gather').keySteps.map(({ caption }, n) => `${n + 1}. ${caption}`);
    expect(root.querySelector('desc')?.textContent).toBe(steps.join('\n'));
  });

  test('holds no script and no address', () => {
    expect(written()).not.toMatch(/<script|\son\w+=|(?:href|src)="(?!#)|url\((?!data:|#)/);
  });
});
