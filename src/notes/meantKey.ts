import { closest, distance } from 'fastest-levenshtein';

/** The known key that a wrong one was probably meant to be; null when none is near. */
export function meantKey(key: string, known: readonly string[]): string | null {
  const nearest = closest(key, known);
  return distance(key, nearest) <= Math.max(2, key.length / 2) ? nearest : null;
}
