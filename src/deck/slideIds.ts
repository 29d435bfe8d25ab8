/** What a slide's id is made from. */
export interface NamedSlide {
  /** Its title, without the `(2/3)` of a topic that takes several slides. */
  readonly name: string;
  /** Title of the section that it stands in; empty outside of all. */
  readonly section: string;
}

/**
 * Gives each slide of a deck an id of its own, which links, pictures and screenshots keep: what is inserted, removed or
 * made longer changes the ids of slides of the same title alone.
 *
 * - The title is the id: `asyncio.gather() 예제` → `asyncio-gather-예제`. An empty one becomes `slide`.
 * - One that stands in several sections has its section before it: `세마포어--예제`.
 * - Further slides of a title, in its section, are numbered: `세마포어--예제--2`.
 *
 * No title has two hyphens, nor begins with a digit: so no id is ever taken by another title.
 *
 * @returns The ids, in the order of the slides: letters (Hangul too), digits, `_`, `-`. They are short enough for the
 * name of a file, 255 bytes of UTF-8, together with a step and an ending.
 */
export function slideIds(slides: readonly NamedSlide[]): string[] {
  const names = slides.map(({ name }) => slug(name, longest.name));
  const sections = new Map<string, Set<string>>();
  for (const [n, { section }] of slides.entries()) {
    const name = names[n] ?? '';
    sections.set(name, (sections.get(name) ?? new Set()).add(section));
  }
  const counts = new Map<string, number>();
  return slides.map(({ section }, n) => {
    const name = names[n] ?? '';
    const before = slug(section, longest.section);
    const ambiguous = section !== '' && before !== name && (sections.get(name)?.size ?? 0) > 1;
    const id = ambiguous ? `${before}--${name}` : name;
    const count = (counts.get(id) ?? 0) + 1;
    counts.set(id, count);
    return count === 1 ? id : `${id}--${count}`;
  });
}

/** Bytes of UTF-8 that the parts of an id may have. */
const longest = { name: 150, section: 60 } as const;

/** Letters and digits of a text, a single hyphen for whatever stands between them. */
function slug(text: string, bytes: number): string {
  const words =
    text
      .normalize('NFC')
      .toLowerCase()
      .match(/[\p{Letter}\p{Number}_]+/gu) ?? [];
  // An id that begins with a digit reads as a slide number in reveal's addresses.
  const whole = words.join('-').replace(/^(?=\d)/, 's') || 'slide';
  const encoder = new TextEncoder();
  let cut = '';
  let length = 0;
  for (const character of whole) {
    length += encoder.encode(character).length;
    if (length > bytes) break;
    cut += character;
  }
  return cut.replace(/-$/, '');
}
