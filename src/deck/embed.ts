import type { Element, ElementContent } from 'hast';
import { toHtml } from 'hast-util-to-html';
import { h } from 'hastscript';
import { drawEmoji } from './emoji.ts';
import type { BlockShow } from './show.ts';

/** A replay's own page. */
export interface EmbedPage {
  readonly title: string;
  /** BCP 47. */
  readonly lang: string;
  /** `ReplayData` as JSON. */
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
}

/**
 * A replay as a whole HTML page of its own, to be shown in an `<iframe>` of any width from 360 pixels on. Without a
 * script it is its last picture; a transcript, one sentence a key step, is always there.
 */
export function renderEmbedPage(options: EmbedPage): string {
  const { title, lang, replayJson, stills, stylesheet, fonts, script, sprite } = options;
  const korean = lang.startsWith('ko');
  const last = stills.at(-1);
  const page = h('html', { lang }, [
    h('head', [
      h('meta', { charSet: 'utf-8' }),
      h('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
      h('title', title),
      h('link', { rel: 'stylesheet', href: fonts }),
      h('link', { rel: 'stylesheet', href: stylesheet }),
    ]),
    h('body', { class: 'embed' }, [
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
    ]),
  ]);
  return `<!doctype html>\n${toHtml(page, { allowDangerousHtml: true })}\n`;
}

function still({ caption, svg }: EmbedPage['stills'][number]): Element {
  return h('figure', { class: 'still' }, [raw(svg), h('figcaption', { class: 'visually-hidden' }, caption)]);
}

function raw(value: string): ElementContent {
  return { type: 'raw', value } as unknown as ElementContent;
}
