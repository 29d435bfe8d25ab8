import type { Root } from 'mdast';
import { line, type Stop, stops } from './stops.ts';

/** A paragraph, heading or cell next to a block. */
export interface Prose {
  readonly line: number;
  readonly text: string;
  readonly place: 'before' | 'behind';
}

/** How many paragraphs behind a block, or behind its output, are taken to speak of it. */
const behind = 4;

/** What a note says right before each of its blocks and behind it, up to the next heading. */
export function proseAround(tree: Root): ReadonlyMap<string, readonly Prose[]> {
  const around = new Map<string, Prose[]>();
  let between: Stop[] = [];
  let last: string | undefined;
  let beyond = false;
  for (const stop of stops(tree)) {
    const { node, text } = stop;
    if (node.type === 'code') {
      const block = node.data?.block;
      if (block !== undefined) {
        last = block;
        around.set(
          block,
          between.slice(-2).map((before) => ({ line: line(before.node), text: before.text, place: 'before' })),
        );
      }
      between = [];
      beyond = false;
      continue;
    }
    beyond ||= node.type === 'heading' || node.type === 'thematicBreak';
    between.push(stop);
    if (last !== undefined && !beyond && between.length <= behind) {
      around.get(last)?.push({ line: line(node), text, place: 'behind' });
    }
  }
  return around;
}
