import { elisionPattern, isElision } from './elision.ts';
import type { Model, ModelLine } from './model.ts';
import { plain } from './plain.ts';
import { numberOf, tokens } from './tokens.ts';

/** How a claim may be compared with the output. */
export interface Manner {
  /** The note says that the order differs. */
  readonly anyOrder: boolean;
  /** The note says that it shows a part, or is one of several claims that share an output. */
  readonly part: boolean;
}

/** Which output line each line of a claim is; -1 for a line that says that something is left out. */
export interface Match {
  readonly places: readonly number[];
  /** Whether chance had to be set aside: values or places that change from run to run. */
  readonly free: boolean;
}

/** Seconds by which two times of one wait may differ on real machines. */
function nearSeconds(one: number, other: number): boolean {
  return Math.abs(one - other) <= Math.max(0.06, 0.05 * Math.max(one, other));
}

/**
 * Lays a claim's lines over the output.
 *
 * @param claim Its lines, each with the ways in which it may be read (with and without a remark behind it).
 * @returns Undefined when they say something else.
 */
export function match(claim: readonly (readonly string[])[], model: Model, manner: Manner): Match | undefined {
  const output = model.lines;
  const printed = output.map(({ text }) => text).join('\n');
  const dots = /\.{3}|…/.test(printed);
  const dotLine = output.some(({ text }) => isElision(text));
  const lines = claim.map((readings) => ({
    gap: !dotLine && isElision(readings[0] ?? ''),
    readings: readings.map((reading) => ({ text: plain(reading), pattern: elisionPattern(plain(reading), dots) })),
  }));
  const fits = new Map<number, 'fixed' | 'free' | undefined>();
  const suits = (n: number, at: number) => {
    const key = n * (output.length + 1) + at;
    if (!fits.has(key)) fits.set(key, fitOf(lines[n]?.readings ?? [], output[at] as ModelLine, model.busySeconds));
    return fits.get(key);
  };

  // Line by line, where a gap may stand for any number of lines.
  const seen = new Set<number>();
  const places: number[] = [];
  const walk = (n: number, at: number, gap: boolean): boolean => {
    if (n === lines.length) return at === output.length || gap || manner.part;
    const key = (n * (output.length + 1) + at) * 2 + (gap ? 1 : 0);
    if (seen.has(key)) return false;
    seen.add(key);
    if (lines[n]?.gap) {
      places[n] = -1;
      return walk(n + 1, at, true);
    }
    for (let next = at; next < output.length; next++) {
      if (suits(n, next)) {
        places[n] = next;
        if (walk(n + 1, next + 1, false)) return true;
      }
      if (!gap && !manner.part) break;
    }
    return false;
  };
  if (walk(0, 0, false)) {
    return { places, free: places.some((at, n) => at >= 0 && suits(n, at) === 'free') };
  }
  const moving = output.some((line) => line.moving);
  if (!moving && !manner.anyOrder) return undefined;

  // In any order: each line once; those that keep their order in every run keep it here.
  const used = new Set<number>();
  const found = lines.map((line, n) => {
    if (line.gap) return -1;
    const candidates = output.map((_, at) => at).filter((at) => !used.has(at) && suits(n, at));
    const exact = candidates.find((at) => suits(n, at) === 'fixed') ?? candidates[0];
    if (exact !== undefined) used.add(exact);
    return exact;
  });
  if (found.some((at) => at === undefined)) return undefined;
  const whole = used.size === output.length || manner.part || lines.some(({ gap }) => gap);
  const steady = found.filter((at): at is number => at !== undefined && at >= 0 && !output[at]?.moving);
  const ordered = manner.anyOrder || steady.every((at, n) => n === 0 || at > (steady[n - 1] ?? -1));
  return whole && ordered ? { places: found.map((at) => at ?? -1), free: !manner.anyOrder } : undefined;
}

interface Reading {
  readonly text: string;
  readonly pattern: RegExp | undefined;
}

function fitOf(readings: readonly Reading[], line: ModelLine, busySeconds: number): 'fixed' | 'free' | undefined {
  if (readings.some(({ text }) => text === line.text)) return 'fixed';
  if (readings.some(({ pattern }) => pattern?.test(line.text))) return 'fixed';
  for (const { text } of readings) {
    const verdict = tokenFit(text, line, busySeconds);
    if (verdict) return verdict;
  }
  return undefined;
}

function tokenFit(claim: string, line: ModelLine, busySeconds: number): 'fixed' | 'free' | undefined {
  const said = tokens(claim);
  if (said.length !== line.tokens.length) return looseFit(claim, line);
  let free = false;
  for (const [n, token] of said.entries()) {
    const real = line.tokens[n] ?? '';
    if (token === real) continue;
    const hold = line.holds[n] ?? 'fixed';
    const [a, b] = [numberOf(token), numberOf(real)];
    // Computing takes no time here, and on the author's machine it does.
    const computed = hold === 'measured' && a > b && busySeconds >= 0.2 * (a - b);
    if (hold === 'free' || (computed && !nearSeconds(a, b))) free = true;
    else if (
      hold === 'measured'
        ? !nearSeconds(a, b) && !scaled(said, n, a, b)
        : a !== b || !(token.includes('.') && real.includes('.'))
    ) {
      return undefined;
    }
  }
  return free ? 'free' : 'fixed';
}

/** Milliseconds: what is near in seconds, a thousand times. */
function scaled(said: readonly string[], n: number, one: number, other: number): boolean {
  return /^(?:ms|msec|밀리초|ミリ秒|毫秒)/i.test(said[n + 1] ?? '') && nearSeconds(one / 1000, other / 1000);
}

/** A free word may be several tokens long: what stands around it must be there. */
function looseFit(claim: string, line: ModelLine): 'free' | undefined {
  if (!line.holds.includes('free')) return undefined;
  let pattern = '';
  for (const [n, token] of line.tokens.entries()) {
    if (line.holds[n] === 'free') pattern += pattern.endsWith('.*') ? '' : '.*';
    else pattern += `\\s*${token.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\s*`;
  }
  return new RegExp(`^${pattern}$`, 's').test(claim) ? 'free' : undefined;
}
