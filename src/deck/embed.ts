import type { Element } from 'hast';
import { h } from 'hastscript';
import { drawEmoji } from './emoji.ts';
import { raw, writePage } from './page.ts';
import type { BlockShow } from './show.ts';

/** A replay's own page. */
export interface EmbedPage {
  readonly title: string;
  /** BCP 47. */
  readonly lang: string;
  /** `PageData` as JSON. */
  readonly replayJson: string;
  /** The key steps' pictures, in order; at least one. */
  readonly stills: NonNullable<BlockShow['stills']>;
  /** Addresses, relative to the page. */
  readonly stylesheet: string;
  readonly fonts: string;
  /** A classic script. */
  readonly script: string;
  /** The `<svg>` with a `<symbol>` for each emoji. */
  readonly sprite: string;
  /** Colours that the page keeps; the reader's by default. */
  readonly scheme?: 'light' | 'dark' | undefined;
}

/**
 * A replay as a whole HTML page of its own, to be shown in an `<iframe>` of any width from 360 pixels on. Without a
 * script it is its last picture; a transcript, one sentence a key step, is always there.
 */
export function renderEmbedPage(options: EmbedPage): string {
  const { title, lang, replayJson, stills, stylesheet, fonts, script, sprite, scheme } = options;
  const korean = lang.startsWith('ko');
  const last = stills.at(-1);
  return writePage({
    lang,
    title,
    scheme,
    kind: 'embed',
    styles: { addresses: [fonts, stylesheet] },
    children: [
      raw(sprite),
      h('main', [
        h('h1', drawEmoji([{ type: 'text', value: title }])),
        h('div', { class: 'loopreel-replay' }, last ? [still(last)] : []),
        h('script', { type: 'application/json', class: 'loopreel-data' }, [raw(replayJson.replaceAll('<', '\\u003c'))]),
        h('details', { class: 'transcript' }, [
          h('summary', korean ? '차례로 읽기' : 'Step by step'),
          h(
            'ol',
            stills.map(({ caption, clock }) =>
              h('li', [...drawEmoji([{ type: 'text', value: caption }]), ' ', h('span', { class: 'when' }, clock)]),
            ),
          ),
        ]),
      ]),
      h('script', { src: script }),
    ],
  });
}

function still({ caption, svg }: EmbedPage['stills'][number]): Element {
  return h('figure', { class: 'still' }, [raw(svg), h('figcaption', { class: 'visually-hidden' }, caption)]);
}
