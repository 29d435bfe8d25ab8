import type { VFileMessage } from 'vfile-message';
import type { Deck } from '../deck/deck.ts';
import type { BlockShow } from '../deck/show.ts';
import type { Block, Note } from '../notes/note.ts';
import { readNote } from '../notes/read.ts';
import { deckDrawer } from './drawDeck.ts';
import { type Effects, wallReport } from './effects.ts';
import { endsAsExpected } from './expected.ts';
import type { Faces } from './fonts.ts';
import type { Formulas } from './formulas.ts';
import type { Images } from './images.ts';
import { readIncludes } from './includes.ts';
import { readNotes } from './inputs.ts';
import { noEffectWarnings } from './noEffect.ts';
import { asWarning, byLine, noteProblem } from './problems.ts';
import { type BlockRecording, type Limits, recordNotes } from './record/record.ts';
import { slideWarnings } from './slideWarnings.ts';
import { themeChooser } from './theme/choose.ts';
import type { Theme } from './theme/read.ts';

/** What every command that makes decks needs to know. */
export interface PrepareOptions {
  /** Notes and folders of notes. */
  readonly paths: readonly string[];
  /** Where recordings and pictures are kept; null records and draws anew. */
  readonly cacheDirectory: string | null;
  /** Where Python's memory image and the packaged browser are kept. */
  readonly runtimeDirectory: string;
  readonly limits?: Partial<Limits>;
  /** Whether blocks may run in the system's Python; default false. */
  readonly allowCPython?: boolean | undefined;
  /** Tells which walls stand around Python. */
  readonly debug?: boolean | undefined;
  /** Whether replays are drawn for paper, too; default false. */
  readonly storyboards?: boolean;
  /** A theme's name or file, for all notes; by default each note's own. */
  readonly theme?: string | undefined;
}

/** A note that has become a deck, with all that its pages need. */
export interface Prepared {
  readonly note: Note;
  readonly deck: Deck;
  readonly theme: Theme;
  readonly recordings: readonly BlockRecording[];
  readonly shows: ReadonlyMap<string, BlockShow>;
  readonly images: Images;
  readonly formulas: Formulas;
}

/** The decks of all notes that could be made, and whether any could not. */
export interface PreparedDecks {
  readonly decks: readonly Prepared[];
  readonly faces: Faces;
  /** Of pages that belong to no note. */
  readonly theme: Theme;
  readonly cacheDirectory: string | null;
  readonly failed: boolean;
}

/** Notes to decks: read, record, draw, split. A note that cannot be read is reported and does not stop the others. */
export async function prepare(options: PrepareOptions, effects: Effects): Promise<PreparedDecks> {
  // 1. The notes, each parsed into a tree with its Python blocks.
  const files = await readNotes(options.paths);
  for (const problem of files.problems) effects.problem(problem.message);
  const themes = await themeChooser(options.theme, effects);
  const notes: Note[] = [];
  const chosen = new Map<Note, Theme>();
  let failed = files.problems.length > 0;
  for (const file of files.notes) {
    const note = await readIncludes(readNote(file.text, file.path));
    const { theme, messages: themeMessages } = await themes.of(note);
    const messages = [...note.messages, ...themeMessages, ...noEffectWarnings(note)];
    effects.messages(file.path, messages);
    if (!theme || messages.some((message) => message.fatal)) failed = true;
    else {
      notes.push(note);
      chosen.set(note, theme);
    }
  }

  // 2. Every Python block runs once, in the sandbox; unchanged notes come from the cache.
  const recordings = await recordNotes(
    notes.map((note) => ({
      file: note.path,
      blocks: note.blocks.map(sourceOf),
      network: note.frontMatter.network ?? [],
      engine: note.frontMatter.engine,
    })),
    {
      cacheDirectory: options.cacheDirectory,
      runtimeDirectory: options.runtimeDirectory,
      ...(options.limits ? { limits: options.limits } : {}),
      allowCPython: options.allowCPython,
      onWalls: wallReport(options.debug, effects),
      onProgress: (done, total) => effects.progress('record', done, total),
    },
  );

  // 3. Recordings become replays and their stills; the rest of the note becomes slides around them.
  const drawer = await deckDrawer(
    notes,
    options.cacheDirectory,
    options.storyboards ?? false,
    options.runtimeDirectory,
  );
  const decks: Prepared[] = [];
  for (const [n, note] of notes.entries()) {
    const recorded = recordings.get(note.path) ?? [];
    const { deck, shows, images, formulas, problems } = await drawer.draw(note, recorded);
    const theme = chosen.get(note) ?? themes.site;
    const slides = deck ? slideWarnings(note, deck, theme, 'nobody').map(asWarning) : [];
    const told = [...blocksProblems(note, recorded), ...problems, ...slides].sort(byLine);
    effects.messages(note.path, told);
    if (told.some(({ fatal }) => fatal)) failed = true;
    if (deck)
      decks.push({
        note,
        deck,
        theme,
        recordings: recorded,
        shows,
        images,
        formulas,
      });
    effects.progress('draw', n + 1, notes.length);
  }
  return { decks, faces: drawer.faces, theme: themes.site, cacheDirectory: options.cacheDirectory, failed };
}

/** All that a page may come to show: the note itself, and what its blocks printed. */
export function visibleText({ note, shows, deck }: Pick<Prepared, 'note' | 'shows' | 'deck'>): string {
  const replays = [...shows.values()].map((show) => `${show.stdout}${show.replayJson ?? ''}`);
  return [deck.title, note.frontMatter.subtitle ?? '', note.source, ...replays].join('\n');
}

function sourceOf(block: Block) {
  return { id: block.id, line: block.line, code: block.code, meta: block.meta };
}

function blocksProblems({ blocks }: Note, recorded: readonly BlockRecording[]): VFileMessage[] {
  return recorded.flatMap((recording) => {
    const block = blocks.find(({ id }) => id === recording.id);
    return block ? blockProblems(block, recording) : [];
  });
}

/** What is wrong with a block itself: it is no Python, or it had to be stopped. Its slide is made all the same. */
function blockProblems(block: Block, recording: BlockRecording): VFileMessage[] {
  const { status, error, reason } = recording;
  const syntax = error && /^(?:SyntaxError|IndentationError|TabError)\b/.test(error.text);
  // A server that runs until somebody ends it is a lesson, not a mistake.
  const serves = status === 'stopped' && reason?.startsWith('a server waits');
  if ((status !== 'stopped' && !syntax) || serves || endsAsExpected(block, recording)) return [];
  const place = {
    line: error?.line ?? block.line + 1,
    column: error?.column ?? 1,
    ...(block.file ? { file: block.file } : {}),
  };
  if (status === 'stopped') {
    const text = `block ${block.id} was stopped: ${reason ?? 'a limit was reached'}`;
    const fix = `Its slide shows what happened up to there. Correct it, or say \`expect=${/^every task waits/.test(reason ?? '') ? 'deadlock' : 'stopped'}\` on its fence.`;
    return [noteProblem(text, place, 'block-stopped', fix)];
  }
  return [
    noteProblem(`${error?.text}`, place, 'block-syntax', 'Correct it, or say `expect=SyntaxError` on its fence.'),
  ];
}
