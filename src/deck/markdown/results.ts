import type { Code } from 'mdast';
import { reasonIn } from '../reasons.ts';
import type { BlockShow } from '../show.ts';
import { fenced, folded, quoted } from './blocks.ts';
import type { Walk } from './walk.ts';

/** Lines of output that stand open; more are folded away. */
const most = 30;

/** What stands below a block: its real output where the note shows none, what became of it, its replay. */
export function madeOf(node: Code, walk: Walk): string {
  const local = node.data?.block ?? '';
  const id = `b${++walk.counter.blocks}`;
  walk.blocks.set(local, id);
  const block = walk.note.blocks.find((candidate) => candidate.id === local);
  const show = walk.shows.get(id);
  if (!show || !block) return '';
  const { words } = walk;
  const parts: string[] = [];
  const printed = plain(show.stdout).replace(/\n+$/, '');
  const label = show.simulated === undefined ? words.output : `${words.output} · ${words.simulated[show.simulated]}`;
  if (printed !== '' && !block.claims.some(({ form, sure }) => sure || form !== 'run')) {
    const output = fenced(printed);
    const long = printed.split('\n').length > most;
    parts.push(long ? folded(label, output) : show.simulated === undefined ? output : `${label}:\n\n${output}`);
  }
  if (show.status === 'raised' && show.error) {
    const line = show.error.line === null ? undefined : show.error.line - block.line;
    parts.push(quoted(`**${words.raisedAt(line ?? 1)}**\n\n${fenced(plain(show.error.text))}`));
  }
  if (show.status === 'skipped' || show.status === 'stopped') {
    const reason = show.reason ?? show.error?.text;
    const what = show.status === 'skipped' ? words.notRun : words.stopped;
    if (reason) parts.push(quoted(`**${what}:** ${reasonIn(words.lang, reason)}`));
  }
  if (!walk.placed.has(local)) parts.push(stepsOf(show, walk));
  return parts.filter((part) => part !== '').join('\n\n');
}

/** A replay: the picture of its last key step, and a sentence for each. */
export function stepsOf({ id, stills = [] }: BlockShow, { words, still }: Walk): string {
  const last = stills.at(-1);
  if (!last) return '';
  const address = encodeURI(still(id)).replace(/[()]/g, (sign) => (sign === '(' ? '%28' : '%29'));
  const picture = `![${marked(last.caption)}](${address})`;
  const sentences = stills.map(({ caption, clock }, n) => `${n + 1}. ${marked(caption)} (${clock})`);
  return `${picture}\n\n${folded(words.keySteps(stills.length), sentences.join('\n'))}`;
}

/** Without the colours of a terminal (ECMA-48, 5.4). */
function plain(text: string): string {
  return text.replace(/\x1b\[[0-?]*[ -/]*[@-~]/g, '');
}

/** A sentence of ours, in which no sign may be taken for Markdown. */
function marked(text: string): string {
  return text.replace(/[\\`*_[\]<>#|~]/g, (sign) => `\\${sign}`);
}
