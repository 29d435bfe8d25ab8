import type { Block } from '../notes/note.ts';
import type { Prose } from '../notes/prose.ts';
import { judgeDurations } from './durationClaims.ts';
import type { Evidence } from './evidence.ts';
import { judgeOutput } from './outputClaims.ts';
import { judgePrints } from './printClaims.ts';
import type { Verdict } from './verdict.ts';

/**
 * Holds everything that a note promises of a block against what happened.
 *
 * @param prose What the note says next to it.
 * @param evidence The block's recording.
 * @param variants Recordings of it in varied worlds, where there are any: what differs between them is free. Without
 * them a false verdict is a suspicion.
 * @returns A verdict for each claim; comments that turn out to be none get `none`.
 */
export function judgeBlock(
  block: Block,
  prose: readonly Prose[],
  evidence: Evidence,
  variants: readonly Evidence[] = [],
): Verdict[] {
  const lines = block.claims.filter(({ form }) => form !== 'print');
  return [
    ...lines.map((claim) => judgeOutput(claim, block, evidence, variants)),
    ...judgePrints(block, evidence, variants),
    ...judgeDurations(block, prose, evidence, variants),
  ].sort((a, b) => a.line - b.line);
}
