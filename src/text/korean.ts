/** The particles that change with the last sound of the word before them. */
export type Particle = '은' | '이' | '을' | '과' | '으로' | '아';

const pairs: Readonly<Record<Particle, readonly [afterConsonant: string, afterVowel: string]>> = {
  은: ['은', '는'],
  이: ['이', '가'],
  을: ['을', '를'],
  과: ['과', '와'],
  으로: ['으로', '로'],
  아: ['아', '야'],
};

/** The last sound of a word as it is read aloud in Korean. */
type Ending = 'vowel' | 'consonant' | 'rieul';

/** 영 일 이 삼 사 오 육 칠 팔 구 */
const digits: readonly Ending[] = [
  'consonant',
  'rieul',
  'vowel',
  'consonant',
  'vowel',
  'vowel',
  'consonant',
  'rieul',
  'rieul',
  'vowel',
];

/** Letters whose Korean name ends in a consonant: 엘, 엠, 엔, 알. */
const letters: Readonly<Record<string, Ending>> = { L: 'rieul', M: 'consonant', N: 'consonant', R: 'rieul' };

/** Programming words whose Korean reading does not follow from their spelling: 태스크그룹, 락, 슬립, 타임아웃 … */
const words: Readonly<Record<string, Ending>> = {
  taskgroup: 'consonant',
  group: 'consonant',
  exceptiongroup: 'consonant',
  baseexceptiongroup: 'consonant',
  cook: 'consonant',
  book: 'consonant',
  sleep: 'consonant',
  timeout: 'consonant',
  input: 'consonant',
  output: 'consonant',
  job: 'consonant',
  web: 'consonant',
  check: 'vowel',
  url: 'rieul',
  all: 'rieul',
  call: 'rieul',
  shield: 'vowel',
};

/**
 * A word with the right form of a particle: `withParticle('A', '이')` gives `A가`, `withParticle('main', '을')`
 * gives `main을`.
 *
 * Hangul follow their last syllable; digits and single capitals are read by their Korean names (`3` 삼, `M` 엠);
 * Latin words ending in l, m, n (also before a silent e), ng, ck, -et or a short syllable in p or t close with a
 * consonant, others with a vowel, but for a short list of words.
 *
 * @param word Must not be empty; signs at its end (`)`, `'`, `.`) are not read aloud and so do not count.
 * @param particle The form after a consonant.
 */
export function withParticle(word: string, particle: Particle): string {
  const ending = endingOf(word);
  const [afterConsonant, afterVowel] = pairs[particle];
  if (particle === '으로' && ending === 'rieul') return `${word}${afterVowel}`;
  return `${word}${ending === 'vowel' ? afterVowel : afterConsonant}`;
}

function endingOf(word: string): Ending {
  const spoken = word.replace(/[^\p{Letter}\p{Number}]+$/u, '');
  const last = spoken.at(-1) ?? '';
  const code = last.charCodeAt(0);
  if (code >= 0xac00 && code <= 0xd7a3) {
    const final = (code - 0xac00) % 28;
    return final === 0 ? 'vowel' : final === 8 ? 'rieul' : 'consonant';
  }
  if (/[0-9]/.test(last)) return digits[Number(last)] ?? 'vowel';
  const name = /[A-Za-z]+$/.exec(spoken)?.[0] ?? '';
  if (name.length === 1 || (name !== '' && name === name.toUpperCase())) return letters[last.toUpperCase()] ?? 'vowel';
  const known = words[name.toLowerCase()];
  if (known !== undefined) return known;
  if (/(l|.le)$/i.test(name)) return 'rieul';
  // A short vowel closes: 락, 퀵, 소켓, 셋, 맵.
  if (/(ck|[^aeiou]et)$/i.test(name) || /^[^aeiou]*[aeiou]p*[pt]$/i.test(name)) return 'consonant';
  return /(m|n|ng|[aeiou][mn]e)$/i.test(name) ? 'consonant' : 'vowel';
}
