import type { ElementContent } from 'hast';
import type { VFileMessage } from 'vfile-message';
import type { Box } from '../deck/box.ts';
import type { Deck, Slide } from '../deck/deck.ts';
import { geometry } from '../deck/geometry.ts';
import { firstPlace, type NotePlace } from '../deck/noteLines.ts';
import { wordiness } from '../deck/wordiness.ts';
import type { Fault, Part } from '../inspect/fault.ts';
import type { Note } from '../notes/note.ts';
import { placeOfSlide, slideMessage, slideMessages } from './slideMessages.ts';
import { contrast, readColour } from './theme/colour.ts';
import type { Theme } from './theme/read.ts';

/** Least contrast of text from 24 pixels on (WCAG 2.2, 1.4.3), which all text of slides is. */
const leastContrast = 3;

const parts: Readonly<Record<Box['kind'], Part>> = {
  text: 'text',
  table: 'table',
  image: 'picture',
  code: 'code',
  output: 'output',
  error: 'output',
  remark: 'output',
};

/** Who else looks at the slides: a browser finds for itself what it draws. */
type Others = 'a browser' | 'nobody';

/**
 * What the sizes and colours of slides tell without a browser: text that is too much or too small, what stands below the
 * end of its slide, colours of an author's own that cannot be read.
 */
export function slideWarnings(note: Note, deck: Deck, theme: Theme, others: Others): VFileMessage[] {
  return deck.slides.flatMap((slide) => {
    const place = placeOfSlide(slide, note);
    const faults = [
      ...smallFormulas(slide),
      ...(others === 'nobody' ? [...overhanging(slide, place), ...faint(slide, place, note, theme)] : []),
    ];
    return [...wordy(slide, place), ...slideMessages(slide, { faults, foreign: [] }, place)];
  });
}

function wordy(slide: Slide, place: NotePlace): VFileMessage[] {
  const reason = wordiness(slide);
  if (reason === undefined) return [];
  const fix = 'Say it aloud: move sentences to `:::notes`, or divide the slide with `---`.';
  return [slideMessage(slide, { severity: 'warning', rule: 'slide-wordy', reason, fix }, place)];
}

/** Formulas that had to get smaller than text may be: nothing breaks a formula. */
function smallFormulas({ heading, body }: Slide): Fault[] {
  const floor = geometry.leastText;
  const look = (node: ElementContent, above: NotePlace | undefined): Fault[] => {
    if (node.type !== 'element') return [];
    const place = firstPlace(node) ?? above;
    const { formula } = node.data ?? {};
    if (!formula) return node.children.flatMap((child) => look(child, place));
    const { pixels, tex } = formula;
    if (pixels === undefined || pixels >= floor) return [];
    return [{ ...faultPlace(place, 'text', tex), kind: 'size', pixels: Math.round(pixels * 10) / 10, floor }];
  };
  return [heading, ...body].flatMap((node) => look(node, undefined));
}

function overhanging({ overhang }: Slide, own: NotePlace): Fault[] {
  if (!overhang) return [];
  const { pixels, kind, text, place = own } = overhang;
  return [{ ...faultPlace(place, parts[kind], text), kind: 'overflow', pixels, side: 'bottom', lost: true }];
}

/** Texts that stand out too little from a colour that the author has given the slide with `::slide`. */
function faint({ dress, title, body }: Slide, place: NotePlace, { frontMatter }: Note, theme: Theme): Fault[] {
  const ground = readColour(dress?.ground ?? '');
  const schemes = dress?.scheme ? [dress.scheme] : (['light', 'dark'] as const);
  const inBody = body.map(firstPlace).find((known) => known !== undefined) ?? place;
  if (!ground) return [];
  return schemes.flatMap((scheme) => {
    if (
      frontMatter.scheme !== undefined &&
      frontMatter.scheme !== 'auto' &&
      !dress?.scheme &&
      scheme !== frontMatter.scheme
    )
      return [];
    const values = (scheme === 'dark' ? theme.dark : undefined) ?? theme.light;
    const texts = [
      ['heading', 'title', title],
      ['ink', 'text', ''],
      // Of the footer at least.
      ['ink-muted', 'text', ''],
      ...(body.some(holdsLink) ? [['accent', 'text', ''] as const] : []),
    ] as const;
    return texts.flatMap(([token, part, text]): Fault[] => {
      const colour = values.get(token) ?? '';
      const ink = readColour(colour);
      const ratio = ink ? contrast(ink, ground) : 21;
      if (ratio >= leastContrast) return [];
      const colours = [colour, dress?.ground ?? ''] as const;
      const shown = Math.floor(ratio * 100) / 100;
      return [
        {
          ...faultPlace(part === 'text' ? inBody : place, part, text),
          kind: 'contrast',
          ratio: shown,
          needed: leastContrast,
          colours,
          scheme,
        },
      ];
    });
  });
}

function holdsLink(node: ElementContent): boolean {
  return node.type === 'element' && (node.tagName === 'a' || node.children.some(holdsLink));
}

function faultPlace(place: NotePlace | undefined, part: Part, text: string) {
  const short = text.replace(/\s+/g, ' ').trim();
  return {
    line: place?.line ?? null,
    file: place?.file ?? null,
    part,
    text: short.length > 40 ? `${short.slice(0, 39)}…` : short,
  };
}
