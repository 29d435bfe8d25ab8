/** Fonts that PowerPoint has, and how large they are set so that a line is as long as in the deck's own. */
export interface OfficeFonts {
  readonly latin: string;
  readonly eastAsian: string;
  /** Against Pretendard; Noto Sans where the language takes it. */
  readonly scale: number;
  /** Language tags of a text's runs. */
  readonly lang: string;
}

/** For code: half an em in D2Coding is 0.55 em in Consolas. */
export const codeFont = { latin: 'Consolas', scale: 0.9 } as const;

/** By the first part of the deck's language, or more of it; Hangul takes 0.86 em in Pretendard, 0.92 in Malgun Gothic. */
const families: readonly (readonly [RegExp, OfficeFonts])[] = [
  [/^ko\b/i, { latin: 'Malgun Gothic', eastAsian: 'Malgun Gothic', scale: 0.94, lang: 'ko-KR' }],
  [/^ja\b/i, { latin: 'Arial', eastAsian: 'Yu Gothic', scale: 0.97, lang: 'ja-JP' }],
  [/^zh-(?:hant|tw|hk|mo)\b/i, { latin: 'Arial', eastAsian: 'Microsoft JhengHei', scale: 0.97, lang: 'zh-TW' }],
  [/^zh\b/i, { latin: 'Arial', eastAsian: 'Microsoft YaHei', scale: 0.97, lang: 'zh-CN' }],
];
const regions: Readonly<Record<string, string>> = { en: 'en-US', de: 'de-DE', fr: 'fr-FR', es: 'es-ES' };

/** @param lang BCP 47. */
export function fontsFor(lang: string): OfficeFonts {
  const known = families.find(([pattern]) => pattern.test(lang))?.[1];
  return known ?? { latin: 'Arial', eastAsian: 'Malgun Gothic', scale: 0.98, lang: regions[lang] ?? lang };
}
