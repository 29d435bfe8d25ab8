import type { Root } from 'mdast';
import type {} from 'remark-directive';
import { visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import { meantKey } from './meantKey.ts';
import type { Block } from './note.ts';
import { report } from './report.ts';

declare module 'mdast-util-directive' {
  interface LeafDirectiveData {
    /** Id of the show that a `::replay` puts there. */
    show?: string;
  }
}

/** A block's replay, or a part of it, where the author has put it (`::replay`). */
export interface Cut {
  /** Id of its show: the block's and a number, `b2-1`. */
  readonly show: string;
  readonly block: string;
  /** First and last of its key steps: a step as the clock counts them, from 1, or the label of a mark. */
  readonly from?: number | string;
  readonly to?: number | string;
  /** It begins at this mark and ends before the next one. */
  readonly mark?: string;
  readonly views?: readonly string[];
}

/**
 * Finds the replays that a note puts in places of their own: each `::replay` is of the Python block before it, and
 * replaces the one that would follow the code. One without a block, and one whose range is wrong, is told of.
 */
export function findCuts(tree: Root, blocks: readonly Block[], file: VFile): Cut[] {
  const cuts: Cut[] = [];
  visit(tree, 'leafDirective', (node, index, parent) => {
    if (node.name !== 'replay' || !parent || index === undefined) return undefined;
    const line = node.position?.start.line ?? 1;
    const tell = (reason: string, rule: string, fix: string) =>
      report(file, reason, { place: node.position?.start, rule, fix });
    const block = blocks.findLast((candidate) => candidate.line < line);
    if (!block) {
      tell(
        '`::replay` has no Python block before it',
        'replay-without-block',
        'Put it below the block that it replays.',
      );
      parent.children.splice(index, 1);
      return index;
    }
    const { from, to, mark, views } = node.attributes ?? {};
    const marks = [...block.code.matchAll(/#\s*!mark\s+(.+?)\s*$/gm)].map(([, label = '']) => label);
    const isMark = (label: string) => {
      if (marks.includes(label)) return true;
      const meant = meantKey(label, marks.length > 0 ? marks : ['']);
      const fix =
        marks.length > 0
          ? `Its marks are ${marks.map((known) => `\`${known}\``).join(', ')}.`
          : 'Write `# !mark label` behind a line of it.';
      tell(
        `block ${block.id} has no mark \`${label}\`.${meant ? ` Did you mean \`${meant}\`?` : ''}`,
        'replay-mark',
        fix,
      );
      return false;
    };
    const end = (value: string | null | undefined) => {
      if (!value) return undefined;
      if (/^\d+$/.test(value)) return Number(value);
      return isMark(value) ? value : undefined;
    };
    let [first, last] = [end(from), end(to)];
    if (typeof first === 'number' && typeof last === 'number' && first > last) {
      tell(
        `\`::replay\` ends at step ${last}, before it begins at ${first}`,
        'replay-range',
        'Write the smaller number behind `from=`.',
      );
      [first, last] = [last, first];
    }
    const show = `${block.id}-${cuts.filter((cut) => cut.block === block.id).length + 1}`;
    node.data = { ...node.data, show };
    cuts.push({
      show,
      block: block.id,
      ...(first === undefined ? {} : { from: first }),
      ...(last === undefined ? {} : { to: last }),
      ...(mark && isMark(mark) ? { mark } : {}),
      ...(views ? { views: views.split(',') } : {}),
    });
    return undefined;
  });
  return cuts;
}
