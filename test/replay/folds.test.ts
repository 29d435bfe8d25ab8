import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Folding, foldedRows } from '../../src/replay/panels/codeFolds.ts';
import { holds, wrap } from '../../src/replay/panels/codeRows.ts';

/** A folding of a program, one token a line. */
function folding(text: string, facts: Partial<Omit<Folding, 'code' | 'wrapped'>>): Folding {
  const code = text.split('\n').map((line) => [{ text: line, kind: 'plain' as const }]);
  return {
    code,
    wrapped: code.map((line, n) => wrap(line, n + 1, 40)),
    touched: new Set(),
    parking: new Set(),
    parked: new Set(),
    threads: new Set(),
    focus: 1,
    ...facts,
  };
}

/** `7`, or `3-5` for a fold. */
function shown(one: Folding, most: number): string {
  return foldedRows(one, most)
    .map(({ line, hides }) => (hides === undefined ? `${line}` : `${line}-${line + hides - 1}`))
    .join(' ');
}

const shop = `import asyncio

async def baker(shelf):
    for n in range(3):
        await shelf.put(n)
        print(n)

async def eater(shelf):
    while True:
        await shelf.get()
        await asyncio.sleep(1)
        shelf.task_done()

async def main():
    shelf = asyncio.Queue(maxsize=1)
    task = asyncio.create_task(
        eater(shelf)
    )
    await baker(shelf)
    await shelf.join()
    task.cancel()

asyncio.run(main())`;
const parking = new Set([5, 10, 11, 20]);
const touched = new Set([4, 5, 6, 9, 10, 11, 12, 15, 16, 19, 20, 21]);

describe('foldedRows()', () => {
  test('stands still for the whole replay where all that ever runs fits', () => {
    for (const focus of touched)
      expect(shown(folding(shop, { touched, parking, focus }), 21)).toBe(
        '1-2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22-23',
      );
  });

  test('opens the definition that runs, beside every line on which somebody is ever parked', () => {
    const views = new Map<number, string>();
    for (const focus of touched) views.set(focus, shown(folding(shop, { touched, parking, focus }), 16));
    // One view for each definition, whatever line of it runs.
    for (const lines of [
      [4, 5, 6],
      [9, 10, 11, 12],
      [15, 16, 19, 20, 21],
    ])
      expect(new Set(lines.map((line) => views.get(line))).size).toBe(1);
    for (const [focus, rows] of views)
      for (const line of [...parking, focus]) expect(rows.split(' ')).toContain(String(line));
  });

  test('keeps the function that a thread runs in view, though the recording tells none of its lines', () => {
    const threads = new Set([3, 4, 5, 6]);
    const all = new Set([...touched, ...threads]);
    for (const focus of [9, 12, 15, 21]) {
      const rows = shown(folding(shop, { touched: all, parking: new Set([11, 20]), threads, focus }), 16).split(' ');
      expect(rows).toEqual(expect.arrayContaining(['3', '4', '5', '6', '11', '20', `${focus}`]));
    }
  });

  test('does not fold a call that goes on over several lines in its middle', () => {
    expect(shown(folding(shop, { touched: new Set([16]), focus: 16 }), 6)).toContain('16 17 18');
  });

  test('keeps to its room, hides nothing twice, and shows the line that runs', () => {
    const lines = fc.array(
      fc.constantFrom('', 'def f():', '    x = 1', '    call(', '    )', '# note', 'y'.repeat(90)),
      {
        minLength: 8,
        maxLength: 60,
      },
    );
    fc.assert(
      fc.property(
        lines,
        fc.array(fc.nat(59)),
        fc.array(fc.nat(59)),
        fc.nat(59),
        fc.integer({ min: 5, max: 18 }),
        (code, run, park, at, most) => {
          const within = (numbers: readonly number[]) => new Set(numbers.map((n) => (n % code.length) + 1));
          const parked = within(park);
          const focus = (at % code.length) + 1;
          const one = folding(code.join('\n'), { touched: within(run), parking: parked, parked, focus });
          fc.pre(one.wrapped.flat().length > most);
          const rows = foldedRows(one, most);
          expect(rows.length).toBeLessThanOrEqual(most);
          const numbers = rows.flatMap(({ line, hides = 1 }) => Array.from({ length: hides }, (_, n) => line + n));
          expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
          expect(rows.some((row) => row.hides === undefined && holds(row, focus))).toBe(true);
        },
      ),
      { numRuns: 300, seed: 4 },
    );
  });
});
