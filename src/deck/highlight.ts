import { createHighlighterCore, type ThemedToken, type ThemeRegistrationRaw } from 'shiki/core';
import { createJavaScriptRegexEngine } from 'shiki/engine/javascript';
import { grammarName, grammars } from './grammars.ts';
import { type Highlight, plainLines } from './show.ts';

/** Which scopes of a TextMate grammar make a kind of `src/replay/data.ts`; the most specific one wins. */
const scopes = {
  keyword: [
    'keyword',
    'storage',
    'keyword.operator.logical',
    'keyword.operator.word',
    'keyword.operator.logical.python',
    'keyword.operator.expression',
    'keyword.operator.new',
  ],
  string: [
    'string',
    'storage.type.string',
    'storage.type.format',
    'punctuation.definition.string',
    'constant.character.escape',
    'markup.inline.raw',
  ],
  number: ['constant.numeric', 'keyword.other.unit'],
  comment: ['comment', 'punctuation.definition.comment'],
  function: [
    'entity.name.function',
    'entity.name.function.decorator',
    'punctuation.definition.decorator',
    'support.function.magic',
  ],
  type: ['entity.name.type', 'entity.name.class', 'support.type', 'support.class', 'entity.name.tag'],
  constant: ['constant.language', 'support.constant'],
  operator: ['keyword.operator'],
  plain: ['constant.character.format.placeholder', 'meta.embedded', 'variable', 'punctuation'],
} as const;

type Kind = keyof typeof scopes;
const kinds = Object.keys(scopes) as Kind[];

/** Shiki colours by theme; this one's colours are the numbers of the kinds. */
const theme: ThemeRegistrationRaw = {
  name: 'kinds',
  type: 'light',
  colors: { 'editor.foreground': '#ffffff', 'editor.background': '#000000' },
  settings: [
    { settings: { foreground: '#ffffff' } },
    ...kinds.map((kind, n) => ({ scope: [...scopes[kind]], settings: { foreground: colour(n) } })),
  ],
};

/**
 * Makes the function that colours code.
 *
 * @param languages Names of fences' info strings; those that no grammar is known for are passed over. Python is always
 * there.
 * @returns Tokens whose texts joined are the line, in lines that joined by `\n` are the code. Code in a language that was
 * not asked for comes back as plain tokens.
 */
export async function createHighlight(languages: readonly string[] = []): Promise<Highlight> {
  const wanted = new Set(['python', ...languages.map(grammarName)].filter((name) => Object.hasOwn(grammars, name)));
  const shiki = await createHighlighterCore({
    themes: [theme],
    langs: [...wanted].flatMap((name) => grammars[name] ?? []),
    engine: createJavaScriptRegexEngine({ forgiving: true }),
  });
  const known = new Map<string, ReturnType<Highlight>>();
  return (code, language) => {
    const lang = grammarName(language);
    if (!wanted.has(lang)) return plainLines(code);
    // The same code is coloured for its slide and for its replay.
    const key = `${lang}\n${code}`;
    // Without its limit of half a second a line, by which a busy machine would colour otherwise.
    const lines =
      known.get(key) ?? shiki.codeToTokensBase(code, { lang, theme: 'kinds', tokenizeTimeLimit: 0 }).map(joinAlike);
    known.set(key, lines);
    return lines;
  };
}

/** Shiki's tokens with our kinds, neighbours of one kind joined. */
function joinAlike(line: readonly ThemedToken[]): { text: string; kind: Kind }[] {
  const tokens: { text: string; kind: Kind }[] = [];
  for (const { content, color } of line) {
    const kind = kinds[Number.parseInt(color?.slice(1) ?? '', 16) - 1] ?? 'plain';
    const last = tokens.at(-1);
    if (last && (last.kind === kind || content.trim() === '')) last.text += content;
    else tokens.push({ text: content, kind });
  }
  return tokens;
}

function colour(n: number): string {
  return `#${(n + 1).toString(16).padStart(6, '0')}`;
}
