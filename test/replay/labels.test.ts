import { describe, expect, test } from 'vitest';
import { record } from './loop.ts';
import { open, program } from './programs.ts';

function labels(...children: [coro: string, ...args: string[]][]): string[] {
  const trace = record(
    program({
      do: 'gather',
      children: children.map(([coro, ...args]) => ({
        coro,
        args: args.map((value, n): [string, string] => [`a${n}`, value]),
        body: program(),
      })),
    }),
  );
  return [...open(trace).labels.values()];
}

describe('labels of tasks', () => {
  test('are the first short argument that tells siblings apart', () => {
    expect(labels(['task', "'A'", '2'], ['task', "'B'", '1'])).toEqual(['main', 'A', 'B']);
    expect(labels(['task', "'작업1'", '2'], ['task', "'작업2'", '2'])).toEqual(['main', '작업1', '작업2']);
    expect(labels(['limited', '<Semaphore>', '3'], ['limited', '<Semaphore>', '4'])).toEqual(['main', '3', '4']);
    expect(labels(['task', '1', "'x'"], ['task', '1', "'y'"])).toEqual(['main', 'x', 'y']);
  });

  test('are the coroutine where it has no siblings and a short name', () => {
    expect(labels(['producer'], ['consumer'])).toEqual(['main', 'producer', 'consumer']);
  });

  test('are letters where nothing short tells them apart', () => {
    const url = (name: string) => `'https://www.${name}.org/'`;
    expect(labels(['fetch', url('a')], ['fetch', url('b')])).toEqual(['main', 'A', 'B']);
    expect(labels(['a_long_coroutine'])).toEqual(['main', 'A']);
  });

  test('are never given twice', () => {
    expect(labels(['load', '1'], ['load', '2'], ['save', '1'], ['save', '2'])).toEqual(['main', '1', '2', 'A', 'B']);
    expect(labels(['task', "'main'"], ['task', "'B'"])).toEqual(['main', 'A', 'B']);
  });
});
