import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { packageRoot } from './root.ts';

/** The theme of a note that names none. */
export const defaultTheme = 'quiet';

const slides = ['base', 'prose', 'code', 'authoring', 'layouts', 'title', 'replay', 'lanes', 'narrow'] as const;

/** The sheets of `themes/` that each kind of page takes, in order, behind the theme's own. */
const pages = {
  deck: ['reveal', ...slides, 'screen', 'player', 'embed'],
  print: [...slides, 'print'],
  handout: [...slides, 'handout'],
  index: ['base', 'index'],
} as const;

/** A kind of page. */
export type PageKind = keyof typeof pages;

/**
 * The stylesheet of a page.
 *
 * @param theme A theme's name, from `themeNames`.
 */
export async function stylesheet(theme: string, page: PageKind): Promise<string> {
  const reveal = createRequire(import.meta.url).resolve('reveal.js/reveal.css');
  const files = [theme, ...pages[page]].map((name) =>
    name === 'reveal' ? reveal : join(packageRoot, 'themes', `${name}.css`),
  );
  return (await Promise.all(files.map((file) => readFile(file, 'utf8')))).join('\n');
}

/** Names of the themes that can be chosen: the sheets that are no page's structure. */
export async function themeNames(): Promise<string[]> {
  const structure = new Set<string>(Object.values(pages).flat());
  const sheets = (await readdir(join(packageRoot, 'themes'))).filter((name) => name.endsWith('.css'));
  return sheets.map((name) => name.slice(0, -'.css'.length)).filter((name) => !structure.has(name));
}
