import { dirname, resolve } from 'node:path';
import type { VFileMessage } from 'vfile-message';
import { judgeBlock } from '../check/judge.ts';
import type { Verdict } from '../check/verdict.ts';
import type { Block, Note } from '../notes/note.ts';
import { proseAround } from '../notes/prose.ts';
import { readNote } from '../notes/read.ts';
import { evidenceOf } from './checkEvidence.ts';
import { blockMessages, claimMessage } from './checkMessages.ts';
import type { FileReport } from './checkReport.ts';
import { checkSlides } from './checkSlides.ts';
import type { Effects } from './effects.ts';
import { readImages } from './images.ts';
import { readIncludes } from './includes.ts';
import { readNotes } from './inputs.ts';
import { noEffectWarnings } from './noEffect.ts';
import { byLine } from './problems.ts';
import type { BlockEvidence } from './record/evidence.ts';
import { type BlockRecording, type Limits, recordNotes } from './record/record.ts';
import { deadRelativeLinks } from './relativeLinks.ts';
import { themeChooser } from './theme/choose.ts';

/** What `loopreel check` takes. */
export interface CheckOptions {
  /** Notes and folders of notes. */
  readonly paths: readonly string[];
  readonly cacheDirectory: string | null;
  readonly runtimeDirectory: string;
  readonly limits?: Partial<Limits>;
  /** Whether blocks that ask for it run in the system's Python. */
  readonly allowCPython?: boolean | undefined;
  /** Whether the slides are drawn and looked at in a browser. */
  readonly slides: boolean;
  /** Path of a browser; the one found or brought along by default. */
  readonly browser?: string | undefined;
  /** A theme's name or file, for all notes; by default each note's own. */
  readonly theme?: string | undefined;
}

/** A note that was checked. */
export interface CheckedNote extends FileReport {
  /** Its text as it was read. */
  readonly text: string;
  readonly verdicts: readonly Verdict[];
}

/** Varied worlds in which a block is run whose claim seems false; every third is a slow machine. */
const seeds = [1, 2, 3, 4, 5, 6, 7];

/** What is known of a block that was not run, or whose Python was ended from outside. */
const nothingTold: BlockEvidence = { mode: 'script', pieces: [], busySeconds: 0, names: [], findings: [] };

/** Holds what notes promise against what happens. */
export async function check(
  options: CheckOptions,
  effects: Effects,
): Promise<{ readonly notes: readonly CheckedNote[]; readonly failed: boolean }> {
  // 1. The notes, and all that is wrong with their text alone.
  const files = await readNotes(options.paths, 'any');
  for (const problem of files.problems) effects.problem(problem.message);
  const notes = await Promise.all(
    files.notes.map(async (file) => ({ file, note: await readIncludes(readNote(file.text, file.path)) })),
  );

  const alone = new Set(notes.map(({ note }) => resolve(note.path)));

  // 2. Every block runs once, as for a deck.
  const record = async (jobs: Parameters<typeof recordNotes>[0], only?: (file: string, id: string) => boolean) =>
    recordNotes(jobs, {
      cacheDirectory: options.cacheDirectory,
      runtimeDirectory: options.runtimeDirectory,
      allowCPython: options.allowCPython,
      ...(options.limits ? { limits: options.limits } : {}),
      ...(only ? { only } : { onProgress: (done, total) => effects.progress('record', done, total) }),
      check: true,
    });
  const recordings = await record(notes.map(({ note }) => recordable(note)));
  const judged = notes.map(({ file, note }) => {
    const recorded = recordings.get(note.path) ?? [];
    return { file, note, recorded, blocks: withPasted(note.blocks, recorded), prose: proseAround(note.tree) };
  });

  // 3. A block whose claim seems false runs again in varied worlds: it may say nothing but what chance decides.
  const suspects = new Set<string>();
  for (const { note, blocks, recorded, prose } of judged) {
    for (const { block, recording } of pairs(blocks, recorded, alone)) {
      if (
        judgeBlock(block, prose.get(block.id) ?? [], evidenceOf(recording, ownNetwork(note))).some(
          ({ kind }) => kind === 'false',
        )
      )
        suspects.add(`${note.path}\0${block.id}`);
    }
  }
  const worlds =
    suspects.size === 0
      ? []
      : judged.flatMap(({ note }) =>
          seeds.map((seed) => ({
            ...recordable(note),
            file: worldPath(seed, note.path),
            folder: dirname(note.path),
            world: { seed },
          })),
        );
  const varied =
    worlds.length === 0
      ? undefined
      : await record(worlds, (file, id) => suspects.has(`${file.slice(file.indexOf('/') + 1)}\0${id}`));

  // 4. The slides as an audience sees them.
  const themes = await themeChooser(options.theme, effects);
  const browser = { executable: options.browser, cacheDirectory: options.runtimeDirectory };
  const slides = options.slides
    ? await checkSlides(judged, { cacheDirectory: options.cacheDirectory, browser, themes }, effects)
    : undefined;

  // 5. Everything that was found, note by note.
  const checked: CheckedNote[] = [];
  for (const { file, note, recorded, blocks, prose } of judged) {
    const verdicts: Verdict[] = [];
    const ofTheme = (await themes.of(note)).messages;
    const messages: VFileMessage[] = [...note.messages, ...ofTheme, ...noEffectWarnings(note)];
    for (const { block, recording } of pairs(blocks, recorded, alone)) {
      const evidence = evidenceOf(recording, ownNetwork(note));
      const variants = suspects.has(`${note.path}\0${block.id}`)
        ? seeds.flatMap((seed) => {
            const found = varied?.get(worldPath(seed, note.path))?.find(({ id }) => id === block.id);
            return found ? [evidenceOf(found, ownNetwork(note), seed)] : [];
          })
        : [];
      const own = judgeBlock(block, prose.get(block.id) ?? [], evidence, variants);
      // An included note is corrected where it stands.
      if (block.file === undefined) verdicts.push(...own);
      const told = recording.check ?? nothingTold;
      const found = [
        ...own.flatMap((verdict) => claimMessage(block, verdict) ?? []),
        ...blockMessages(block, prose.get(block.id) ?? [], evidence, told),
      ];
      for (const message of found) if (block.file !== undefined) message.file = block.file;
      messages.push(...found);
    }
    messages.push(...(await deadRelativeLinks(note)), ...(await readImages(note)).problems);
    messages.push(...(slides?.get(note.path) ?? []));
    messages.sort(byLine);
    checked.push({ file: note.path, text: file.text, messages, verdicts });
  }
  const failed = files.problems.length > 0 || checked.some(({ messages }) => messages.some(({ fatal }) => fatal));
  return { notes: checked, failed };
}

function recordable(note: Note) {
  const blocks = note.blocks.map(({ id, line, code, meta }) => ({ id, line, code, meta }));
  return { file: note.path, blocks, network: note.frontMatter.network ?? [], engine: note.frontMatter.engine };
}

function ownNetwork(note: Note): boolean {
  return note.frontMatter.network !== undefined;
}

/** Recordings are told apart by file; Python sees only its last part. */
function worldPath(seed: number, path: string): string {
  return `world-${seed}/${path}`;
}

/**
 * Blocks with their recordings.
 *
 * @param alone Whole paths of the notes that are checked: what is included of those is checked where it stands.
 */
function* pairs(blocks: readonly Block[], recorded: readonly BlockRecording[], alone: ReadonlySet<string>) {
  for (const block of blocks) {
    if (block.file !== undefined && alone.has(resolve(block.file))) continue;
    const recording = recorded.find(({ id }) => id === block.id);
    if (recording) yield { block, recording };
  }
}

/** The blocks with the outputs that only running them showed: below the code in one fence, or a fence of nothing else. */
function withPasted(blocks: readonly Block[], recorded: readonly BlockRecording[]): Block[] {
  const told = new Map(recorded.map((recording) => [recording.id, recording.check]));
  return blocks.map((block, n) => {
    const own = told.get(block.id)?.pasted;
    const next = blocks[n + 1];
    const behind = next && told.get(next.id)?.output ? { line: next.line + 1, text: next.code } : undefined;
    const more = [own, behind].flatMap((pasted) =>
      pasted
        ? [
            {
              form: 'fence',
              sure: pasted === own,
              line: pasted.line,
              endLine: pasted.line + pasted.text.split('\n').length - 1,
              at: 0,
              text: pasted.text,
              about: '',
            } as const,
          ]
        : [],
    );
    return more.length > 0 ? { ...block, claims: [...block.claims, ...more] } : block;
  });
}
