import { expect, onTestFinished, test } from 'vitest';
import { startRunner } from '../../../src/node/record/runner.ts';
import { readRuntime } from '../../../src/node/record/runtime.ts';
import { runBlock } from './bench.ts';

const code = `import pathlib, traceback
with open("a.txt", "w") as file:
    file.write("hi")
print(pathlib.Path("a.txt").read_text())
try:
    1 / 0
except ZeroDivisionError:
    traceback.print_exc()
`;

test('files that a block opens itself are told as simulated, those that the library opens are not told', async () => {
  const runner = await startRunner(readRuntime(), null, {});
  onTestFinished(runner.kill);
  const outcome = await runBlock(runner, code);
  const trace: string = outcome.kind === 'answer' ? JSON.parse(outcome.text).trace : '';
  const opened = trace
    .split('\n')
    .filter((line) => line.includes('"k":"io"'))
    .map((line) => JSON.parse(line));
  expect(opened).toMatchObject([
    { op: 'open', what: 'file a.txt', simulated: true },
    { op: 'open', what: 'file a.txt', simulated: true },
  ]);
});
