import { spawn } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cacheDirectory } from '../../../src/node/record/cache.ts';
import { launchCommand, type Walls } from '../../../src/node/record/runner.ts';
import { findSnapshot, readRuntime } from '../../../src/node/record/runtime.ts';
import { packageRoot } from '../../../src/node/root.ts';
import { globalObject, pastTheSeal } from './attacks/attack.ts';
import { openRunner, openTarget } from './bench.ts';

const folder = join(packageRoot, 'test', 'node', 'record');
let target: Awaited<ReturnType<typeof openTarget>>;
beforeAll(async () => {
  process.env.LOOPREEL_CANARY = '1';
  target = await openTarget();
  // The memory image is made on first use.
  (await openRunner()).kill();
});
afterAll(() => {
  delete process.env.LOOPREEL_CANARY;
  target.close();
});

/** Runs a command line as the runner does, and gives what it printed. */
function run(words: readonly string[], walls: Walls, input = ''): Promise<string> {
  return new Promise((resolve) => {
    const [program = '', ...rest] = words;
    const env = walls.environment === false ? process.env : {};
    const child = spawn(program, rest, { env, stdio: ['pipe', 'pipe', 'ignore'] });
    const chunks: Buffer[] = [];
    child.stdin.on('error', () => {});
    child.stdin.end(input);
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.on('close', () => resolve(Buffer.concat(chunks).toString('utf8')));
  });
}

/** What a hostile script could do in the process itself, were Python and the context no obstacle. */
async function probe(walls: Walls): Promise<readonly string[] | null> {
  const script = join(folder, 'probe.mjs');
  const aims = [join(target.folder, 'secret.txt'), join(target.folder, 'mark'), String(target.port)];
  const printed = await run(launchCommand(script, [script], walls, ...aims).words, walls);
  return printed === '' ? null : JSON.parse(printed);
}

/** What blocks print behind all walls but one. */
async function behind(remove: string, ...codes: readonly string[]): Promise<readonly string[]> {
  const runtime = readRuntime();
  const { pyodide, inside, own, files, seal } = runtime;
  const snapshot = realpathSync((await findSnapshot(cacheDirectory(packageRoot), runtime))?.path ?? '');
  const script = join(folder, 'inside.mjs');
  const realm = realpathSync(join(packageRoot, 'src', 'node', 'record', 'realm.mjs'));
  const library = runtime.compiled?.library ?? null;
  const readable = [pyodide, ...own, ...(library ? [library.path] : []), script, snapshot];
  const { words } = launchCommand(script, readable, { system: false });
  const given = { realm, pyodide, inside, library, files, seal, snapshot, codes, remove };
  const strings = remove === 'L2' ? words.filter((word) => !word.startsWith('--disallow-code')) : words;
  return JSON.parse(await run(strings, {}, JSON.stringify(given))).map((answer: string) => JSON.parse(answer).stdout);
}

/** The system's sandbox may be missing, or be forbidden in a container: then the process cannot even start in it. */
const systemWorks = async () => (await probe({})) !== null && launchCommand(folder, [], {}).system;

describe('each wall of the process is the only one against something', () => {
  const outer = async (walls: Walls) => probe((await systemWorks()) ? walls : { ...walls, system: false });

  test.each<readonly [string, Walls, readonly string[]]>([
    ['L0, the empty environment', { environment: false }, ['environment']],
    ['L2, no code from strings', { strings: false }, ['eval', 'Function']],
    ['L3, the permission model', { permissions: false }, ['own', 'process', 'worker']],
    ['L5, the limit of memory', { memory: false }, ['memory']],
  ])('%s', async (_name, walls, got) => {
    const whole = (await outer({})) ?? [];
    const without = (await outer(walls)) ?? [];
    for (const name of got) {
      expect(whole).not.toContain(name);
      expect(without).toContain(name);
    }
  });

  test('L6, the system’s own sandbox (where there is one)', async ({ skip }) => {
    if (!(await systemWorks())) skip();
    expect(await probe({})).toEqual([]);
    // From Node 25 on the permission model has a wall there too.
    const node = Number.parseInt(process.versions.node, 10);
    expect(await probe({ system: false })).toEqual(node < 25 ? ['network'] : []);
    expect(await probe({ permissions: false })).toEqual(['own', 'process', 'worker']);
    expect(await probe({ permissions: false, system: false })).toEqual(expect.arrayContaining(['read', 'write']));
  });
});

describe('each wall inside the process is the only one against something', () => {
  const attacks = {
    L1: `${pastTheSeal}\n${globalObject}\nprint("ESCAPED" if hasattr(world(), "process") else "held")`,
    L2: `${pastTheSeal}\nprint("ESCAPED" if Function("return 1")() == 1 else "held")`,
    L4: 'import js\nprint("ESCAPED")',
  };

  test.each(Object.entries(attacks))('%s', async (wall, code) => {
    expect((await behind('none', code)).join('')).not.toContain('ESCAPED');
    expect((await behind(wall, code)).join('')).toContain('ESCAPED');
  });
});
