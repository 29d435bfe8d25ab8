import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { packageRoot } from './root.ts';
import type { Scheme, Theme } from './theme/read.ts';

const slides = [
  'families',
  'base',
  'prose',
  'code',
  'authoring',
  'layouts',
  'title',
  'replay',
  'lanes',
  'narrow',
] as const;

/** The sheets of `themes/` that each kind of page takes, in order, behind the theme's own. */
const pages = {
  deck: ['reveal', ...slides, 'screen', 'player', 'pointing', 'embed'],
  print: [...slides, 'print'],
  handout: [...slides, 'handout', 'storyboard'],
  index: ['families', 'base', 'index'],
  picture: ['families', 'replay', 'lanes'],
  changes: ['families', 'base', 'changes'],
} as const;

/** A kind of page. */
export type PageKind = keyof typeof pages;

/**
 * The stylesheet of a page: the theme's tokens, the structure, the theme's own rules.
 *
 * @param scheme The one that the page keeps; by default it is the reader's: what the page says
 * (`<html data-scheme="dark">`), else what the system prefers.
 */
export async function stylesheet(theme: Theme, page: PageKind, scheme?: Scheme): Promise<string> {
  const reveal = createRequire(import.meta.url).resolve('reveal.js/reveal.css');
  const files = pages[page].map((name) => (name === 'reveal' ? reveal : join(packageRoot, 'themes', `${name}.css`)));
  const sheets = await Promise.all(files.map((file) => readFile(file, 'utf8')));
  return [tokenSheet(theme, scheme), ...sheets, theme.rules].join('\n');
}

/** A theme's tokens as custom properties, for the page and for slides that have a scheme of their own. */
function tokenSheet({ light, dark }: Theme, scheme: Scheme | undefined): string {
  const properties = (values: ReadonlyMap<string, string>) =>
    [...values].map(([name, value]) => `--lr-${name}:${value}`).join(';');
  const inLight = `{color-scheme:light;${properties(light)}}`;
  const rules = [`:root${inLight}`];
  if (dark) {
    const inTheDark = `{color-scheme:dark;${properties(dark)}}`;
    if (scheme === 'dark') rules.push(`:root${inTheDark}`);
    if (scheme === undefined) rules.push(`@media (prefers-color-scheme:dark){:root:not([data-scheme])${inTheDark}}`);
    rules.push(`[data-scheme="light"]${inLight}`, `[data-scheme="dark"]${inTheDark}`);
  }
  return rules.join('\n');
}

/** Whether a sheet of `themes/` is a page's structure, and no theme. */
export function isStructure(name: string): boolean {
  return Object.values(pages).some((names) => (names as readonly string[]).includes(name));
}
