import type { Output } from './output.ts';
import type { Prepared } from './prepare.ts';

/** `deck.json`: the deck's slides and what became of each block, for other tools. */
export function deckJson({ deck, note, recordings, shows }: Prepared) {
  return {
    title: deck.title,
    lang: deck.lang,
    slides: deck.slides.map(({ id, title, h, v, block }) => ({ id, title, h, v, ...(block ? { block } : {}) })),
    blocks: note.blocks.map(({ id, line }) => {
      const recording = recordings.find((candidate) => candidate.id === id);
      return {
        id,
        line,
        status: recording?.status ?? 'skipped',
        ...(recording?.reason === undefined ? {} : { reason: recording.reason }),
        ...(recording?.trace === undefined ? {} : { trace: `traces/${id}.jsonl` }),
        stdout: recording?.stdout ?? '',
        ...(shows.get(id)?.error === undefined ? {} : { error: shows.get(id)?.error?.text }),
      };
    }),
  };
}

/** What the list of decks tells of one. */
interface ListedDeck {
  readonly name: string;
  readonly title: string;
  readonly lang: string;
  /** How many. */
  readonly slides: number;
}

/** Decks that earlier runs left in the output folder, but for those that this run makes. */
export async function listedDecks(output: Output, made: ReadonlySet<string>): Promise<readonly ListedDeck[]> {
  const decks: ListedDeck[] = [];
  for (const path of await output.known()) {
    const name = /^([^/]+)\/deck\.json$/.exec(path)?.[1];
    if (name === undefined || made.has(name)) continue;
    const text = await output.read(path);
    const deck = text === undefined ? undefined : parseDeck(text);
    if (deck) decks.push({ name, ...deck });
  }
  return decks;
}

/** A file that somebody changed or broke is no deck. */
function parseDeck(text: string): Omit<ListedDeck, 'name'> | undefined {
  try {
    const { title, lang, slides } = JSON.parse(text);
    if (typeof title !== 'string' || typeof lang !== 'string' || !Array.isArray(slides)) return undefined;
    return { title, lang, slides: slides.length };
  } catch {
    return undefined;
  }
}
