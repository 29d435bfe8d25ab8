import { type Duration, readTimeMark } from './durations.ts';
import { shortTracebacks, withoutPrefixes } from './plain.ts';

/** A line of a claim that is compared with a line of the output. */
export interface ClaimLine {
  /** The note's line. */
  readonly line: number;
  /** The ways in which it may be read: as it stands, without a remark. */
  readonly readings: readonly string[];
  /** Times that the author put before it or into it. */
  readonly marks: readonly TimedMark[];
}

/** A time that a claim states inside of an output. */
export interface TimedMark {
  readonly line: number;
  readonly text: string;
  readonly duration: Duration;
}

/** The lines of a claim; a mark behind the last of them stands in `ending`. */
export function claimLines(
  text: string,
  firstLine: number,
  printed: ReadonlySet<string>,
): { readonly lines: readonly ClaimLine[]; readonly ending: readonly TimedMark[] } {
  const given = text.split('\n');
  const bare = withoutPrefixes(given).map((line, n) => ({ text: line, raw: given[n] ?? '', line: firstLine + n }));
  const lines: ClaimLine[] = [];
  let waiting: TimedMark[] = [];
  for (const { text: row, raw, line } of shortTracebacks(bare)) {
    if (row.trim() === '') continue;
    const mark = printed.has(row.trim()) ? undefined : readTimeMark(row);
    if (mark) waiting.push({ line, text: row.trim(), duration: mark.duration });
    if (mark?.rest === '' || (!mark && isStageDirection(row) && !printed.has(row.trim()))) continue;
    const readings = [
      row,
      ...(raw !== row ? [raw] : []),
      ...(mark ? [mark.rest] : []),
      ...withoutRemarks(mark?.rest ?? row),
    ];
    lines.push({ line, readings: [...new Set(readings)], marks: waiting });
    waiting = [];
  }
  return { lines, ending: waiting };
}

/** `(잠시 후)`, `[프로그램 종료]`: what the author says about the output, alone in its line. */
function isStageDirection(row: string): boolean {
  return /^\s*[(（[［<【][^()（）[\]]*(?:후|뒤|대기|기다|멈|종료|시작|동시에|later|wait|pause|after|end of|simultan|at the same|待|後|同時|停|之后|同时|结束|später|wart|gleichzeitig|Ende|después|espera|mismo tiempo|après|attend|même temps|fin\b)[^()（）[\]]*[)）\]］>】]\s*$/i.test(
    row,
  );
}

function withoutRemarks(row: string): string[] {
  const cut = row.replace(/\s+(?:#|\/\/|←|<-{1,2}|⟵|<==?|◀|👈|⬅️?)\s*.*$/u, '');
  const inBrackets = row.replace(/\s*[(（][^()（）]*[)）]\s*$/, '');
  return [cut, inBrackets, cut.replace(/\s{2,}[(（].*$/, '')].filter((text) => text !== row && text.trim() !== '');
}
