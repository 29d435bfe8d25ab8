import { textRuns } from './emoji.ts';

/** Advance widths of U+0020 to U+007E in hundredths of an em, measured in Pretendard 1.3.9. */
const regular = [
  25, 26, 38, 60, 61, 86, 61, 20, 34, 34, 47, 63, 26, 43, 25, 33, 60, 44, 59, 62, 62, 60, 61, 55, 61, 61, 25, 25, 63,
  63, 63, 48, 88, 65, 62, 69, 69, 57, 56, 71, 71, 24, 52, 62, 53, 85, 72, 73, 60, 73, 61, 61, 61, 71, 65, 92, 61, 63,
  59, 34, 33, 34, 44, 42, 47, 54, 59, 53, 59, 55, 34, 58, 56, 22, 22, 52, 22, 83, 56, 57, 58, 58, 35, 50, 34, 55, 53,
  78, 51, 53, 51, 34, 31, 34, 63,
];
const bold = [
  23, 31, 38, 62, 63, 96, 65, 20, 39, 39, 54, 65, 29, 45, 28, 37, 66, 47, 61, 64, 66, 63, 64, 58, 64, 64, 28, 28, 65,
  65, 65, 54, 87, 72, 64, 72, 70, 59, 56, 73, 72, 27, 55, 66, 55, 88, 71, 75, 62, 75, 63, 63, 64, 70, 72, 100, 69, 70,
  64, 39, 37, 39, 47, 46, 48, 56, 61, 56, 61, 57, 37, 61, 60, 26, 26, 56, 26, 88, 60, 59, 61, 61, 39, 54, 37, 60, 56,
  82, 55, 56, 55, 39, 36, 39, 65,
];

const wide =
  /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]|[\u{20000}-\u{3FFFD}]/u;
const zeroWidth = /\p{Mark}|\p{Default_Ignorable_Code_Point}/u;

/**
 * Width of a text in columns of a monospaced font: Hangul, Han, kana and emoji take two, combining marks none.
 *
 * @param text One line; a tab counts as one column.
 */
export function columns(text: string): number {
  let sum = 0;
  for (const run of textRuns(text)) {
    if (run.emoji !== undefined) sum += 2;
    else if (/^[\x20-\x7E]*$/.test(run.text)) sum += run.text.length;
    else for (const character of run.text) sum += zeroWidth.test(character) ? 0 : wide.test(character) ? 2 : 1;
  }
  return sum;
}

/**
 * Estimated advance width of a text in "Loopreel Sans" (Pretendard): exact for ASCII and Hangul, close for the rest.
 *
 * @param text One line.
 * @param size Font size in pixels.
 * @param weight Default `regular` (400); `bold` is 700.
 * @returns Pixels.
 */
export function sansWidth(text: string, size: number, weight: 'regular' | 'bold' = 'regular'): number {
  const table = weight === 'bold' ? bold : regular;
  let hundredths = 0;
  for (const run of textRuns(text)) {
    if (run.emoji !== undefined) hundredths += 100;
    else
      for (const character of run.text) {
        const code = character.codePointAt(0) ?? 0;
        if (code < 0x7f) hundredths += table[code - 32] ?? 90;
        else if (code >= 0xac00 && code <= 0xd7a3) hundredths += 86.4;
        else if (zeroWidth.test(character)) continue;
        else if (wide.test(character)) hundredths += 100;
        else hundredths += table[code - 32] ?? 90;
      }
  }
  return (hundredths * size) / 100;
}

/**
 * Cuts a text to a width, with `…` at its end when something was cut.
 *
 * @param text One line.
 * @param width Largest width in the unit of `measure`.
 * @param measure Width of a text, for example `columns`.
 */
export function clip(text: string, width: number, measure: (text: string) => number): string {
  if (measure(text) <= width) return text;
  const characters = Array.from(text);
  while (characters.length > 0 && measure(`${characters.join('')}…`) > width) characters.pop();
  return `${characters.join('').trimEnd()}…`;
}
