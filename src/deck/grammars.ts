import type { LanguageInput } from 'shiki/core';

/** The languages that fences of lectures are written in, by Shiki's names; loaded when asked for. */
export const grammars: Readonly<Record<string, LanguageInput>> = {
  python: () => import('shiki/langs/python.mjs'),
  bash: () => import('shiki/langs/bash.mjs'),
  c: () => import('shiki/langs/c.mjs'),
  css: () => import('shiki/langs/css.mjs'),
  diff: () => import('shiki/langs/diff.mjs'),
  go: () => import('shiki/langs/go.mjs'),
  html: () => import('shiki/langs/html.mjs'),
  ini: () => import('shiki/langs/ini.mjs'),
  java: () => import('shiki/langs/java.mjs'),
  javascript: () => import('shiki/langs/javascript.mjs'),
  json: () => import('shiki/langs/json.mjs'),
  markdown: () => import('shiki/langs/markdown.mjs'),
  rust: () => import('shiki/langs/rust.mjs'),
  sql: () => import('shiki/langs/sql.mjs'),
  toml: () => import('shiki/langs/toml.mjs'),
  typescript: () => import('shiki/langs/typescript.mjs'),
  yaml: () => import('shiki/langs/yaml.mjs'),
};
const aliases: Readonly<Record<string, string>> = {
  py: 'python',
  python3: 'python',
  sh: 'bash',
  shell: 'bash',
  zsh: 'bash',
  console: 'bash',
  js: 'javascript',
  ts: 'typescript',
  yml: 'yaml',
  md: 'markdown',
  rs: 'rust',
};

/** Shiki's name for a language; one that it has no other name for comes back in lower case. */
export function grammarName(language: string): string {
  const name = language.toLowerCase();
  return aliases[name] ?? name;
}

/** Whether fences of a language are coloured. */
export function isColoured(language: string): boolean {
  return Object.hasOwn(grammars, grammarName(language));
}
