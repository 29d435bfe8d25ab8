import { toString as plainText } from 'mdast-util-to-string';
import { EXIT, visit } from 'unist-util-visit';
import type { BlockShow, Highlight } from '../deck/show.ts';
import type { Cut } from '../notes/cuts.ts';
import { noteLanguage } from '../notes/language.ts';
import type { Block, Note } from '../notes/note.ts';
import type { CodeLine, Language, ReplayData } from '../replay/data.ts';
import type { BlockRecording } from './record/record.ts';
import type { Pictures } from './replays.ts';

/**
 * What a block's replay needs.
 *
 * @returns Undefined where the author said no, or where nothing happens over time that could be shown: a block
 * without a task, a blocking call or a job.
 */
export function replayData(
  note: Note,
  block: Block,
  recording: BlockRecording,
  highlight: Highlight,
): ReplayData | undefined {
  if (recording.trace === undefined || note.frontMatter.replay === false || block.meta.replay === false)
    return undefined;
  if (!/"k": ?"(?:spawn|block|submit)"/.test(recording.trace)) return undefined;
  const asks = note.asks
    .filter((ask) => ask.block === block.id)
    .map(({ question, step, mark }) => ({
      ...(question === undefined ? {} : { question: question.normalize('NFC') }),
      ...(step === undefined ? {} : { step }),
      ...(mark === undefined ? {} : { mark }),
    }));
  return {
    id: block.id,
    title: block.meta.title ?? headingBefore(note, block.id) ?? note.name,
    lang: captionLanguage(note),
    trace: recording.trace.normalize('NFC'),
    code: highlight(block.code.normalize('NFC'), 'python') as readonly CodeLine[],
    firstLine: block.line + 1,
    ...(block.meta.views ? { views: block.meta.views } : {}),
    ...(asks.length > 0 ? { asks } : {}),
  };
}

/** The part of a block's replay that the author has put somewhere. */
export function cutData(
  note: Note,
  { show, block: id, from, to, mark, views }: Cut,
  recording: BlockRecording,
  highlight: Highlight,
): ReplayData | undefined {
  const block = note.blocks.find((candidate) => candidate.id === id);
  const whole = block && replayData(note, block, recording, highlight);
  const range = {
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(mark === undefined ? {} : { mark }),
  };
  return whole && { ...whole, id: show, range, ...(views ? { views } : {}) };
}

/** Captions are written in Korean and English: any language but Korean gets English ones. */
function captionLanguage(note: Note): Language {
  return noteLanguage(note.frontMatter, note.tree).startsWith('ko') ? 'ko' : 'en';
}

/** What became of a block, as its slides tell it: composed (NFC), since the fonts have no loose jamo. */
export function showOf(
  recording: BlockRecording,
  data: ReplayData | undefined,
  pictures: Pictures | undefined,
): BlockShow {
  return {
    id: recording.id,
    status: recording.status,
    stdout: recording.stdout.normalize('NFC'),
    ...simulatedIn(recording.trace ?? ''),
    ...(recording.reason === undefined ? {} : { reason: recording.reason }),
    ...(recording.error === undefined
      ? {}
      : { error: { text: recording.error.text.normalize('NFC'), line: recording.error.line } }),
    ...(data && pictures?.stills.length ? pictures : {}),
  };
}

/** What of the outside world a recording only simulated. */
function simulatedIn(trace: string): Pick<BlockShow, 'simulated'> {
  const opened = [...trace.matchAll(/"k":"io".*?"op":"open","what":"(file )?.*"simulated":true/g)];
  const files = opened.some(([, file]) => file !== undefined);
  const network = opened.some(([, file]) => file === undefined);
  return network || files ? { simulated: network && files ? 'both' : network ? 'network' : 'files' } : {};
}

/** The text of the last heading above a block. */
function headingBefore(note: Note, block: string): string | undefined {
  let heading: string | undefined;
  visit(note.tree, (node) => {
    if (node.type === 'heading') heading = plainText(node);
    return node.type === 'code' && node.data?.block === block ? EXIT : undefined;
  });
  return heading;
}
