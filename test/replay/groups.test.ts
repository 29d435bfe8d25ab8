import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { branchesOf, groupInSight, mostBranches } from '../../src/replay/groups.ts';
import { open } from './programs.ts';

/** The trees of a case, one for each stop that shows one; a leaf tells the task it comes from. */
function trees(name: string): readonly string[] {
  const replay = open(readFileSync(join(import.meta.dirname, '..', 'cases', name, '3-trace.jsonl'), 'utf8'));
  return replay.stops.flatMap((stop) => {
    const group = groupInSight(replay.stateAt(stop));
    if (!group) return [];
    const rows = branchesOf(replay, stop, group);
    expect(rows.length).toBeLessThanOrEqual(mostBranches(replay.trace));
    return [
      rows
        .map(({ type, depth, origin }) => {
          const from = origin?.task == null ? '' : ` ${replay.labels.get(origin.task)}`;
          return `${'-'.repeat(depth)}${type}${from}`;
        })
        .join(' '),
    ];
  });
}

describe('the tree of an ExceptionGroup', () => {
  test('is seen where it is raised, and where it ends the program', () => {
    expect(new Set(trees('task-group-failure'))).toEqual(new Set(['ExceptionGroup -ValueError soup']));
  });

  test('has groups inside of groups, and whose each exception was', () => {
    expect([...new Set(trees('task-group-nested'))]).toEqual([
      'ExceptionGroup -ValueError B',
      'ExceptionGroup -KeyError A -ExceptionGroup --ValueError B',
    ]);
  });

  test('is nowhere without a group', () => {
    expect(trees('gather-failure')).toEqual([]);
  });
});
