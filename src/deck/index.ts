import { toHtml } from 'hast-util-to-html';
import { h } from 'hastscript';

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
  const page = h('html', { lang: korean ? 'ko' : 'en' }, [
    h('head', [
      h('meta', { charSet: 'utf-8' }),
      h('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
      h('title', title),
      h('link', { rel: 'stylesheet', href: fonts }),
      h('link', { rel: 'stylesheet', href: stylesheet }),
    ]),
    h('body', { class: 'deck-list' }, [
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
    ]),
  ]);
  return `<!doctype html>\n${toHtml(page)}\n`;
}
