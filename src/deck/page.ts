import type { Element, ElementContent } from 'hast';
import { toHtml } from 'hast-util-to-html';
import { h } from 'hastscript';

/** A whole HTML document: what every page of ours has in common. */
export interface Page {
  /** BCP 47. */
  readonly lang: string;
  readonly title: string;
  /** Colours that it keeps; the reader's by default. */
  readonly scheme?: 'light' | 'dark' | undefined;
  /** Class of the `<body>`, which the stylesheets tell pages apart by. */
  readonly kind: 'deck' | 'deck-list' | 'embed' | 'print' | 'handout' | 'changes';
  /** Addresses of stylesheets, or the styles themselves. */
  readonly styles: { readonly addresses: readonly string[] } | { readonly css: string };
  readonly children: readonly (Element | ElementContent | string)[];
}

/** Writes a document. */
export function writePage({ lang, title, scheme, kind, styles, children }: Page): string {
  const page = h('html', { lang, ...(scheme ? { dataScheme: scheme } : {}) }, [
    h('head', [
      h('meta', { charSet: 'utf-8' }),
      ...(kind === 'print' || kind === 'handout'
        ? []
        : [h('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' })]),
      h('title', title),
      ...('css' in styles
        ? [h('style', [raw(styleText(styles.css))])]
        : styles.addresses.map((href) => h('link', { rel: 'stylesheet', href }))),
    ]),
    h('body', { class: kind }, [...children]),
  ]);
  return `<!doctype html>\n${toHtml(page, { allowDangerousHtml: true })}\n`;
}

/** Styles as the content of a `<style>`. */
export function styleText(css: string): string {
  return css.replaceAll('</style', '<\\/style');
}

/** HTML that is ready, as a node. */
export function raw(value: string): ElementContent {
  return { type: 'raw', value } as unknown as ElementContent;
}
