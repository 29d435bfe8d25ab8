import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Runner, Walls } from '../../../src/node/record/runner.ts';
import { attacks } from './attacks.ts';
import { openRunner, openTarget, runBlock, runScript } from './bench.ts';

/** Runs every attack and gives the names of those that got out. */
async function escapes(walls: Walls): Promise<readonly string[]> {
  const target = await openTarget();
  const out: string[] = [];
  let runner: Runner | null = null;
  for (const [index, attack] of attacks.entries()) {
    if (!runner?.alive()) runner = await openRunner(walls);
    const outcome = await runBlock(runner, target.code(attack, index));
    const printed = outcome.kind === 'answer' ? JSON.parse(outcome.text).stdout : '';
    if (printed.includes('ESCAPED') || target.marked(index)) out.push(attack.name);
  }
  runner?.kill();
  if (target.connections() > 0) out.push('a connection was made');
  target.close();
  return out;
}

/** These end the process that they run in, where nothing stands in their way. */
const deadly = new Set([
  'killing the parent',
  'a trap in the interpreter',
  'waiting for ever with Atomics',
  'code of one’s own bytes',
  'a huge answer',
]);

test('the list is long, and its names differ', () => {
  expect(attacks.length).toBeGreaterThanOrEqual(80);
  expect(new Set(attacks.map(({ name }) => name)).size).toBe(attacks.length);
});

test('many attacks get out of Pyodide as it comes', { timeout: 400_000 }, async () => {
  const target = await openTarget();
  const list = attacks.map((attack, index) => ({ name: attack.name, code: target.code(attack, index) }));
  const file = join(target.folder, 'attacks.json');
  writeFileSync(file, JSON.stringify(list.filter(({ name }) => !deadly.has(name))));
  const printed: string[] = JSON.parse(await runScript('stock.mjs', { args: [file], env: { LOOPREEL_CANARY: '1' } }));
  const out = attacks.filter(({ name }, index) => printed.includes(name) || target.marked(index));
  target.close();
  expect(out.length).toBeGreaterThanOrEqual(20);
});

test('none gets out of the sandbox', { timeout: 400_000 }, async () => {
  expect(await escapes({})).toEqual([]);
});

test('none gets out when the seal is broken and Node forbids nothing', { timeout: 400_000 }, async () => {
  expect(await escapes({ seal: false, permissions: false, strings: false, system: false })).toEqual([]);
});
