import type { Element, ElementContent } from 'hast';
import { toString as plainText } from 'mdast-util-to-string';
import { noteLanguage } from '../notes/language.ts';
import type { LayoutName } from '../notes/layoutNames.ts';
import type { Note } from '../notes/note.ts';
import { textRuns } from '../text/emoji.ts';
import { agendaSlide } from './agenda.ts';
import { withAnchors } from './anchors.ts';
import { type ArticlePart, articleOf } from './article.ts';
import type { Box } from './box.ts';
import type { BoxContext } from './boxes.ts';
import type { Shared } from './content.ts';
import type { Dress } from './dress.ts';
import { sectionElements } from './frame.ts';
import { joinTopics } from './join.ts';
import type { NotePlace } from './noteLines.ts';
import { outline, type Topic, titleOf } from './outline.ts';
import { withPhrases } from './phrases.ts';
import { isAgenda } from './roles.ts';
import type { BlockShow, Highlight, Measure } from './show.ts';
import { slideIds } from './slideIds.ts';
import { withSolutions } from './solutions.ts';
import { titleSlide } from './title.ts';
import { topicBoxes, topicSlides, withNotes } from './topicSlides.ts';
import { wordsOf } from './words.ts';
import { patientMeasure } from './wrap.ts';

/** A note as slides. */
export interface Deck {
  /** The note's name, which names the deck's folder. */
  readonly name: string;
  readonly title: string;
  /** BCP 47. */
  readonly lang: string;
  /** Address of the published site's folder, with its last `/`; see the front matter's `site`. */
  readonly site?: string;
  /** What stands at the head and the foot of its paper; the title, the author and the date by default. */
  readonly paper: { readonly header?: string; readonly footer?: string };
  /** In order of showing: reveal's stacks one after the other, each from top to bottom. */
  readonly slides: readonly Slide[];
  /** The note as one text, made when it is asked for. */
  readonly article: () => readonly ArticlePart[];
}

/** One slide. */
export interface Slide {
  /** Unique in the deck and stable while its title is, see `slideIds`. */
  readonly id: string;
  /** Plain text of the heading, with `(2/3)` where a topic takes several slides. */
  readonly title: string;
  /** Where reveal has it: number of its stack, and its place in the stack, both from 0. */
  readonly h: number;
  readonly v: number;
  readonly kind: 'title' | 'section' | 'text' | 'code' | 'replay';
  /** The Python block that it shows or replays. */
  readonly block?: string;
  /** Title of the section that it stands in, for the footer; empty on title and section slides. */
  readonly section: string;
  /** `<h1>`, `<h2>` or `<h3>`. */
  readonly heading: Element;
  /** What stands below the heading; a replay's stills stand in `stills`. */
  readonly body: readonly ElementContent[];
  /** A replay's key steps in order. */
  readonly stills?: NonNullable<BlockShow['stills']>;
  /** The replay on paper. */
  readonly storyboard?: NonNullable<BlockShow['storyboard']>;
  readonly replayJson?: string;
  /** The layout that its content suits or its author asks for, when it is a particular one. */
  readonly layout?: LayoutName;
  /** Whether its title is large and stands with the little that it says in the middle. */
  readonly centred?: boolean;
  /** Whether it holds a solution that is hidden at first; on paper it is there twice, without and with it. */
  readonly answered?: boolean;
  /** What the author says of its look. */
  readonly dress?: Dress;
  /** The row of versions of one code that it belongs to: from one slide of a row to the next, lines move. */
  readonly row?: string;
  /** Whether it says nothing of its own: the list of sections, which is nobody's writing. */
  readonly generated?: boolean;
  /** Speaker notes, sanitised HTML. */
  readonly notes?: string;
  /** The same for paper. */
  readonly notesBoxes?: readonly Box[];
  /** What stands below its end because nothing cuts it: pixels, and of the last box its kind, text and line. */
  readonly overhang?: {
    readonly pixels: number;
    readonly kind: Box['kind'];
    readonly text: string;
    readonly place: NotePlace | undefined;
  };
}

/** What the deck is made from besides the note. */
export interface DeckInput {
  /** By block id; a block without one is shown as code alone. */
  readonly shows: ReadonlyMap<string, BlockShow>;
  readonly highlight: Highlight;
  readonly measure: Measure;
  /** The note's formulas; none by default. */
  readonly formulas?: Shared['formulas'];
  /** Its Mermaid diagrams; none by default. */
  readonly diagrams?: BoxContext['diagrams'];
}

/** A slide before it has its place; `name` is its title without `(2/3)`, where it has that. */
export type Draft = Omit<Slide, 'id' | 'h' | 'v'> & { readonly name?: string };

/**
 * Lays a note out as slides: the title, then a stack for each section. Every word of the note is on a slide; nothing
 * is smaller than 28 px (code 24 px) and nothing runs over its slide.
 */
export function makeDeck(
  note: Note,
  { shows, highlight, measure, formulas = new Map(), diagrams = new Map() }: DeckInput,
): Deck {
  // 1. The note's topics, and what all of them need.
  const replayed = new Set([...shows].filter(([, show]) => show.stills?.length).map(([id]) => id));
  const { topics, definitions } = outline(note.tree, replayed);
  const lang = noteLanguage(note.frontMatter, note.tree);
  const words = wordsOf(lang);
  const blocks = new Map(note.blocks.map((block) => [block.id, block]));
  const placed = new Map(note.cuts.map(({ show, block }) => [show, block]));
  const context: BoxContext = {
    formulas,
    diagrams,
    blocks,
    shows,
    placed,
    definitions,
    highlight,
    measure: patientMeasure(measure),
    words,
  };
  const firstHeading = topics.find(({ heading }) => heading)?.heading;
  const title = note.frontMatter.title ?? (firstHeading ? titleOf(firstHeading) : note.name);

  // 2. The title slide takes the first `#` with as much of its text as fits there.
  const opening = topics[0]?.depth === 1 ? topics[0] : undefined;
  const rest = joinTopics(withSolutions(opening ? topics.slice(1) : topics, context), context);
  const first = titleSlide(title, note.frontMatter, opening, context);
  const stacks: { readonly title: string; readonly drafts: Draft[] }[] = [
    { title, drafts: [withNotes(first.slide, opening, context)] },
  ];

  // 3. Each `##` opens a stack; what stands under deeper headings joins it.
  const isSection = ({ depth, continued }: Topic) => (depth === 1 || depth === 2) && !continued;
  const sections = rest.filter(isSection).length;
  let section = '';
  let sectionNumber = 0;
  const append = (draft: Draft) => stacks.at(-1)?.drafts.push(draft);
  if (opening && first.rest.length > 0)
    for (const draft of topicSlides(
      { ...opening, continued: true, nodes: [], notes: [] },
      first.rest,
      title,
      '',
      context,
    ))
      append(draft);
  for (const [n, topic] of rest.entries()) {
    const heading = topic.heading ? plainText(topic.heading) : title;
    if (isSection(topic)) {
      const own = topic.section ? plainText(topic.section) : heading;
      section = withoutEmoji(own);
      sectionNumber++;
      stacks.push({ title: own, drafts: [] });
    }
    if (topic.nodes.length > 0 || topic.parts) {
      for (const draft of topicSlides(topic, topicBoxes(topic, context), heading, section, context)) append(draft);
      continue;
    }
    // 4. A section that says nothing itself says what is in it.
    const inside = rest.slice(n + 1);
    const end = inside.findIndex(isSection);
    const agenda = isSection(topic)
      ? inside
          .slice(0, end < 0 ? undefined : end)
          .flatMap((inner) => inner.parts ?? [inner])
          .flatMap(({ heading, continued }) => (heading && !continued ? [heading] : []))
      : [];
    append(
      withNotes(
        {
          title: heading,
          kind: 'section',
          section: '',
          ...sectionElements(topic.heading, heading, agenda, sectionNumber / Math.max(1, sections), context),
        },
        topic,
        context,
      ),
    );
  }

  // 5. Ids, and places as reveal counts them; a list of the sections behind the title when there are many.
  const shown = stacks.filter(({ drafts }) => drafts.length > 0);
  const names = shown.flatMap(({ drafts }) =>
    drafts.map(({ name, title, section }) => ({ name: name ?? title, section })),
  );
  const ids = slideIds([...names, { name: words.agenda, section: '' }]);
  let count = 0;
  const named = shown.map(({ drafts }) =>
    drafts.map(({ name: _, ...draft }) => ({ ...draft, id: ids[count++] ?? '' })),
  );
  const listed = shown.map(({ title }, n) => ({ title, id: named[n]?.[0]?.id ?? '' })).slice(1);
  const unlisted = note.frontMatter.agenda === false || listed.some(({ title }) => isAgenda(title));
  const agenda = unlisted ? undefined : agendaSlide(listed, names.length, context);
  if (agenda) named.splice(1, 0, [{ ...agenda, id: ids.at(-1) ?? '' }]);
  const phrased = measure.breaks === 'phrases';
  const slides = named.flatMap((stack, h) =>
    stack.map((slide, v): Slide => {
      if (!phrased) return { h, v, ...slide };
      const heading = { ...slide.heading, children: withPhrases(slide.heading.children) };
      return { h, v, ...slide, heading, body: withPhrases(slide.body) };
    }),
  );
  const { site, header, footer, author, date } = note.frontMatter;
  const byline = footer ?? [author, date].filter((text) => text !== undefined).join(' · ');
  const paper = { ...(header === undefined ? {} : { header }), ...(byline ? { footer: byline } : {}) };
  const article = () => articleOf(title, note.frontMatter, topics, context);
  return { name: note.name, title, lang, ...(site ? { site } : {}), paper, slides: withAnchors(slides), article };
}

/** The footer is drawn by the page's own code, as plain text. */
function withoutEmoji(text: string): string {
  const plain = textRuns(text).filter(({ emoji }) => emoji === undefined);
  return plain
    .map(({ text }) => text)
    .join('')
    .trim();
}
