import type { Element, ElementContent } from 'hast';
import { h } from 'hastscript';
import { raw, writePage } from './page.ts';

/** A picture of a slide beside the one that it made before. */
export interface ChangedPicture {
  /** `<deck>/<slide>.<step>` */
  readonly name: string;
  /** The slide's title, and its language (BCP 47). */
  readonly title: string;
  readonly lang: string;
  /** What has become of it in a word, `changed`, and in more. */
  readonly kind: string;
  readonly detail: string;
  /** Addresses of pictures; those that there are. */
  readonly baseline?: string | undefined;
  readonly actual?: string | undefined;
  /** One that is clear but for what differs. */
  readonly mask?: string | undefined;
  /** The rectangle around all that differs, in pixels. */
  readonly box?:
    | { readonly x: number; readonly y: number; readonly width: number; readonly height: number }
    | undefined;
}

/** The page that shows what has changed. */
export interface ChangesPage {
  readonly pictures: readonly ChangedPicture[];
  /** What is said above all. */
  readonly summary: string;
  /** Size of every picture, in pixels. */
  readonly width: number;
  readonly height: number;
  /** All styles, fonts included. */
  readonly css: string;
  /** A classic script. */
  readonly code: string;
}

/** How two pictures are shown; the first one needs no script. */
const views = [
  ['beside', 'Side by side'],
  ['swipe', 'Swipe'],
  ['onion', 'Onion skin'],
  ['difference', 'Difference'],
] as const;

/** One page that needs no other: a list of pictures, each before and after. */
export function renderChanges({ pictures, summary, width, height, css, code }: ChangesPage): string {
  return writePage({
    lang: 'en',
    title: `Snapshots: ${summary}`,
    kind: 'changes',
    styles: { css: `${css}\n:root{--width:${width};--height:${height}}` },
    children: [
      h('header', [
        h('h1', 'Snapshots'),
        h('p', summary),
        h('nav', { ariaLabel: 'Pictures' }, [
          h(
            'ol',
            pictures.map(({ name, kind }, n) =>
              h('li', [h('a', { href: `#picture-${n + 1}` }, [h('span', { class: 'kind' }, kind), ' ', name])]),
            ),
          ),
        ]),
      ]),
      toolbar(),
      h('main', pictures.map(article)),
      h('script', [raw(code.replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--'))]),
    ],
  });
}

/** Hidden until the script is there to answer. */
function toolbar(): Element {
  return h('form', { class: 'views', hidden: true, ariaLabel: 'View' }, [
    h('fieldset', [
      h('legend', { class: 'visually-hidden' }, 'View'),
      ...views.map(([value, label], n) =>
        h('label', [
          h('input', { type: 'radio', name: 'view', value, checked: n === 0, ariaKeyShortcuts: `${n + 1}` }),
          h('span', [label, h('kbd', { ariaHidden: 'true' }, `${n + 1}`)]),
        ]),
      ),
    ]),
    h('label', { class: 'share' }, [
      h('span', 'Before to after'),
      h('input', { type: 'range', name: 'share', min: 0, max: 100, value: 50 }),
    ]),
    h('p', [
      h('button', { type: 'button', name: 'previous', ariaKeyShortcuts: 'K' }, [
        'Previous',
        h('kbd', { ariaHidden: 'true' }, 'k'),
      ]),
      h('button', { type: 'button', name: 'next', ariaKeyShortcuts: 'J' }, [
        'Next',
        h('kbd', { ariaHidden: 'true' }, 'j'),
      ]),
    ]),
  ]);
}

function article(picture: ChangedPicture, n: number): Element {
  const { name, title, lang, kind, detail, baseline, actual, mask, box } = picture;
  const id = `picture-${n + 1}`;
  const figures = [
    ...(baseline === undefined ? [] : [figure('before', 'Before', baseline, title)]),
    ...(actual === undefined ? [] : [figure('after', 'After', actual, title)]),
    ...(mask === undefined ? [] : [figure('mask', 'What differs', mask, title)]),
  ];
  return h('article', { id, ariaLabelledBy: `${id}-name` }, [
    h('h2', { id: `${id}-name`, tabIndex: -1 }, name),
    h('p', [h('span', { class: 'kind' }, kind), ` ${detail} · `, h('span', { lang }, title)]),
    h(
      'div',
      {
        class: baseline !== undefined && actual !== undefined ? 'pictures pair' : 'pictures',
        ...(box ? { dataBox: [box.x, box.y, box.width, box.height].join(' ') } : {}),
      },
      figures,
    ),
  ]);
}

function figure(place: string, caption: string, src: string, title: string): ElementContent {
  return h('figure', { class: place }, [h('figcaption', caption), h('img', { src, alt: `${caption}: ${title}` })]);
}
