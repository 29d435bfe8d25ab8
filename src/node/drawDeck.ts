import type { VFileMessage } from 'vfile-message';
import { type Deck, makeDeck } from '../deck/deck.ts';
import type { BlockShow } from '../deck/show.ts';
import { noteLanguage } from '../notes/language.ts';
import type { Block, Note } from '../notes/note.ts';
import { TraceError } from '../trace/read.ts';
import { colours } from './colours.ts';
import { drawDiagrams } from './diagrams.ts';
import { type Faces, loadFaces, measureWith } from './fonts.ts';
import { type Formulas, setFormulas } from './formulas.ts';
import { type Images, readImages, withAddresses } from './images.ts';
import { noteProblem } from './problems.ts';
import type { BlockRecording } from './record/record.ts';
import { pictureMaker } from './replays.ts';
import { cutData, replayData, showOf } from './shows.ts';

/** A note as a deck, with all that its pages need. */
export interface DrawnDeck {
  /** Undefined where a picture of the note is missing. */
  readonly deck?: Deck;
  readonly shows: ReadonlyMap<string, BlockShow>;
  readonly images: Images;
  readonly formulas: Formulas;
  /** Recordings that cannot be replayed, pictures that cannot be shown. */
  readonly problems: readonly VFileMessage[];
}

/** Makes decks of notes whose blocks have been recorded. */
export interface DeckDrawer {
  readonly faces: Faces;
  draw(note: Note, recorded: readonly BlockRecording[]): Promise<DrawnDeck>;
}

/**
 * Loads once what all decks need.
 *
 * @param notes All that will be drawn: their code is coloured.
 * @param cacheDirectory Where pictures are kept; null draws anew.
 * @param handout Whether a handout will be made.
 * @param runtimeDirectory Where the packaged browser is kept, which draws diagrams.
 */
export async function deckDrawer(
  notes: readonly Note[],
  cacheDirectory: string | null,
  handout: boolean,
  runtimeDirectory: string,
): Promise<DeckDrawer> {
  const [faces, highlight] = await Promise.all([loadFaces(), colours(notes, cacheDirectory)]);
  const maker = pictureMaker(cacheDirectory, handout);
  return {
    faces,
    async draw(note, recorded) {
      const shows = new Map<string, BlockShow>();
      const problems: VFileMessage[] = [];
      for (const recording of recorded) {
        const block = note.blocks.find((candidate) => candidate.id === recording.id);
        if (!block) continue;
        const data = replayData(note, block, recording, highlight);
        const pictures = data
          ? await maker.make(data).catch((error: unknown) => {
              problems.push(replayProblem(block, error));
              return undefined;
            })
          : undefined;
        shows.set(block.id, showOf(recording, data, pictures));
      }
      for (const cut of note.cuts) {
        const recording = recorded.find(({ id }) => id === cut.block);
        const data = recording && cutData(note, cut, recording, highlight);
        if (!data) continue;
        // A recording that cannot be replayed was told of above.
        const pictures = await maker.make(data).catch(() => undefined);
        shows.set(cut.show, showOf({ ...recording, id: cut.show }, data, pictures));
      }
      const images = await readImages(note);
      problems.push(...images.problems);
      const formulas = await setFormulas(note, cacheDirectory);
      problems.push(...formulas.problems);
      const diagrams = await drawDiagrams(note, cacheDirectory, runtimeDirectory);
      problems.push(...diagrams.problems);
      if ([images, formulas, diagrams].some((part) => part.problems.some(({ fatal }) => fatal)))
        return { shows, images, formulas, problems };
      const measure = measureWith(faces, noteLanguage(note.frontMatter, note.tree));
      const deck = makeDeck(withAddresses(note, images), {
        shows,
        highlight,
        measure,
        formulas: formulas.set,
        diagrams: diagrams.drawn,
      });
      return { deck, shows, images, formulas, problems };
    },
  };
}

/** A block runs in the interpreter that records it, so a hostile one can forge its trace: its slide does without. */
function replayProblem(block: Block, error: unknown): VFileMessage {
  if (!(error instanceof TraceError)) throw error;
  const reason = `the recording of block ${block.id} cannot be replayed: ${error.message}`;
  const inFile = block.file ? { file: block.file } : {};
  return noteProblem(
    reason,
    { line: block.line, column: 1, ...inFile },
    'block-trace',
    'Its slide shows the code alone.',
  );
}
