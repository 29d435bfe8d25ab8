import { expect, test } from 'vitest';
import { cacheDirectory } from '../../../src/node/record/cache.ts';
import { type BlockRecording, recordNotes } from '../../../src/node/record/record.ts';
import { packageRoot } from '../../../src/node/root.ts';
import { openReplay } from '../../../src/replay/replay.ts';
import { makeStills } from '../../../src/replay/stills.ts';
import { TraceError } from '../../../src/trace/read.ts';
import { disturbances } from './attacks/disturbances.ts';
import { openRunner, runBlock } from './bench.ts';

/** Shows whatever another block could have left behind. */
const witness = `import asyncio, builtins, gc, json, os, random, signal, sys, threading, time
print(id(object()), random.random(), os.urandom(4), time.time(), os.getcwd(), sorted(os.environ), os.listdir("/"))
print(len(sys.modules), sys.getrecursionlimit(), threading.active_count(), len(gc.callbacks), len(vars(builtins)))
print(signal.getsignal(signal.SIGTERM), [sys.monitoring.get_tool(n) for n in range(6)], len(object.__subclasses__()))
async def nap(n):
    await asyncio.sleep(n)
    return json.dumps({"slept": n})
async def main():
    print(await asyncio.gather(nap(1), nap(2)))
asyncio.run(main())`;

const options = { limits: { seconds: 2 }, cacheDirectory: null, runtimeDirectory: cacheDirectory(packageRoot) };

const noteOf = (file: string, code: string) => ({ file, blocks: [{ id: 'b1', line: 1, code, meta: {} }] });

/** Draws a recording as a deck does: what is no trace is refused in words, all else is drawn. */
function draw({ trace = '' }: BlockRecording): void {
  try {
    const code = [[{ text: 'await nap()', kind: 'plain' as const }]];
    makeStills(openReplay({ id: 'b1', title: 'A', lang: 'ko', firstLine: 2, trace, code }));
  } catch (error) {
    if (!(error instanceof TraceError)) throw error;
  }
}

test('no block takes the machine, the command or the next block with it', { timeout: 600_000 }, async () => {
  const alone = (await recordNotes([noteOf('next.md', witness)], options)).get('next.md');
  expect(alone?.[0]?.status).toBe('ran');
  for (const { name, code } of disturbances) {
    const recordings = await recordNotes([noteOf('first.md', code), noteOf('next.md', witness)], {
      ...options,
    });
    const first = recordings.get('first.md')?.[0];
    if (!first) throw new Error(`${name}: no recording`);
    draw(first);
    expect(first.stdout, name).not.toContain('ESCAPED');
    expect(recordings.get('next.md'), name).toEqual(alone);
  }
  expect(process.resourceUsage().maxRSS).toBeLessThan(3_000_000);
});

test('a block that sleeps in JavaScript is not given more time for it', { timeout: 100_000 }, async () => {
  const runner = await openRunner();
  const sleep = disturbances.find(({ name }) => name.startsWith('sleep in JavaScript'));
  const outcome = await runBlock(runner, sleep?.code ?? '', 1);
  expect(outcome.kind === 'answer' ? outcome.processorSeconds : outcome.kind).toBe(Number.POSITIVE_INFINITY);
});
