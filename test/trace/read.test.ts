import { describe, expect, it } from 'vitest';
import { readTrace, TraceError } from '../../src/trace/read.ts';

const header = {
  format: 'loopreel-trace',
  version: 1,
  python: '3.14.2',
  implementation: 'Pyodide',
  clock: 'virtual',
  file: 'tea.md',
  line: 4,
  source: 'sha256:0',
  sites: [[4, '<module>']],
  limits: { seconds: 5 },
  truncated: false,
};
const line = (i: number, more: object = {}) => ({
  i,
  t: i,
  tick: 0,
  step: 0,
  k: 'line',
  task: null,
  site: 0,
  ...more,
});
const text = (...values: readonly object[]) => `${values.map((value) => JSON.stringify(value)).join('\n')}\n`;

/** An `end` whose error holds so many others within each other. */
const deep = (levels: number) => {
  const open = '{"type":"E","message":"[","exceptions":[';
  return `{"i":0,"t":0,"tick":0,"step":0,"k":"end","task":null,"outcome":"raised","error":${open.repeat(levels)}{"type":"E","message":""}${']}'.repeat(levels)}}`;
};

describe('readTrace()', () => {
  it('gives the header and the events in order', () => {
    const trace = readTrace(text(header, line(0), line(1)));
    expect(trace.header.file).toBe('tea.md');
    expect(trace.events.map(({ i }) => i)).toEqual([0, 1]);
  });

  it('needs no newline at the end', () => {
    expect(readTrace(text(header, line(0)).trimEnd()).events).toHaveLength(1);
  });

  it('takes every operation of a resource that the format names', () => {
    const operations = ['acquire', 'wait', 'leave', 'wake', 'release', 'set', 'clear', 'notify', 'put', 'get'];
    const events = operations.map((op, i) => ({ i, t: 0, tick: 1, step: 1, k: 'res', task: 1, r: 1, op, value: 0 }));
    expect(readTrace(text(header, ...events)).events).toHaveLength(operations.length);
  });

  it.each<[string, string, RegExp]>([
    ['an empty file', '', /^t\.jsonl:1: expected a JSON object/],
    ['a line that is not JSON', `${text(header)}{`, /^t\.jsonl:2: expected a JSON object/],
    ['another version', text({ ...header, version: 2 }), /^t\.jsonl:1: `version`/],
    ['an unknown field of the header', text({ ...header, mood: 1 }), /^t\.jsonl:1: `mood`/],
    ['an unknown kind', text(header, line(0, { k: 'dance' })), /^t\.jsonl:2: `k`/],
    ['an unknown field of an event', text(header, line(0, { mood: 1 })), /^t\.jsonl:2: `mood`/],
    ['a missing field', text(header, line(0, { site: undefined })), /^t\.jsonl:2: `site`/],
    ['a gap in `i`', text(header, line(0), line(2)), /^t\.jsonl:3: expected `i` to be 1, found 2/],
    ['time that falls', text(header, line(0, { t: 5 }), line(1, { t: 4 })), /^t\.jsonl:3: time falls from 5 to 4 ns/],
    ['an error within errors without end', text(header) + deep(40_000), /^t\.jsonl:2: expected a JSON object/],
    ['the first of a million empty lines', text(header) + '\n'.repeat(1_000_000), /^t\.jsonl:2: expected a JSON/],
    ['an operation that is none', text(header, { ...line(0), k: 'res', r: 1, op: 'eat', value: 0 }), /^t\.jsonl:2/],
  ])('refuses %s, naming file and line', (_, given, message) => {
    expect(() => readTrace(given, 't.jsonl')).toThrow(message);
    expect(() => readTrace(given, 't.jsonl')).toThrow(TraceError);
  });
});
