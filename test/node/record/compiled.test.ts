import { expect, onTestFinished, test } from 'vitest';
import { startRunner } from '../../../src/node/record/runner.ts';
import { type Runtime, readRuntime } from '../../../src/node/record/runtime.ts';
import { runBlock } from './bench.ts';

const code =
  'import argparse, asyncio\nasync def main():\n    await asyncio.sleep(1)\n    print(argparse.__name__)\nasyncio.run(main())';

/** The answer for `code` of a process that starts from nothing. */
async function answerOf(runtime: Runtime): Promise<string> {
  const runner = await startRunner(runtime, null, {});
  onTestFinished(runner.kill);
  const outcome = await runBlock(runner, code);
  return outcome.kind === 'answer' ? outcome.text : outcome.kind;
}

test('a recording is the same whether library and recorder come compiled or not', async () => {
  const runtime = readRuntime();
  expect(runtime.compiled).not.toBeNull();
  const answer = await answerOf(runtime);
  expect(JSON.parse(answer)).toMatchObject({ status: 'ran', stdout: 'argparse\n' });
  expect(await answerOf({ ...runtime, compiled: null })).toBe(answer);
});

test('a module of the recorder that has changed is not taken in its old compiled form', async () => {
  const runtime = readRuntime();
  const files = runtime.files.map(
    ([path, text]) => [path, text.replace('"format": "loopreel-trace"', '"format": "changed"')] as const,
  );
  expect(JSON.parse(await answerOf({ ...runtime, files })).trace).toContain('"format":"changed"');
});

test('a library that was damaged is not started', async () => {
  const runtime = readRuntime();
  const library = { path: runtime.compiled?.library.path ?? '', digest: '0'.repeat(64) };
  const damaged = { ...runtime, compiled: { library, recorder: runtime.compiled?.recorder ?? '' } };
  await expect(answerOf(damaged)).rejects.toThrow('could not be started');
});
