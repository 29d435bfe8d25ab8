import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';
import { expect } from 'vitest';

const update = process.env.UPDATE === '1';

/** The committed file that a stage's result must equal. `UPDATE=1` rewrites it; a missing one fails. */
function golden(path: string, actual: string | Buffer): Buffer | undefined {
  if (update) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, actual);
    return undefined;
  }
  const name = relative(process.cwd(), path);
  if (!existsSync(path)) expect.fail(`${name} is missing; read what UPDATE=1 writes and commit it`);
  return readFileSync(path);
}

/** Compares a text with its golden. */
export function expectGolden(path: string, actual: string): void {
  const expected = golden(path, actual);
  if (expected) expect(actual).toBe(expected.toString('utf8'));
}

/** Compares a picture with its golden: bytes first, then no more than one pixel in a thousand may differ visibly. */
export function expectPicture(path: string, actual: Buffer): void {
  const expected = golden(path, actual);
  if (!expected || expected.equals(actual)) return;
  const [a, b] = [PNG.sync.read(actual), PNG.sync.read(expected)];
  expect([a.width, a.height]).toEqual([b.width, b.height]);
  const different = pixelmatch(a.data, b.data, undefined, a.width, a.height, { threshold: 0.1 });
  expect(different, `pixels of ${relative(process.cwd(), path)} that differ`).toBeLessThan((a.width * a.height) / 1000);
}

/** JSON with maps and sets as arrays, and each node's position as `line:column-line:column`. */
export function toJson(value: unknown): string {
  const plain = (key: string, part: unknown): unknown => {
    // A state's maps look things up; they are no `Map`s themselves.
    if (part && typeof part === 'object' && Symbol.iterator in part) return [...(part as Iterable<unknown>)];
    if (key === 'position' && part && typeof part === 'object' && 'start' in part && 'end' in part) {
      const [start, end] = [part.start, part.end] as { line: number; column: number }[];
      return `${start?.line}:${start?.column}-${end?.line}:${end?.column}`;
    }
    return part;
  };
  return `${JSON.stringify(value, plain, 1)}\n`;
}
