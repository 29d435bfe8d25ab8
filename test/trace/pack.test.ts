import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readBytes, writeBytes } from '../../src/trace/bytes.ts';
import { packTrace, unpackTrace } from '../../src/trace/pack.ts';
import { readTrace } from '../../src/trace/read.ts';
import { recordings } from '../replay/programs.ts';

/** What a page gets of a trace: through JSON and back. */
function roundTrip(lines: string) {
  const trace = readTrace(lines);
  return { trace, unpacked: unpackTrace(JSON.parse(JSON.stringify(packTrace(trace)))) };
}

describe('packTrace() and unpackTrace()', () => {
  const folder = join(import.meta.dirname, '..', 'cases');
  test.each(readdirSync(folder))('give back the trace of %s, in less room', (name) => {
    const lines = readFileSync(join(folder, name, '3-trace.jsonl'), 'utf8');
    const { trace, unpacked } = roundTrip(lines);
    expect(unpacked).toStrictEqual(trace);
    expect(JSON.stringify(packTrace(trace)).length).toBeLessThan(JSON.stringify(lines).length);
  });

  test('give back arbitrary recordings', () => {
    fc.assert(
      fc.property(recordings, (lines) => {
        const { trace, unpacked } = roundTrip(lines);
        expect(unpacked).toStrictEqual(trace);
      }),
      { numRuns: 40, seed: 5 },
    );
  });

  test('give back texts that look like holes, numbers that are not whole, and times beyond 2³²', () => {
    const header = readFileSync(join(folder, 'gather', '3-trace.jsonl'), 'utf8').split('\n', 1)[0];
    const at = (i: number, fields: object) => JSON.stringify({ i, t: i * 86_400e9, tick: 0, step: 0, ...fields });
    const spawn = { k: 'spawn', task: 1, id: 1, name: '#', coro: '##', parent: null, site: null, group: null };
    const lines = [
      header,
      at(0, {
        ...spawn,
        args: [
          ['#', '#1'],
          ['##', '7'],
        ],
        eager: false,
      }),
      at(1, { k: 'res', task: null, r: 1, op: 'put', value: 0.5 }),
      at(2, { k: 'res', task: 1, r: 1, op: 'put', value: -3 }),
      at(3, { k: 'timer+', task: 1, h: 3, when: 8_999_999_999_999_999, api: '', by: null, internal: true }),
      at(4, { k: 'timer+', task: 1, h: 3, when: 1, api: '', by: 0, label: '', internal: true }),
    ];
    const { trace, unpacked } = roundTrip(lines.join('\n'));
    expect(unpacked).toStrictEqual(trace);
  });
});

test('readBytes() gives back what writeBytes() was given', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.nat(300), fc.maxSafeNat())), (numbers) => {
      const reader = readBytes(writeBytes(numbers));
      const read: number[] = [];
      while (!reader.done()) read.push(reader.next());
      expect(read).toEqual(numbers);
    }),
  );
});
