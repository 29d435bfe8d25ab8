/** Pieces of a line that are compared one by one: numbers, words, single signs. */
const token = /\d+(?:[:./-]\d+)*|[\p{L}\p{M}_]+|[^\s]/gu;

/** The tokens of a line that {@link plain} has made comparable. */
export function tokens(line: string): string[] {
  return line.match(token) ?? [];
}

/** The line with every number as `#`: two lines of one kind have the same. */
export function skeleton(line: string): string {
  return line.replace(/[-+]?\d+(?:[:./-]\d+)*(?:e[-+]?\d+)?/gi, '#').replace(/\s+/g, ' ');
}

/** A token as a number; `0:00:02.5` counts as seconds. NaN for any other. */
export function numberOf(text: string): number {
  const clock = /^(\d+):(\d\d):(\d\d(?:\.\d+)?)$/.exec(text);
  if (clock) return Number(clock[1]) * 3600 + Number(clock[2]) * 60 + Number(clock[3]);
  return /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
}

/** Share of the tokens that two texts have in common, from 0 to 1 (Dice). */
export function likeness(one: string, other: string): number {
  const a = tokens(one.toLowerCase());
  const b = tokens(other.toLowerCase());
  if (a.length + b.length === 0) return 1;
  const counts = new Map<string, number>();
  for (const part of a) counts.set(part, (counts.get(part) ?? 0) + 1);
  let common = 0;
  for (const part of b) {
    const left = counts.get(part) ?? 0;
    if (left > 0) common += 1;
    counts.set(part, left - 1);
  }
  return (2 * common) / (a.length + b.length);
}
