import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageRoot } from '../../../src/node/root.ts';
import { environmentOf } from './bench.ts';

/** All that a process has started, and what that has started; empty where the system does not tell. */
function descendants(pid: number): readonly number[] {
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
    return children.flatMap((child) => [child, ...descendants(child)]);
  } catch {
    return [];
  }
}

const isGone = (pid: number) => !environmentOf(pid) && !isRunning(pid);

/** Whether a process does more than wait for its parent to take note of its end. */
function isRunning(pid: number): boolean {
  try {
    return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

const children = existsSync(`/proc/${process.pid}/task/${process.pid}/children`);

test.skipIf(!children).each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGKILL', null],
] as const)(
  'nothing runs on after %s to the command (skipped where processes cannot be listed)',
  async (signal, code) => {
    const folder = mkdtempSync(join(tmpdir(), 'loopreel-test-'));
    writeFileSync(join(folder, 'endless.py'), 'while True: pass');
    const command = [
      join(packageRoot, 'dist', 'cli.js'),
      'record',
      join(folder, 'endless.py'),
      '--limit-seconds',
      '60',
    ];
    const child = spawn(process.execPath, command, { cwd: packageRoot, stdio: 'ignore' });
    const ended = new Promise((resolve) => child.on('close', resolve));
    const pid = child.pid ?? 0;
    const busy = () =>
      descendants(pid).some((one) => Number(/^\S+ \(.*\) \S+(?: \S+){10} (\d+)/.exec(stat(one))?.[1]) > 50);
    await expect.poll(busy, { timeout: 60_000 }).toBe(true);
    const all = descendants(pid);
    child.kill(signal);
    expect(await ended).toBe(code);
    await expect.poll(() => all.filter((one) => !isGone(one)), { timeout: 20_000 }).toEqual([]);
    rmSync(folder, { recursive: true });
  },
);

function stat(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return '';
  }
}
