/** Layouts that `::slide{layout=…}` may ask for; `deck/layouts.ts` says what each does. */
export const layoutNames = [
  'text',
  'code',
  'side',
  'output',
  'comparison',
  'table',
  'statement',
  'quote',
  'picture',
  'exercise',
  'summary',
  'agenda',
] as const;

/** The name of a layout. */
export type LayoutName = (typeof layoutNames)[number];

/** Whether a word names a layout. */
export function isLayoutName(word: string | null | undefined): word is LayoutName {
  return layoutNames.some((name) => name === word);
}
