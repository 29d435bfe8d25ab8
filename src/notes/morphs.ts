import { diffArrays } from 'diff';
import type { Code, Root, RootContent } from 'mdast';
import { visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import { fenceLook } from './fence.ts';
import { report } from './report.ts';

/** One version of a code that changes before the audience's eyes. */
export interface Morph {
  /** Name of the row of versions. */
  readonly row: string;
  /** Whether it is the first of its row. */
  readonly first: boolean;
  /** Names of its lines: a line that stays from one version to the next keeps its name. */
  readonly lines: readonly string[];
}

/**
 * Finds rows of versions of one code: a fence with `morph` is the next version of the fence before it, with nothing
 * but an output in between. All of a row get the same `data.morph`; one with nothing before it is told of.
 */
export function findMorphs(tree: Root, file: VFile): void {
  let rows = 0;
  visit(tree, 'code', (node, index, parent) => {
    if (!parent || index === undefined || !/\bmorph\b/.test(node.meta ?? '') || !fenceLook(node).morph) return;
    const before = versionBefore(parent.children, index);
    if (!before) {
      report(file, 'this fence is marked `morph` and has no code right before it', {
        place: node.position?.start,
        rule: 'morph-alone',
        fix: 'Put it right behind the version that it changes from, or take `morph` out.',
      });
      return;
    }
    const last = before.data?.morph ?? firstVersion(before, `m${++rows}`);
    before.data = { ...before.data, morph: last };
    node.data = { ...node.data, morph: nextVersion(last, before, node) };
  });
}

function firstVersion(node: Code, row: string): Morph {
  return {
    row,
    first: true,
    lines: node.value.split('\n').map((_, n) => `${row}-${node.position?.start.line}-${n + 1}`),
  };
}

function nextVersion({ row, lines }: Morph, before: Code, node: Code): Morph {
  const names: string[] = [];
  let old = 0;
  for (const { added, removed, value } of diffArrays(before.value.split('\n'), node.value.split('\n'))) {
    if (!added && !removed) names.push(...lines.slice(old, old + value.length));
    if (!added) old += value.length;
    if (added) names.push(...value.map((_, n) => `${row}-${node.position?.start.line}-${names.length + n + 1}`));
  }
  return { row, first: false, lines: names };
}

function versionBefore(siblings: readonly RootContent[], index: number): Code | undefined {
  for (let n = index - 1; n >= 0; n--) {
    const node = siblings[n];
    if (node?.type !== 'code') return undefined;
    if (!node.data?.claimOf) return node;
  }
  return undefined;
}
