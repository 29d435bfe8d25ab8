import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..', '..');

/** One of each kind: all 93 pictures of the lectures would be 12 MB. */
const slides = [
  '누가-지금-스레드를-쥐고-있나',
  '차례',
  '기다림은-공짜가-아니다',
  '부르는-것과-실행하는-것',
  '부르는-것과-실행하는-것-실행-과정',
  '줄-서서-끓이는-물-실행-과정',
  '합과-최댓값',
  '정리-무엇을-언제-쓰나',
  'a-sum-or-a-maximum',
  'to-remember',
];

test('our own lectures look as they did', () => {
  const argv = [
    'snapshot',
    'slides',
    '--baselines',
    'test/snapshot/baselines',
    ...slides.flatMap((id) => ['--slide', id]),
  ];
  const update = process.env.UPDATE === '1' ? ['--update'] : [];
  const cli = join(root, 'dist', 'cli.js');
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...argv, ...update], {
    cwd: root,
    encoding: 'utf8',
  });
  // Look at out/snapshot/index.html; a change that is meant is made the baseline by UPDATE=1.
  expect([stderr, stdout.replace(/^\d+ of \d+ .*\n$/, ''), status]).toEqual([
    '',
    update.length > 0 ? expect.anything() : '',
    0,
  ]);
});
