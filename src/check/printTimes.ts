import type { Claim } from '../notes/note.ts';
import { type Duration, durationsIn, isStated } from './durations.ts';
import type { Evidence } from './evidence.ts';

/** `2초 후`, `after 2 seconds`, `+2 s`, alone or in brackets: `#` stands for the duration with its unit. */
const moment =
  /^(?:#\s*(?:후|뒤|지나서|경과|後|后|之后|以后|later|after the start|später|después|más tarde|plus tard)(?:에|で|に)?(?:\s*(?:출력|표시|실행|出力|表示|打印|输出))?|(?:printed\s+)?(?:after|nach|tras|después de|a los|après|au bout de)\s+#|\+\s?#)$/i;

/** Reads a comment that says when its line comes and nothing else; undefined for any other. */
export function readMoment(comment: string): Duration | undefined {
  const bare = comment
    .trim()
    .replace(/^[(（[［](.*)[)）\]］]$/, '$1')
    .replace(/[.!。]$/, '')
    .trim();
  const [duration, ...others] = durationsIn(bare);
  if (!duration || others.length > 0) return undefined;
  const unit = /^[\s-]?(?:밀리초|ミリ秒|毫秒|초|秒(?:钟|間)?|[A-Za-z]+)/.exec(bare.slice(duration.end))?.[0] ?? '';
  const before = bare
    .slice(0, duration.start)
    .replace(/(?:약|대략|約|约|大约|etwa|environ|unos|about|around|~)\s*$/, '');
  return moment.test(`${before}#${bare.slice(duration.end + unit.length)}`) ? duration : undefined;
}

/**
 * Whether a time behind a print is the time from any instant of the run to that print, or from it to a later one: what
 * it counts from, it does not say.
 *
 * @returns Undefined where that print is never reached, or where too much happens to know.
 */
export function isMoment(duration: Duration, claim: Claim, { pieces, times }: Evidence): boolean | undefined {
  const [first, last] = claim.statement ?? [claim.line, claim.line];
  const printed = pieces.filter(({ line, stream }) => stream === 'stdout' && line >= first && line <= last);
  if (printed.length === 0 || times.instants.length >= 300) return undefined;
  const instants = [0, ...times.instants, times.end];
  return printed.some(({ seconds }) => instants.some((instant) => isStated(duration, Math.abs(seconds - instant))));
}
