/** One run of a text: plain characters, or a single emoji with the id of its picture. */
export interface TextRun {
  readonly text: string;
  /** Twemoji's file name without its ending (`23f3`), absent for plain text. */
  readonly emoji?: string;
}

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });
const pictographic = /\p{RGI_Emoji}|\p{Extended_Pictographic}\uFE0F/v;
const textByDefault = /^[#*0-9©®™↔-↪〰〽]$/u;

/**
 * Where an emoji may be: no ASCII but the foot of a keycap, no Latin, punctuation, straight arrow or box, no Hangul, kana
 * or common Han. All else is looked at closely, which costs ten milliseconds the first time.
 */
const never = String.raw`\x00-\x7F\xA0-\xA8\xAA-\xAD\xAF-\u02FF\u1100-\u11FF\u2010-\u203B\u2190-\u2193\u2200-\u22FF\u2500-\u25A9\u3000-\u302F\u3031-\u303C\u303E-\u318F\u4E00-\u9FFF\uAC00-\uD7A3`;
const mayHoldEmoji = new RegExp(`[^${never}]`);
const candidates = new RegExp(`[#*0-9]?[^${never}]+`, 'g');

/**
 * Splits a text into plain runs and single emoji, so that each emoji can be drawn as its Twemoji picture. Quick on long
 * texts without emoji.
 *
 * @param text Any text; characters that are text by default (`→`, `©`, digits) stay plain unless U+FE0F follows.
 * @returns Runs whose texts joined give `text` back.
 */
export function textRuns(text: string): TextRun[] {
  if (!mayHoldEmoji.test(text)) return text === '' ? [] : [{ text }];
  const runs: TextRun[] = [];
  let start = 0;
  for (const { 0: span, index } of text.matchAll(candidates)) {
    for (const { segment, index: offset } of segmenter.segment(span)) {
      if (!pictographic.test(segment) || textByDefault.test(segment)) continue;
      const place = index + offset;
      if (place > start) runs.push({ text: text.slice(start, place) });
      runs.push({ text: segment, emoji: emojiId(segment) });
      start = place + segment.length;
    }
  }
  if (start < text.length) runs.push({ text: text.slice(start) });
  return runs;
}

/** A text without its emoji: what fonts have to draw. */
export function withoutEmoji(text: string): string {
  return textRuns(text)
    .flatMap((run) => (run.emoji === undefined ? [run.text] : []))
    .join('');
}

/**
 * The parts of a text in which emoji may be, each once: the little that has to be looked at of pages of megabytes, which
 * repeat themselves.
 */
export function emojiSpans(text: string): string[] {
  return [...new Set(text.match(candidates))];
}

/** Twemoji's name for an emoji: code points in hex joined by `-`, U+FE0F left out unless a joiner (U+200D) is there. */
function emojiId(emoji: string): string {
  const shown = emoji.includes('\u200D') ? emoji : emoji.replaceAll('\uFE0F', '');
  return Array.from(shown, (character) => character.codePointAt(0)?.toString(16)).join('-');
}
