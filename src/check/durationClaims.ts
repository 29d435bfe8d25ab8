import type { Block, Claim } from '../notes/note.ts';
import type { Prose } from '../notes/prose.ts';
import { pythonLines } from '../notes/pythonLines.ts';
import { durationsIn, isStated, readStatedTotal } from './durations.ts';
import type { Evidence } from './evidence.ts';
import { seconds } from './outputClaims.ts';
import { readStatedWait } from './statedWait.ts';
import type { Verdict } from './verdict.ts';

/** "ca. 2" is no end of a sentence; Japanese and Chinese put no blank behind one. */
const sentenceEnd = /(?<=[.!?])(?<!\b(?:ca|approx|env|aprox)\.)\s+|(?<=[。！？])\s*|\n/i;

/** Judges the times that a block's comments and the prose behind it state. */
export function judgeDurations(
  block: Block,
  prose: readonly Prose[],
  evidence: Evidence,
  variants: readonly Evidence[],
): Verdict[] {
  return [...waits(block), ...totals(block, prose, evidence, variants)];
}

/** `await asyncio.sleep(2)  # 2초 대기`. */
function waits(block: Block): Verdict[] {
  return pythonLines(block.code).flatMap(({ code, comment = '' }, n) => {
    const stated = readStatedWait(code, comment);
    if (!stated) return [];
    const { duration, real, does } = stated;
    const same = Math.abs(real - duration.seconds) < 1e-9 || (duration.about && isStated(duration, real));
    const line = block.line + 1 + n;
    return [verdict(line, comment, same ? 'true' : 'false', `the call beside it ${does} ${seconds(real)}`)];
  });
}

function totals(block: Block, prose: readonly Prose[], evidence: Evidence, variants: readonly Evidence[]): Verdict[] {
  const { times, status, busySeconds } = evidence;
  if (status === 'skipped' || status === 'stopped' || times.end === 0) return [];
  const claimed = new Set(
    block.claims.flatMap(({ line, endLine }) => Array.from({ length: endLine - line + 1 }, (_, n) => line + n)),
  );
  const texts = [
    ...pythonLines(block.code).flatMap(({ code, comment }, n) => {
      const line = block.line + 1 + n;
      // A comment behind a sleep, a definition or a print tells of that line alone.
      const own = code.trim() === '' || /\brun(?:_until_complete)?\(|gather\(|^\s*(?:await\s+)?main\(/.test(code);
      const whole = /^asyncio\.run\(/.test(code);
      return comment !== undefined && own && !claimed.has(line) ? [{ line, text: comment, whole }] : [];
    }),
    ...prose.filter(({ place }) => place === 'behind').map(({ line, text }) => ({ line, text, whole: false })),
  ];
  return texts.flatMap(({ line, text, whole }) => {
    // A paragraph may hold many sentences; each speaks for itself.
    return text.split(sentenceEnd).flatMap((sentence, n) => {
      const stated = readStatedTotal(sentence);
      if (!stated) return [];
      const at = line + (text.includes('\n') ? text.slice(0, text.indexOf(sentence)).split('\n').length - 1 : 0);
      const { duration } = stated;
      // Behind the call that runs everything, what "takes" so long is everything.
      const total = stated.total || whole;
      const told = (one: Evidence) =>
        isTold(one, duration, total) || (!total && literalSleeps(block).some((real) => isStated(duration, real)));
      if (told(evidence)) return [verdict(at, sentence, 'true')];
      const spread = variants
        .filter(({ slow }) => !slow)
        .some((one) => Math.abs(one.times.end - times.end) > 0.05 * times.end + 0.03);
      if (spread || variants.some(told)) return [verdict(at, sentence, 'free', 'its time changes from run to run')];
      if (evidence.outside)
        return [verdict(at, sentence, 'unknown', 'it depends on a network, which is simulated here')];
      const computing = duration.seconds > times.end && busySeconds >= 0.2 * (duration.seconds - times.end);
      if (computing) return [verdict(at, sentence, 'unknown', 'the time that computing takes depends on the machine')];
      // Prose without "total" may speak of anything; only what the run knows of is held against it.
      if (!total && n > 2) return [];
      return [verdict(at, sentence, 'false', `the block takes ${seconds(times.end)}`)];
    });
  });
}

function isTold({ times }: Evidence, duration: Parameters<typeof isStated>[0], total: boolean): boolean {
  const near = (real: number) => isStated(duration, real);
  if (near(times.end) || times.spans.some(near)) return true;
  return !total && times.instants.some((one) => times.instants.some((other) => other > one && near(other - one)));
}

/** What the block's own code waits for: a sentence may well speak of one of its waits. */
function literalSleeps(block: Block): number[] {
  const numbers = [...block.code.matchAll(/\b\d+(?:\.\d+)?\b/g)].map(([text]) => Number(text));
  return [
    ...numbers,
    ...pythonLines(block.code).flatMap(({ comment }) => durationsIn(comment ?? '').map((duration) => duration.seconds)),
  ];
}

function verdict(line: number, said: string, kind: Verdict['kind'], reason?: string): Verdict {
  const claim: Claim = { form: 'run', sure: true, line, endLine: line, at: 0, text: said, about: '' };
  return {
    kind,
    claim,
    line,
    endLine: line,
    said,
    real: '',
    about: 'duration',
    ...(reason === undefined ? {} : { reason }),
  };
}
