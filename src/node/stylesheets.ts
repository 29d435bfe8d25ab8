import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { closest, distance } from 'fastest-levenshtein';
import { UserError } from './errors.ts';
import { packageRoot } from './root.ts';

/** The theme of a note that names none. */
export const defaultTheme = 'quiet';

/** Stylesheets in `themes/` that are structure, not a theme to choose. */
const structure = ['base', 'replay', 'player', 'print', 'handout'];

/**
 * The stylesheet of a page: the sheets of `themes/` in order, the theme's tokens first.
 *
 * @param theme A theme's name.
 * @param parts Names from `structure`, and `reveal` for reveal.js's own.
 * @throws {UserError} When there is no such theme, with the names that there are.
 */
export async function stylesheet(theme: string, parts: readonly string[]): Promise<string> {
  const themes = await themeNames();
  if (!themes.includes(theme)) throw new UserError(unknownTheme(theme, themes));
  const reveal = createRequire(import.meta.url).resolve('reveal.js/reveal.css');
  const files = [theme, ...parts].map((name) =>
    name === 'reveal' ? reveal : join(packageRoot, 'themes', `${name}.css`),
  );
  return (await Promise.all(files.map((file) => readFile(file, 'utf8')))).join('\n');
}

/** Names of the themes that can be chosen. */
export async function themeNames(): Promise<string[]> {
  const names = (await readdir(join(packageRoot, 'themes'))).filter((name) => name.endsWith('.css'));
  return names.map((name) => name.slice(0, -'.css'.length)).filter((name) => !structure.includes(name));
}

function unknownTheme(theme: string, themes: readonly string[]): string {
  const near = closest(theme, [...themes]);
  const hint = distance(theme, near) <= 3 ? `did you mean \`${near}\`?` : `expected one of ${themes.join(', ')}`;
  return `unknown theme \`${theme}\`; ${hint}`;
}
