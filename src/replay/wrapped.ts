import { clip, sansWidth } from '../text/width.ts';

/** A sentence on two lines at most, as long as each other, broken at spaces, so that Korean words stay whole. */
export function wrapped(content: string, width: number, size: number): readonly string[] {
  const wide = (text: string) => sansWidth(text, size);
  if (wide(content) <= width) return [content];
  const words = content.split(' ');
  const broken = words.slice(1).map((_, n) => [words.slice(0, n + 1).join(' '), words.slice(n + 1).join(' ')] as const);
  const longer = ([first, second]: readonly [string, string]) => Math.max(wide(first), wide(second));
  const even = broken.reduce(
    (best, lines) => (longer(lines) < longer(best) ? lines : best),
    broken[0] ?? [content, ''],
  );
  if (longer(even) <= width) return even;
  const [first, rest] = broken.findLast(([first]) => wide(first) <= width) ?? even;
  return [first, clip(rest, width, wide)];
}
