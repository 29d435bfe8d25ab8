import { h } from 'hastscript';
import { writePage } from './page.ts';

/** The list of decks, for the site's first page. */
export interface IndexPage {
  readonly decks: readonly {
    readonly name: string;
    readonly title: string;
    readonly lang: string;
    readonly slides: number;
  }[];
  /** Addresses of the stylesheets. */
  readonly stylesheet: string;
  readonly fonts: string;
}

/** The site's first page: every deck with its title and number of slides. The page is Korean when most decks are. */
export function renderIndex({ decks, stylesheet, fonts }: IndexPage): string {
  const korean = decks.filter(({ lang }) => lang.startsWith('ko')).length * 2 >= decks.length;
  const title = korean ? '강의 목록' : 'Lectures';
  return writePage({
    lang: korean ? 'ko' : 'en',
    title,
    kind: 'deck-list',
    styles: { addresses: [fonts, stylesheet] },
    children: [
      h('main', [
        h('h1', title),
        h(
          'ol',
          decks.map(({ name, title, lang, slides }) =>
            h('li', [
              h('a', { href: `${encodeURIComponent(name)}/index.html`, lang }, title),
              h('span', korean ? `슬라이드 ${slides}장` : `${slides} slides`),
            ]),
          ),
        ),
      ]),
    ],
  });
}
