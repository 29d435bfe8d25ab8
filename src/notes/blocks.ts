import type { Code, Root } from 'mdast';
import type { VFile } from 'vfile';
import { claimsInCode, claimsInSession } from './claims.ts';
import { fenceLanguage, fenceLook, fenceMeta, isPythonName } from './fence.ts';
import type { Morph } from './morphs.ts';
import type { Block, BlockMeta, Claim } from './note.ts';
import { isAnswerWord, isDrawing, isOutputWord, neverOutput } from './outputWords.ts';
import { looksLikeNoPython, looksLikePython } from './python.ts';
import { line, type Stop, stops } from './stops.ts';

declare module 'mdast' {
  interface CodeData {
    /** Id of the block that this fence is. */
    block?: string;
    /** Id of the block whose promised output this fence is. */
    claimOf?: string;
    /** How a fence that is no block is shown. */
    look?: Pick<BlockMeta, 'title' | 'lines'>;
    /** Its place in a row of versions of one code. */
    morph?: Morph;
  }
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
  const blocks: (Block & { claims: Claim[] })[] = [];
  let between: Stop[] = [];
  for (const stop of stops(tree)) {
    const last = blocks.at(-1);
    if (stop.node.type !== 'code') {
      between.push(stop);
      continue;
    }
    const node = stop.node;
    const kind = last && claimKind(node, between, last.id);
    if (last && kind) {
      node.data = { ...node.data, claimOf: last.id };
      last.claims.push(fenceClaim(node, between, kind === 'sure'));
    } else if (isPython(node)) {
      const id = `b${blocks.length + 1}`;
      node.data = { ...node.data, block: id };
      const claims = node.value.includes('>>> ') ? claimsInSession : claimsInCode;
      blocks.push({
        id,
        line: line(node),
        code: node.value,
        language: fenceLanguage(node),
        meta: fenceMeta(node, file),
        claims: [...claims(node.value, line(node) + 1)],
      });
    } else {
      const { title, lines } = fenceLook(node);
      if (title || lines)
        node.data = { ...node.data, look: { ...(title ? { title } : {}), ...(lines ? { lines } : {}) } };
    }
    between = [stop];
  }
  return blocks;
}

function fenceClaim(node: Code, between: readonly Stop[], sure: boolean): Claim {
  const about = between.filter((stop) => stop.node.type !== 'code').map(({ text }) => text);
  return {
    form: 'fence',
    sure,
    line: line(node) + 1,
    endLine: line(node) + node.value.split('\n').length,
    at: 0,
    text: node.value,
    about: [...about.slice(-2), node.meta ?? ''].join('\n').trim(),
  };
}

function isPython(node: Code): boolean {
  const language = fenceLanguage(node);
  return isPythonName(language) || (language === '' && looksLikePython(node.value));
}

/**
 * Whether a fence is an output of the block before: announced by a word (`sure`), or put right behind it.
 *
 * @param between What stands between it and the fence before, that fence first.
 */
function claimKind(node: Code, between: readonly Stop[], block: string): 'sure' | 'likely' | undefined {
  const language = fenceLanguage(node);
  const words = between.filter((stop) => stop.node.type !== 'code').slice(-2);
  const named = /^(?:output|outputs|stdout|result|출력|결과)$/.test(language) || isOutputWord(node.meta ?? '');
  const [last = '', earlier = ''] = words.map(({ text }) => text.trim()).reverse();
  // A remark may stand between the word and the output: "출력:", "(순서는 다를 수 있다)".
  const remarked = /[:：]$/.test(earlier) && !/[.。!?]$/.test(last) && isOutputWord(earlier);
  const announced = named || isOutputWord(last) || remarked;
  const before = between[0]?.node;
  const behind =
    (between.length === 1 || (between.length === 2 && isAnswerWord(last))) &&
    before?.type === 'code' &&
    (before.data?.block === block || before.data?.claimOf === block);
  if (!announced && !behind) return undefined;
  if (isPythonName(language)) {
    return looksLikeNoPython(node.value) && (announced || !isDrawing(node.value)) ? 'likely' : undefined;
  }
  if (language === '' && looksLikePython(node.value)) return undefined;
  const session = isShellSession(node.value);
  if (announced) return isDrawing(node.value) || (neverOutput(language) && !session) ? 'likely' : 'sure';
  if (isDrawing(node.value) || (neverOutput(language) && !session)) return undefined;
  return 'likely';
}

/** Commands with a prompt and what they print. */
function isShellSession(text: string): boolean {
  const lines = text.split('\n').filter((row) => row.trim() !== '');
  return /^\s*[$%>]\s+\S*py/.test(lines[0] ?? '') && lines.some((row) => !/^\s*[$%>]\s/.test(row));
}
