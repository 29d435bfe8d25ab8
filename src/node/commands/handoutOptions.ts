import { Command, InvalidArgumentError, Option } from 'commander';
import type { Handout, HandoutKind } from '../../deck/handout/handout.ts';
import type { Paper } from '../../deck/handout/sheets.ts';

/** What the command line may say of handouts. */
export interface HandoutCommandOptions {
  readonly handout?: HandoutKind;
  readonly paper?: Paper;
  readonly exercise?: boolean;
}

const kinds: readonly HandoutKind[] = [1, 2, 3, 4, 6, 'notes'];
const papers: readonly Paper[] = ['a4', 'letter'];
/** Four slides on a sheet leave each its notes, and can be read. */
const usual = 4;

export function handoutOption(): Option {
  return new Option(
    '--handout [slides]',
    'DIR/<name>-handout.pdf: slides on paper with notes, lines to write on and storyboards of replays; --handout=1, 2, 3, 4 (default) or 6 slides a page, or =notes: the note as an article',
  ).argParser(parseWith(kinds));
}

export function paperOption(): Option {
  return new Option('--paper <size>', 'with --handout: a4 (default) or letter').argParser(parseWith(papers));
}

/** What handouts show. */
export function handoutOf({ handout = usual, paper = 'a4', exercise = false }: HandoutCommandOptions): Handout {
  return { kind: handout, paper, exercise };
}

function parseWith<Choice extends string | number>(choices: readonly Choice[]) {
  return (value: string): Choice => {
    const choice = choices.find((candidate) => String(candidate) === value.toLowerCase());
    if (choice === undefined) throw new InvalidArgumentError(`It is one of ${choices.join(', ')}.`);
    return choice;
  };
}

/** The command whose `--handout` takes no value but behind `=`: `export --handout note.md` names a note. */
export class ExportCommand extends Command {
  override parseOptions(argv: string[]): ReturnType<Command['parseOptions']> {
    const end = argv.indexOf('--');
    const given = argv.map((argument, n) =>
      argument === '--handout' && (end < 0 || n < end) ? `--handout=${usual}` : argument,
    );
    return super.parseOptions(given);
  }
}
