import type { Element } from 'hast';
import { h } from 'hastscript';
import type { Deck, Slide } from '../deck.ts';
import { liveAddress, pictureOnPaper } from '../onPaper.ts';
import type { BlockShow } from '../show.ts';
import type { Words } from '../words.ts';
import { round } from './flow.ts';
import { qrCode } from './qr.ts';
import type { Room, Row } from './sheets.ts';

/** Millimetres; three rows of frames with a title above fill a sheet. */
const sizes = { title: 11, gap: 5, between: 4, foot: 9, qr: 26, framesInRow: 2, rowsOnSheet: 3 } as const;

/** Questions of all storyboards are numbered through. */
export interface Question {
  readonly number: number;
  /** Stands in the storyboard's row, for the page that the answer names. */
  readonly id: string;
  readonly question: string;
  readonly caption: string;
  readonly strip: string;
}

/** What drawing storyboards needs besides them. */
export interface StoryContext {
  readonly deck: Deck;
  readonly words: Words;
  readonly room: Room;
  /** Takes the questions that are asked, where frames have blanks; undefined where none has. */
  readonly questions: Question[] | undefined;
}

/**
 * A replay's key steps, two in a row, then the whole run; a picture has its clock and sentence in itself.
 *
 * @param slide Where the replay can be stepped through; undefined where it has no slide.
 * @param again Stands above rows that begin a sheet.
 * @param some Whether the frames that tell most are enough.
 */
export function storyboardRows(
  show: Pick<BlockShow, 'stills' | 'storyboard' | 'replayJson'>,
  slide: Slide | undefined,
  again: Row | undefined,
  some: boolean,
  context: StoryContext,
): Row[] {
  const { storyboard, stills = [] } = show;
  if (!storyboard) return [];
  const { deck, words, room, questions } = context;
  const { frames, exercise } = storyboard;
  const width = frameWidth(frames[0] ?? '', room);
  const live = (step?: number) => slide && liveAddress(deck, slide, step);
  const drawn = frames.map((svg, n): { readonly element: Element; readonly question: Question | undefined } => {
    const answer = questions && exercise.answers.find(({ frame }) => frame === n);
    const question = answer && questions && ask(answer, questions);
    const still = stills[n];
    const label = question?.question ?? `${still?.clock ?? ''}: ${still?.caption ?? ''}`;
    const number = question ? words.question(question.number) : `${n + 1}`;
    const href = live(n + 1);
    const element = h('div', { class: 'frame', style: `width:${round(width)}mm` }, [
      h('b', { class: ['frame-number', ...(question ? ['question'] : [])] }, [
        href ? h('a', { href }, number) : number,
      ]),
      pictureOnPaper((questions && exercise.frames[n]) ?? svg, label),
    ]);
    return { element, question };
  });
  // Blanks would be missed where frames are left out.
  const shown = some && !questions ? drawn.filter((_, n) => storyboard.best.includes(n)) : drawn;
  const left = shown.length < drawn.length ? words.someSteps(shown.length, drawn.length) : undefined;
  const rows: Row[] = [];
  for (let first = 0; first < shown.length; first += sizes.framesInRow) {
    const pair = shown.slice(first, first + sizes.framesInRow);
    rows.push({
      height: printedHeight(frames[0] ?? '', width),
      above: first === 0 ? 0 : sizes.gap,
      ...(again && first > 0 ? { again } : {}),
      ids: pair.flatMap(({ question }) => (question ? [question.id] : [])),
      draw: () =>
        h(
          'div',
          { class: 'story-row' },
          pair.map(({ element }) => element),
        ),
    });
  }
  return [...rows, wholeRun(show, storyboard.timeline, left, live(), again, context)];
}

type Answer = NonNullable<BlockShow['storyboard']>['exercise']['answers'][number];

function ask({ question, caption, strip }: Answer, questions: Question[]): Question {
  const number = questions.length + 1;
  const asked = { number, id: `question-${number}`, question, caption, strip };
  questions.push(asked);
  return asked;
}

/** The whole run to scale, what recorded it, and where it can be stepped through. */
function wholeRun(
  { replayJson }: Pick<BlockShow, 'replayJson'>,
  timeline: string,
  left: string | undefined,
  address: string | undefined,
  again: Row | undefined,
  { words, room }: StoryContext,
): Row {
  const version = replayJson ? pythonOf(replayJson) : undefined;
  const foot = [
    ...(address
      ? [
          h('a', { class: 'live', href: address }, [
            h('span', words.live),
            h('span', { class: 'address' }, address.replace(/^https?:\/\//, '')),
          ]),
        ]
      : []),
    h('p', [left, version && words.recordedWith(version)].filter(Boolean).join(' · ')),
  ];
  return {
    height: printedHeight(timeline, room.width) + (address ? sizes.qr + 2 : sizes.foot),
    above: sizes.gap,
    ...(again ? { again } : {}),
    draw: () =>
      h('div', { class: 'story-whole' }, [
        pictureOnPaper(timeline, words.wholeRun),
        h('div', { class: 'story-foot' }, [h('div', foot), ...(address ? [qrCode(address)] : [])]),
      ]),
  };
}

/** Questions with what belongs into their blanks, two in a row. */
export function answerRows(questions: readonly Question[], { words, room }: StoryContext): Row[] {
  const width = (room.width - sizes.between) / sizes.framesInRow;
  const head: Row = {
    height: sizes.title + 3,
    above: 0,
    opens: true,
    keepWithNext: true,
    ids: ['answers'],
    draw: () => h('h2', { class: 'answers-title', id: 'answers' }, words.answers),
  };
  const rows: Row[] = [];
  for (let first = 0; first < questions.length; first += sizes.framesInRow) {
    const pair = questions.slice(first, first + sizes.framesInRow);
    rows.push({
      height: 30,
      above: sizes.gap,
      draw: (pageOf) =>
        h(
          'div',
          { class: 'story-row' },
          pair.map(({ number, id, question, caption, strip }) =>
            h('div', { class: 'reply', style: `width:${round(width)}mm` }, [
              h('p', { class: 'reply-head' }, [
                h('b', { class: 'frame-number question' }, words.question(number)),
                h('a', { href: `#${id}` }, words.page(pageOf(id) ?? 0)),
              ]),
              h('p', { class: 'reply-question' }, question),
              pictureOnPaper(strip, caption),
              ...(caption === question ? [] : [h('p', { class: 'reply-caption' }, caption)]),
            ]),
          ),
        ),
    });
  }
  return [head, ...rows];
}

/** As wide as two in a row can be, and low enough for three rows on a sheet. */
function frameWidth(svg: string, { width, height }: Room): number {
  const row = (height - sizes.title - (sizes.rowsOnSheet - 1) * sizes.gap) / sizes.rowsOnSheet;
  return Math.min((width - sizes.between) / sizes.framesInRow, Math.max(75, row / printedHeight(svg, 1)));
}

/** Height of a picture in the unit of its width. */
function printedHeight(svg: string, width: number): number {
  const [, wide = 1, high = 1] = /viewBox="[-\d.]+ [-\d.]+ ([\d.]+) ([\d.]+)"/.exec(svg)?.map(Number) ?? [];
  return (width * high) / wide;
}

/** The Python that made the recording; semantics differ between versions, so paper says which. */
function pythonOf(replayJson: string): string | undefined {
  return /"python":"([^"]+)"/.exec(replayJson)?.[1];
}
