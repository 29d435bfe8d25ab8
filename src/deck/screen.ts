import type { Element } from 'hast';
import { h } from 'hastscript';
import type { Deck, Slide } from './deck.ts';
import { dressed } from './dress.ts';
import { raw, writePage } from './page.ts';

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
export function renderScreen(deck: Deck, { stylesheet, fonts, script, sprite, scheme }: ScreenPage): string {
  return writePage({
    lang: deck.lang,
    title: deck.title,
    scheme,
    kind: 'deck',
    styles: { addresses: [fonts, stylesheet] },
    children: [
      raw(sprite),
      h('div', { class: 'reveal' }, [h('main', { class: 'slides' }, ['\n', ...stacksOf(deck.slides)])]),
      h('script', { src: script }),
    ],
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
