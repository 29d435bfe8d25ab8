import { expect, test } from 'vitest';
import { isMeantAsOutput, type PrintComment } from '../../src/check/printComment.ts';

const none = new Set<string>();
const comment = (text: string, shows: PrintComment['shows'], call: string): PrintComment => ({
  text,
  shows,
  calls: [call],
  marked: undefined,
  printed: none,
  literals: new Set(['Koch']),
  functions: new Set(['main']),
  numbers: [],
  others: { true: 0, false: 0 },
});

test.each([
  ['boom', 'error', 'bang', true],
  ['Event loop is closed', 'error', 'Runner is closed', true],
  ['This event loop is already running', 'error', 'asyncio.run() cannot be called from a running event loop', true],
  ['error', 'error', 'bang', false],
  ['메시지', 'error', 'bang', false],
  ['the message only', 'error', 'no', false],
  ['main', 'name', 'Task-1', true],
  ['Task-2', 'name', 'Task-1', true],
  ['ValueError', 'name', 'RuntimeError', true],
  ['Kellner', 'name', 'Koch', true],
  ['Standardname', 'name', 'Task-1', false],
  ['the main task', 'name', 'Task-1', false],
  ['result', 'value', 'milk', false],
  ['끝', 'value', '우유', false],
  ['boom', undefined, 'bang', false],
] as const)('`%s` behind a print of one %s that shows `%s` is meant as output: %s', (text, shows, call, expected) => {
  expect(isMeantAsOutput(comment(text, shows, call))).toBe(expected);
});
