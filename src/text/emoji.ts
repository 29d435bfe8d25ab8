/** One run of a text: plain characters, or a single emoji with the id of its picture. */
export interface TextRun {
  readonly text: string;
  /** Twemoji's file name without its ending (`23f3`), absent for plain text. */
  readonly emoji?: string;
}

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });
const pictographic = /\p{RGI_Emoji}|\p{Extended_Pictographic}\uFE0F/v;
const allEmoji = /\p{RGI_Emoji}|\p{Extended_Pictographic}\uFE0F/gv;
const textByDefault = /^[#*0-9©®™↔-↪〰〽]$/u;

/**
 * Splits a text into plain runs and single emoji, so that each emoji can be drawn as its Twemoji picture.
 *
 * @param text Any text; characters that are text by default (`→`, `©`, digits) stay plain unless U+FE0F follows.
 * @returns Runs whose texts joined give `text` back.
 */
export function textRuns(text: string): TextRun[] {
  const runs: TextRun[] = [];
  let plain = '';
  for (const { segment } of segmenter.segment(text)) {
    if (pictographic.test(segment) && !textByDefault.test(segment)) {
      if (plain) runs.push({ text: plain });
      plain = '';
      runs.push({ text: segment, emoji: emojiId(segment) });
    } else plain += segment;
  }
  if (plain) runs.push({ text: plain });
  return runs;
}

/** A text without its emoji: what fonts have to draw. */
export function withoutEmoji(text: string): string {
  return text.replaceAll(allEmoji, (emoji) => (textByDefault.test(emoji) ? emoji : ''));
}

/** Twemoji's name for an emoji: code points in hex joined by `-`, U+FE0F left out unless a joiner (U+200D) is there. */
function emojiId(emoji: string): string {
  const shown = emoji.includes('\u200D') ? emoji : emoji.replaceAll('\uFE0F', '');
  return Array.from(shown, (character) => character.codePointAt(0)?.toString(16)).join('-');
}
