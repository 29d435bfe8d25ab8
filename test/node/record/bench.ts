import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cacheDirectory } from '../../../src/node/record/cache.ts';
import { defaultLimits } from '../../../src/node/record/limits.ts';
import { type Outcome, type Runner, startRunner, type Walls } from '../../../src/node/record/runner.ts';
import { findSnapshot, keepSnapshot, readRuntime } from '../../../src/node/record/runtime.ts';
import { packageRoot } from '../../../src/node/root.ts';
import { type Attack, aim } from './attacks/attack.ts';

/** A process with chosen walls; the memory image is kept in the project's own cache. */
export async function openRunner(walls: Walls = {}): Promise<Runner> {
  const runtime = readRuntime();
  const directory = cacheDirectory(packageRoot);
  const keep = (image: Uint8Array) => keepSnapshot(directory, runtime, image);
  return startRunner(runtime, await findSnapshot(directory, runtime), { walls, keep });
}

/** Records one block of code as a note of its own. */
export function runBlock(runner: Runner, code: string, seconds = 3): Promise<Outcome> {
  const blocks = [{ id: 'b1', line: 1, code, meta: {} }];
  const limits = { ...defaultLimits, seconds };
  const request = { file: 'note.md', blocks, target: 'b1', limits, engine: { implementation: 'Pyodide' } };
  return runner.record(JSON.stringify(request), seconds, seconds + 2);
}

/** A folder of the host with a secret, a place for marks and a port: what attacks are after. */
export async function openTarget() {
  const folder = mkdtempSync(join(tmpdir(), 'loopreel-target-'));
  const secret = join(folder, 'secret.txt');
  writeFileSync(secret, 'the secret');
  let connections = 0;
  const server = createServer((socket) => {
    connections++;
    socket.on('error', () => {});
    socket.end('HTTP/1.0 200 OK\r\n\r\nhello');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const mark = (index: number) => join(folder, `mark-${index}`);
  return {
    folder,
    port,
    connections: () => connections,
    code: (attack: Attack, index: number) => aim(attack, mark(index), secret, port),
    marked: (index: number) => existsSync(mark(index)),
    close: () => {
      server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Runs a script of this folder in Node and gives what it printed. */
export function runScript(
  script: string,
  options: { flags?: readonly string[]; env?: NodeJS.ProcessEnv; args?: readonly string[] },
) {
  return new Promise<string>((resolve) => {
    const path = join(packageRoot, 'test', 'node', 'record', script);
    const child = spawn(process.execPath, [...(options.flags ?? []), path, ...(options.args ?? [])], {
      env: options.env ?? {},
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.on('close', () => resolve(Buffer.concat(chunks).toString('utf8')));
  });
}

/** What a process sees of its environment, where the system tells. */
export function environmentOf(pid: number): string | null {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8');
  } catch {
    return null;
  }
}
