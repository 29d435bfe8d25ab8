import type { Code, Nodes, Parent, Root } from 'mdast';
import { toString as plainText } from 'mdast-util-to-string';
import type { VFile } from 'vfile';
import { claimsInCode, isDrawing, isOutputWord, neverOutput } from './claims.ts';
import { fenceLanguage, fenceMeta, isPythonName } from './fence.ts';
import type { Block, Claim } from './note.ts';
import { looksLikeNoPython, looksLikePython } from './python.ts';

declare module 'mdast' {
  interface CodeData {
    /** Id of the block that this fence is. */
    block?: string;
    /** Id of the block whose promised output this fence is. */
    claimOf?: string;
  }
}

/** Anything that stands between two fences, or a fence. */
interface Stop {
  readonly node: Nodes;
  readonly text: string;
}

/**
 * Finds a note's Python blocks and what the note promises that they print.
 *
 * @param tree The note's tree; each block's `code` node gets `data.block`, each fence that holds a block's output
 * `data.claimOf`.
 * @param file Takes warnings about fences' meta strings.
 * @returns The blocks in order of the note, `b1` first.
 */
export function findBlocks(tree: Root, file: VFile): Block[] {
  const blocks: Block[] = [];
  const claims = new Map<string, Claim[]>();
  let before: Stop | undefined;
  for (const stop of stops(tree)) {
    if (stop.node.type === 'code') {
      const node = stop.node;
      const last = blocks.at(-1);
      if (last && isClaim(node, before)) {
        node.data = { ...node.data, claimOf: last.id };
        claims.get(last.id)?.push({ line: line(node) + 1, text: node.value });
      } else if (isPython(node)) {
        const id = `b${blocks.length + 1}`;
        node.data = { ...node.data, block: id };
        const own = claimsInCode(node.value, line(node) + 1);
        claims.set(id, own);
        blocks.push({
          id,
          line: line(node),
          code: node.value,
          language: fenceLanguage(node),
          meta: fenceMeta(node, file),
          claims: own,
        });
      }
    }
    before = stop;
  }
  return blocks;
}

/** The note as a row of leaf blocks: paragraphs, headings, tables, fences, in order. */
function* stops(parent: Parent): Generator<Stop> {
  for (const child of parent.children) {
    if (child.type === 'code') yield { node: child, text: child.value };
    else if (['blockquote', 'list', 'listItem', 'containerDirective', 'footnoteDefinition'].includes(child.type))
      yield* stops(child as Parent);
    else yield { node: child, text: plainText(child) };
  }
}

function isPython(node: Code): boolean {
  const language = fenceLanguage(node);
  return isPythonName(language) || (language === '' && looksLikePython(node.value));
}

/** An output of the block before: announced by a word, or put right behind it. */
function isClaim(node: Code, before: Stop | undefined): boolean {
  const announced = before !== undefined && before.node.type !== 'code' && isOutputWord(before.text);
  const behind = before?.node.type === 'code' && before.node.data?.block !== undefined;
  if (!announced && !behind) return false;
  const language = fenceLanguage(node);
  if (isPythonName(language)) return looksLikeNoPython(node.value) && (announced || !isDrawing(node.value));
  if (language === '' && looksLikePython(node.value)) return false;
  return announced || !(neverOutput(language) || isDrawing(node.value));
}

function line(node: Nodes): number {
  return node.position?.start.line ?? 1;
}
