import { VFileMessage } from 'vfile-message';
import type { Slide } from '../deck/deck.ts';
import { type NotePlace, slidePlace } from '../deck/noteLines.ts';
import type { Fault, Finding, Part, Place } from '../inspect/fault.ts';
import type { Note } from '../notes/note.ts';
import type { SlideFaults } from './inspectDeck.ts';

/** How a finding is said. */
interface Saying {
  readonly severity: 'error' | 'warning';
  readonly rule: string;
  /** Follows `slide "…" `. */
  readonly reason: string;
  readonly fix: string;
  readonly url?: string;
}

type Of<Kind extends Finding['kind']> = Fault & { readonly kind: Kind };

const names: Readonly<Record<Part, string>> = {
  title: 'its title',
  text: 'text',
  table: 'a table',
  code: 'code',
  output: 'an output',
  picture: 'a picture',
  replay: 'a replay',
};

/** What each kind of finding tells the author. */
const sayings: { readonly [Kind in Finding['kind']]: (fault: Of<Kind>) => Saying } = {
  overflow: ({ part, pixels, side, lost, text }) => ({
    severity: lost ? 'error' : 'warning',
    rule: 'slide-overflow',
    reason: lost
      ? `has ${names[part]} that is cut off by ${pixels} px at the ${side}${quoted(text)}`
      : `has ${names[part]} that runs over its box by ${pixels} px at the ${side}${quoted(text)}`,
    fix: 'Shorten it, or divide the slide with `---`.',
  }),
  size: ({ part, pixels, floor, text }) => ({
    severity: 'warning',
    rule: 'slide-text-size',
    reason: `has ${names[part]} of ${pixels} px, and less than ${floor} px cannot be read from the last row${quoted(text)}`,
    fix: 'Enlarge it in the theme, or divide the slide.',
  }),
  contrast: ({ part, ratio, needed, colours, scheme, text }) => ({
    severity: 'error',
    rule: 'slide-contrast',
    reason: `has ${names[part]} of contrast ${ratio} : 1 in the ${scheme} scheme (${colours.join(' on ')}), and it needs ${needed} : 1${quoted(text)}`,
    fix: "Change the theme's colours.",
  }),
  accessibility: ({ rule, help, url, text }) => ({
    severity: 'error',
    rule: 'slide-accessibility',
    reason: `is not accessible to all: ${help} (axe-core: ${rule})${quoted(text)}`,
    fix: 'The address tells what to do.',
    url,
  }),
};

/** Findings of one kind about one part of a slide are one fault to the author; what tells them apart, by kind. */
const apart: { readonly [Kind in Finding['kind']]: (fault: Of<Kind>) => string } = {
  // What runs over below does so in every line from there on; a line that is too long is one by itself.
  overflow: ({ side, line }) => (side === 'top' || side === 'bottom' ? side : `${side} ${line}`),
  size: ({ floor }) => `${floor}`,
  contrast: ({ colours, scheme }) => `${colours} ${scheme}`,
  accessibility: ({ rule, line }) => `${rule} ${line}`,
};

/**
 * What was found on a slide, for the author: of several findings that are one fault the worst, where it begins.
 *
 * @param own Place of the slide, where a finding knows none.
 */
export function slideMessages(
  slide: Slide,
  { faults, foreign }: Omit<SlideFaults, 'id'>,
  own: NotePlace,
): VFileMessage[] {
  const worst = new Map<string, Fault>();
  for (const fault of faults) {
    const tell = apart[fault.kind] as (fault: Fault) => string;
    const key = `${fault.kind} ${fault.part} ${tell(fault)}`;
    const before = worst.get(key);
    if (!before) worst.set(key, fault);
    else if (badness(fault) > badness(before))
      worst.set(key, { ...fault, line: before.line, file: before.file, text: before.text });
  }
  const said = [...worst.values()].map((fault) => {
    const say = sayings[fault.kind] as (fault: Fault) => Saying;
    return slideMessage(slide, say(fault), placeIn(fault, own));
  });
  const fonts = new Map(foreign.map((place) => [`${place.font} ${place.file} ${place.line}`, place]));
  for (const place of fonts.values()) {
    const { font, text } = place;
    const reason = `has text that no font of the deck draws but \`${font}\`, which other machines may lack${quoted(text)}`;
    const fix = 'Replace the characters, or bring a font along with the theme.';
    said.push(slideMessage(slide, { severity: 'warning', rule: 'slide-font', reason, fix }, placeIn(place, own)));
  }
  return said;
}

function placeIn({ line, file }: Place, own: NotePlace): NotePlace {
  return line === null ? own : { line, ...(file === null ? {} : { file }) };
}

/** A message about a slide, at a place of its note. */
export function slideMessage(
  slide: Slide,
  { severity, rule, reason, fix, url }: Saying,
  { line, file }: NotePlace,
): VFileMessage {
  const place = { line, column: 1 };
  const message = new VFileMessage(`slide "${slide.title}" ${reason}`, {
    place: { start: place, end: place },
    ruleId: rule,
    source: 'loopreel',
  });
  if (file !== undefined) message.file = file;
  message.fatal = severity === 'error';
  message.note = fix;
  if (url !== undefined) message.url = url;
  return message;
}

function badness(fault: Fault): number {
  if (fault.kind === 'overflow') return fault.pixels + (fault.lost ? 1e6 : 0);
  if (fault.kind === 'size') return -fault.pixels;
  return fault.kind === 'contrast' ? -fault.ratio : 0;
}

function quoted(text: string): string {
  return text === '' ? '' : `: \`${text.replaceAll('`', '')}\``;
}

/** Where a slide comes from: a replay from its block. */
export function placeOfSlide(slide: Slide, { blocks }: Note): NotePlace {
  const block = slide.kind === 'replay' ? blocks.find(({ id }) => id === slide.block) : undefined;
  return block ?? slidePlace(slide) ?? { line: 1 };
}
