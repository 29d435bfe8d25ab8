import type { Element } from 'hast';
import { h } from 'hastscript';
import type { Deck, Slide } from './deck.ts';
import { dressed } from './dress.ts';
import { type Page, raw, writePage } from './page.ts';

/** What a deck's page refers to. */
export interface ScreenPage {
  /** Addresses, relative to the page. */
  readonly stylesheet: string;
  readonly fonts: string;
  /** A classic script. */
  readonly script: string;
  /** The `<svg>` with a `<symbol>` for each emoji. */
  readonly sprite: string;
  /** Colours that the deck keeps; the reader's by default. */
  readonly scheme?: 'light' | 'dark' | undefined;
}

/** The deck as a whole HTML page for reveal.js, which `script` starts. */
export function renderScreen(deck: Deck, { stylesheet, fonts, script, ...page }: ScreenPage): string {
  return screenPage(deck, page, { addresses: [fonts, stylesheet] }, h('script', { src: script }));
}

/** The same as one file that needs no other. */
export interface AlonePage extends Pick<ScreenPage, 'sprite' | 'scheme'> {
  /** All styles, fonts included. */
  readonly css: string;
  /** The script itself. */
  readonly code: string;
}

/** The deck as an HTML page that asks for nothing else; its addresses are the caller's business (`readdress.ts`). */
export function renderAlone(deck: Deck, { css, code, ...page }: AlonePage): string {
  // What would end the script, or hide its end (HTML, 13.2.5.20 ff.), means the same to JavaScript with a backslash.
  const written = code.replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--');
  return screenPage(deck, page, { css }, h('script', [raw(written)]));
}

function screenPage(
  { lang, title, slides }: Deck,
  { sprite, scheme }: Pick<ScreenPage, 'sprite' | 'scheme'>,
  styles: Page['styles'],
  script: Element,
): string {
  const main = h('main', { class: 'slides' }, ['\n', ...stacksOf(slides)]);
  return writePage({
    lang,
    title,
    scheme,
    kind: 'deck',
    styles,
    children: [raw(sprite), h('div', { class: 'reveal' }, [main]), script],
  });
}

/** Slides of one stack go into a section of their own, unless there is only one. */
function stacksOf(slides: readonly Slide[]): (Element | string)[] {
  const stacks: Slide[][] = [];
  for (const slide of slides) {
    const last = stacks.at(-1);
    if (last?.[0]?.h === slide.h) last.push(slide);
    else stacks.push([slide]);
  }
  return stacks.flatMap((stack) => {
    const sections = stack.map(slideSection);
    const [only] = sections;
    return [
      sections.length === 1 && only
        ? only
        : h(
            'section',
            sections.flatMap((section) => ['\n', section]),
          ),
      '\n',
    ];
  });
}

/** One slide as reveal's `<section>`. */
function slideSection(slide: Slide): Element {
  return h(
    'section',
    {
      id: slide.id,
      ...dressed(slide, ['slide']),
      ...(slide.row === undefined ? {} : { dataAutoAnimate: '', dataAutoAnimateId: slide.row }),
      ...(slide.block === undefined ? {} : { dataBlock: slide.block }),
      ...(slide.section ? { dataSection: slide.section } : {}),
    },
    [slide.heading, ...slide.body, ...(slide.notes ? [h('aside', { class: 'notes' }, [raw(slide.notes)])] : [])],
  );
}
