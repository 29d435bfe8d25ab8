/**
 * Where lines of prose may break: at spaces only (Korean and what has letters), between phrases too (Japanese), or
 * between characters (Chinese).
 */
export type Breaks = 'words' | 'phrases' | 'characters';

/** How a language breaks its lines; `themes/base.css` and `deck/phrases.ts` say the same to the browser. */
export function breaksOf(lang: string): Breaks {
  if (/^ja(?:-|$)/i.test(lang)) return 'phrases';
  return /^zh(?:-|$)/i.test(lang) ? 'characters' : 'words';
}

/** Characters that stand for themselves: Han, kana, Hangul and what is as wide. */
const ideographic =
  /[\u1100-\u11FF\u2E80-\u4DBF\u4E00-\uA4CF\uA960-\uA97F\uAC00-\uD7FB\uF900-\uFAFF\uFE30-\uFE6F\uFF01-\uFFE6]|[\u{20000}-\u{3FFFD}]/u;

/**
 * What no line begins with: closing brackets and marks, small kana and the long mark (`line-break: strict`), iteration
 * marks, what follows a number, quotation marks. Source: Unicode Line Breaking Algorithm (UAX #14), classes CL, CP, EX,
 * IS, NS, CJ, IN, PO, QU, SY; JIS X 4051, kinsoku.
 */
const notFirst =
  /[)\]}%!?,.:;/…‥—°′″℃‰"'’”»›、。，．：；！？％）］｝〉》」』】〕〗〙〛〟｠｣･ー〜～々〻ゝゞヽヾ・゛゜ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰ-ㇿ｡､ｧ-ｯｰﾞﾟ\p{Mark}]/u;
/** What no line ends with: opening brackets, what goes before a number, quotation marks. */
const notLast = /[([{$£¥€+\\"'‘“«‹「『（［｛〈《【〔〖〘〚〝｟｢￡￥＄]/u;

/** Whether a line may break between two characters, neither a space, in a language that has few spaces. */
export function mayBreakBetween(before: string, after: string, breaks: Exclude<Breaks, 'words'>): boolean {
  if (!ideographic.test(before) && !ideographic.test(after)) return false;
  if (notFirst.test(after) || notLast.test(before)) return false;
  return breaks === 'characters' || endsPhrase(before, after);
}

const hiragana = /\p{Script=Hiragana}/u;

/**
 * Whether a phrase of Japanese (a word with the particles behind it) ends here, as far as its scripts tell: behind a
 * mark, before an opening bracket, and where kana that inflect or join are followed by another script. `お湯` is one.
 */
function endsPhrase(before: string, after: string): boolean {
  if (/[、。，．！？：；…]/.test(before) || notLast.test(after)) return true;
  if (hiragana.test(after)) return false;
  return (hiragana.test(before) && !(/[おご]/.test(before) && /\p{Script=Han}/u.test(after))) || notFirst.test(before);
}
