import { readdirSync, readFileSync } from 'node:fs';
import { readTheme, type Theme } from '../src/node/theme/read.ts';

const folder = new URL('../themes/', import.meta.url);

/** The sheets of `themes/` by name. */
export const sheets: ReadonlyMap<string, string> = new Map(
  readdirSync(folder)
    .filter((file) => file.endsWith('.css'))
    .map((file) => [file.slice(0, -'.css'.length), readFileSync(new URL(file, folder), 'utf8')]),
);

/** A theme that comes along. */
export function themeNamed(name: string): Theme {
  const { theme, messages } = readTheme(sheets.get(name) ?? '', name);
  if (!theme) throw new Error(messages.join('\n'));
  return theme;
}
