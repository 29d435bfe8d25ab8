import { clip, sansWidth } from '../text/width.ts';

/** A sentence on two lines at most, broken at spaces, so that Korean words stay whole. */
export function wrapped(content: string, width: number, size: number): readonly string[] {
  if (sansWidth(content, size) <= width) return [content];
  const parts = content.split(' ');
  let first = parts.shift() ?? '';
  while (parts.length > 0 && sansWidth(`${first} ${parts[0]}`, size) <= width) first += ` ${parts.shift()}`;
  return [first, clip(parts.join(' '), width, (part) => sansWidth(part, size))];
}
