import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { recordNotes } from '../../src/node/record/record.ts';
import { readNote } from '../../src/notes/read.ts';
import { openReplay, pageDataOf, type Replay } from '../../src/replay/replay.ts';
import { holdsAt, plain } from '../replay/naive.ts';

const runtimeDirectory = join(import.meta.dirname, '..', '..', 'node_modules', '.cache', 'loopreel');

/** The two crowds of `crowds.md`, really recorded: a thousand tasks, and six that run for long. */
let replays: readonly Replay[];
beforeAll(async () => {
  const note = readNote(readFileSync(join(import.meta.dirname, 'crowds.md'), 'utf8'), 'crowds.md');
  const recordings = await recordNotes([{ file: note.path, blocks: note.blocks, network: [] }], {
    cacheDirectory: null,
    runtimeDirectory,
  });
  replays = note.blocks.map(({ id, code, line }) => {
    const trace = recordings.get(note.path)?.find((recording) => recording.id === id)?.trace ?? '';
    const lines = code.split('\n').map((text) => [{ text, kind: 'plain' as const }]);
    return openReplay({ id, title: id, lang: 'ko', trace, code: lines, firstLine: line + 1 });
  });
});

describe('large recordings', () => {
  test('have a hundred thousand events or so, and a thousand tasks or a few', () => {
    expect(replays.map(({ labels }) => labels.size)).toEqual([1001, 7]);
    for (const { trace } of replays) expect(trace.events.length).toBeGreaterThan(80_000);
  });

  test('have the states of a replay from 0', () => {
    for (const replay of replays) {
      const { length } = replay.trace.events;
      // A stride that meets the stretches between keyframes at ever other places.
      const indices = Array.from({ length: 160 }, (_, n) => (n * 499 * 7) % length);
      holdsAt(replay, new Set([...indices, 511, 512, length - 1]));
    }
  });

  test('are in a page what they are on disk', () => {
    for (const replay of replays) {
      const page = openReplay(JSON.parse(JSON.stringify(pageDataOf(replay))));
      expect(page.trace).toEqual(replay.trace);
      expect(page.stops).toEqual(replay.stops);
      expect(page.keySteps).toEqual(replay.keySteps);
      for (const { index } of replay.keySteps) expect(plain(page.stateAt(index))).toEqual(plain(replay.stateAt(index)));
    }
  });
});
