import { plain } from './plain.ts';
import { numberOf, skeleton, tokens } from './tokens.ts';

/** How much a token of the output is the program's own. */
export type Hold =
  /** The same in every run. */
  | 'fixed'
  /** Read from a clock: the same but for what the machine adds. */
  | 'measured'
  /** Chance: random numbers, dates, names of the machine. */
  | 'free';

/** A line of the output, with what other runs tell of it. */
export interface ModelLine {
  /** As {@link plain} gives it. */
  readonly text: string;
  readonly seconds: number;
  readonly tokens: readonly string[];
  /** One for each token; empty where no other run was made. */
  readonly holds: readonly Hold[];
  /** Whether other runs print it at another place. */
  readonly moving: boolean;
}

/** What a block prints, as far as it is the same in every run. */
export interface Model {
  readonly lines: readonly ModelLine[];
  /** True when runs differ in more than places and single values: nothing can be said of the lines then. */
  readonly wild: boolean;
  /** Real seconds of computing: on another machine a measured time may be longer by many times that. */
  readonly busySeconds: number;
}

interface Line {
  readonly text: string;
  readonly seconds: number;
}

/** Another run of the same block in a varied world. */
export interface Variant {
  readonly lines: readonly Line[];
  /** Whether its machine is a slow one, where each look at a clock comes late. */
  readonly slow: boolean;
}

/** Compares runs of one block: what differs between them is not the program's own. */
export function modelOf(lines: readonly Line[], variants: readonly Variant[] = [], busySeconds = 0): Model {
  const own = lines.map(({ text, seconds }) => ({ text: plain(text), seconds })).filter(({ text }) => text !== '');
  const runs = variants.map(({ lines: other, slow }) => ({
    slow,
    texts: other.map(({ text }) => plain(text)).filter((text) => text !== ''),
  }));
  const fast = runs.filter(({ slow }) => !slow).map(({ texts }) => texts);
  const slow = runs.filter((run) => run.slow).map(({ texts }) => texts);
  const texts = own.map(({ text }) => text);
  const still = own.map((line) => ({ ...line, tokens: tokens(line.text), holds: [] as Hold[], moving: false }));

  // 1. The same lines in another order: those that change places are free.
  const exactly = (other: readonly string[]) => [...other].sort().join('\n') === [...texts].sort().join('\n');
  if (fast.length > 0 && fast.every(exactly) && fast.some((other) => other.some((text, n) => text !== texts[n]))) {
    return {
      wild: false,
      busySeconds,
      lines: still.map((line, n) => ({ ...line, moving: fast.some((other) => other[n] !== line.text) })),
    };
  }
  const placed = fast.map((other) => sameLines(texts, other));
  const sameOrder = fast.every(
    (other) => other.length === texts.length && other.every((text, n) => alike(texts[n] ?? '', text)),
  );
  if (!sameOrder && placed.every(Boolean)) {
    const moving = texts.map((text, n) =>
      fast.some((other) => skeletonAt(other, n) !== skeleton(text) || (other.includes(text) && other[n] !== text)),
    );
    return {
      wild: false,
      busySeconds,
      lines: still.map((line, n) => ({
        ...line,
        moving: moving[n] ?? false,
        holds: holdsAnywhere(line.text, texts, fast),
      })),
    };
  }
  if (!fast.every((other) => other.length === texts.length))
    return { wild: fast.length > 0, busySeconds, lines: still };

  // 2. The same order: tokens that differ are values that change.
  const steady = slow.filter((other) => other.length === texts.length);
  return {
    wild: false,
    busySeconds,
    lines: still.map((line, n) => ({
      ...line,
      holds: holds(
        line.tokens,
        fast.map((other) => tokens(other[n] ?? '')),
        steady.map((other) => tokens(other[n] ?? '')),
      ),
    })),
  };
}

/** Whether two lines differ at most in single tokens. */
function alike(one: string, other: string): boolean {
  if (skeleton(one) === skeleton(other)) return true;
  const [a, b] = [tokens(one), tokens(other)];
  return a.length === b.length && a.filter((token, n) => token === b[n]).length >= a.length / 2 && a.length > 3;
}

/** Whether two runs print the same lines but for numbers, in any order. */
function sameLines(one: readonly string[], other: readonly string[]): boolean {
  const sorted = (texts: readonly string[]) => texts.map(skeleton).sort().join('\n');
  return one.length === other.length && sorted(one) === sorted(other);
}

function skeletonAt(lines: readonly string[], n: number): string {
  return skeleton(lines[n] ?? '');
}

function holds(own: readonly string[], fast: readonly string[][], slow: readonly string[][]): Hold[] {
  if (fast.length + slow.length === 0) return [];
  if (fast.some((other) => other.length !== own.length)) return own.map(() => 'free');
  return own.map((token, n) => {
    const value = numberOf(token);
    const near = (other: string | undefined) => Math.abs(numberOf(other ?? '') - value) <= 0.03 + 0.02 * value;
    if (fast.some((other) => other[n] !== token && !near(other[n]))) return 'free';
    const measured =
      fast.some((other) => other[n] !== token) ||
      slow.some((other) => other[n] !== token && numberOf(other[n] ?? '') > value);
    return measured ? 'measured' : 'fixed';
  });
}

/** Of a line that changes places: a number that does not stand in every run in a line of this kind is free. */
function holdsAnywhere(line: string, texts: readonly string[], fast: readonly (readonly string[])[]): Hold[] {
  const kind = skeleton(line);
  const inAll = fast.every((other) => other.includes(line)) && texts.includes(line);
  return tokens(line).map((token) => (inAll || Number.isNaN(numberOf(token)) || kind === line ? 'fixed' : 'free'));
}
