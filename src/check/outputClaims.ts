import type { Block, Claim } from '../notes/note.ts';
import { isAnswerWord, isDrawing } from '../notes/outputWords.ts';
import { type ClaimLine, claimLines, type TimedMark } from './claimLines.ts';
import { isStated } from './durations.ts';
import { type Choice, type Errors, type Evidence, outputOf } from './evidence.ts';
import { reservations } from './manner.ts';
import { type Manner, type Match, match } from './match.ts';
import { type Model, modelOf } from './model.ts';
import type { OutputLine } from './output.ts';
import { plain, shortTracebacks, withoutPrefixes } from './plain.ts';
import { likeness, skeleton } from './tokens.ts';
import type { Verdict } from './verdict.ts';

/** One way to take a claim: which part of the output it is. */
interface Reading {
  readonly choice: Choice;
  readonly errors: Errors;
  readonly part: boolean;
  /** Whether the error that ended the block belongs to it; default true. */
  readonly last?: boolean;
}

const everything: Choice = () => true;
const streams: readonly Errors[] = ['none', 'mixed', 'last', 'first'];

/** Judges a claim of lines: an output fence, a run of comments, what a `>>>` session shows. */
export function judgeOutput(claim: Claim, block: Block, evidence: Evidence, variants: readonly Evidence[]): Verdict {
  const base = { claim, line: claim.line, endLine: claim.endLine, said: claim.text, real: '' } as const;
  const about = claim.form === 'run' ? 'comment' : 'output';
  if (evidence.status === 'skipped') {
    return {
      ...base,
      about,
      kind: claim.sure ? 'unknown' : 'none',
      reason: evidence.reason ?? 'the block did not run',
    };
  }
  const { anyOrder, part, varies } = reservations(claim.about);
  const ways = readings(claim, block, evidence).map((way) => ({ ...way, part: way.part || part }));

  // 1. In one of the ways in which it may be meant, does it say what happened?
  let timed: Verdict | undefined;
  let kind: 'true' | 'free' | undefined;
  for (const way of ways) {
    const { lines, model, printed } = laid(way, evidence, variants);
    const { lines: said, ending } = claimLines(shifted(claim.text, lines), claim.line, printed);
    if (said.length === 0 && ending.length === 0) return { ...base, about, kind: 'none' };
    const found =
      model.wild && variants.length > 0
        ? undefined
        : match(
            said.map((line) => line.readings),
            model,
            { anyOrder, part: way.part },
          );
    if (!found || !boundaries(found, claim, way, evidence)) continue;
    const wrong = found.free ? undefined : wrongMark(said, ending, found, model, evidence);
    if (!wrong) {
      kind = found.free ? (kind ?? 'free') : 'true';
      if (kind === 'true') break;
    } else
      timed ??= {
        ...base,
        about: 'duration',
        kind: 'false',
        line: wrong.line,
        endLine: wrong.line,
        said: wrong.text,
        reason: wrong.reason,
      };
  }
  if (kind === 'true') return { ...base, about, kind };
  if (kind === 'free' || (!timed && isOfAnotherWorld(claim, { anyOrder, part }, ways, evidence, variants)))
    return { ...base, about, kind: 'free', reason: freeReason(ways[0], evidence, variants) };
  if (timed) return timed;

  // 2. It does not. Is that the program's own doing, and was it meant as output?
  const way = shownWay(ways, claim, evidence);
  const { lines, model } = laid(way, evidence, variants);
  const real = realText(claim, lines);
  if (evidence.status === 'stopped') {
    return { ...base, about, kind: 'unknown', reason: evidence.reason ?? 'the block was stopped' };
  }
  const alike = claim.form === 'run' ? isNearlySo : isAnswerWord(claim.about) ? sharesText : isAlike;
  if (!claim.sure && !alike(withoutPrefixes(claim.text.split('\n')).join('\n'), lines))
    return { ...base, about, kind: 'none' };
  if (claim.form === 'session' && evidence.error && evidence.error.line < (claim.statement?.[0] ?? 0)) {
    return { ...base, about, kind: 'unknown', reason: 'an earlier statement of the session raises' };
  }
  if (evidence.outside)
    return { ...base, about, kind: 'unknown', real, reason: 'it depends on a network, which is simulated here' };
  if (model.wild || varies) {
    return {
      ...base,
      about,
      kind: 'free',
      real,
      reason: model.wild ? 'the output is another in every run' : 'the note says that it varies',
    };
  }
  const correctable = evidence.status === 'ran' && !way.part && lines.length > 0;
  return { ...base, about, kind: 'false', real, ...(correctable ? { correction: real.split('\n') } : {}) };
}

/** Whether it is what the block prints in one of the varied worlds, but for what is another in each of them. */
function isOfAnotherWorld(
  claim: Claim,
  { anyOrder, part }: Manner,
  ways: readonly Reading[],
  evidence: Evidence,
  variants: readonly Evidence[],
): boolean {
  return ways.some((way) =>
    variants.some((one) => {
      if (one.slow) return false;
      const { lines, model, printed } = laid(way, one, [evidence, ...variants.filter((other) => other !== one)]);
      if (model.wild || one.status !== evidence.status) return false;
      const said = claimLines(shifted(claim.text, lines), claim.line, printed).lines.map(({ readings }) => readings);
      const found = match(said, model, { anyOrder, part: way.part || part });
      return found !== undefined && boundaries(found, claim, way, one);
    }),
  );
}

/** The ways in which a claim may be meant, the likeliest first. */
function readings(claim: Claim, block: Block, evidence: Evidence): Reading[] {
  const first = claim.statement?.[0] ?? 0;
  if (claim.form === 'session') {
    const choice: Choice = (piece) => piece.statement === first;
    const { error } = evidence;
    const last = error !== undefined && error.line >= first && error.line <= (claim.statement?.[1] ?? first);
    return streams.map((errors) => ({ choice, errors, part: false, last }));
  }
  const fences = block.claims.filter(({ form }) => form === 'fence').length;
  const shares = claim.form === 'fence' ? fences > 1 : undefined;
  const whole = streams.map((errors) => ({ choice: everything, errors, part: shares ?? false }));
  if (claim.form === 'fence') return whole;
  // A run of comments may speak of the statements above it, since the run before.
  const earlier = Math.max(
    0,
    ...block.claims.filter(({ form, line }) => form === 'run' && line < claim.line).map(({ endLine }) => endLine),
  );
  const above: Choice = ({ statement, line }) => (statement || line) < claim.line && (statement || line) > earlier;
  const statement = Math.max(0, ...evidence.pieces.map((piece) => piece.statement).filter((line) => line < claim.line));
  const last: Choice = (piece) => piece.statement === statement;
  const segments = [above, last].flatMap((choice) => streams.map((errors) => ({ choice, errors, part: false })));
  return [...whole, ...segments, { choice: everything, errors: 'none', part: true }];
}

/** The way in which a false claim is shown: with standard error where it speaks of that, or nothing else is there. */
function shownWay(ways: readonly Reading[], { text, form }: Claim, { pieces }: Evidence): Reading {
  const written = (stream: string) => pieces.filter((piece) => piece.stream === stream).map((piece) => piece.text);
  const told = new Set(
    written('stderr')
      .flatMap((piece) => piece.split('\n').map((row) => row.trim()))
      .filter(Boolean),
  );
  const errors =
    /Traceback|(?:Error|Warning|Exception|Group|Interrupt)\b/.test(text) ||
    text.split('\n').some((row) => told.has(row.trim())) ||
    written('stdout').join('').trim() === '';
  const segment = form === 'run' ? ways.find(({ choice }) => choice !== everything) : undefined;
  return (segment ?? ways.find((way) => way.errors === (errors ? 'mixed' : 'none')) ?? ways[0]) as Reading;
}

function laid(way: Reading, evidence: Evidence, variants: readonly Evidence[]) {
  const linesOf = (one: Evidence) => shortTracebacks(outputOf(one, way.choice, way.errors, way.last ?? true));
  const lines = linesOf(evidence);
  const others = variants.map((one) => ({ lines: linesOf(one), slow: one.slow }));
  const model: Model = modelOf(lines, others, evidence.busySeconds);
  return { lines, model, printed: new Set(lines.map(({ text }) => text.trim())) };
}

/** A part of the output that no word calls a part must end where a statement's output ends. */
function boundaries({ places }: Match, claim: Claim, way: Reading, evidence: Evidence): boolean {
  if (!way.part || claim.form !== 'run') return true;
  const at = places.filter((place) => place >= 0);
  const together = at.every((place, n) => n === 0 || place === (at[n - 1] ?? 0) + 1);
  const inFunction = claim.at > 2;
  const shown = evidence.pieces.filter(({ stream, text }) => stream === 'stdout' && text.trim() !== '');
  const statementOf = (place: number) => shown[place]?.statement;
  const [first = 0, last = 0] = [at[0], at.at(-1)];
  const apart = statementOf(first - 1) !== statementOf(first) && statementOf(last + 1) !== statementOf(last);
  return together && (inFunction || apart || reservations(claim.about).part);
}

/** `Task-3` is `Task-2` where the note's own program made one task more before. */
function shifted(text: string, lines: readonly OutputLine[]): string {
  const numbers = (source: string) => [...source.matchAll(/\bTask-(\d+)\b/g)].map(([, number]) => Number(number));
  const [said, real] = [numbers(text), numbers(lines.map((line) => line.text).join('\n'))];
  if (said.length === 0 || real.length === 0) return text;
  const shift = Math.min(...real) - Math.min(...said);
  return shift === 0 ? text : text.replace(/\bTask-(\d+)\b/g, (_, number: string) => `Task-${Number(number) + shift}`);
}

/**
 * The first time mark that is wrong. All marks of a claim count from the start, or all from the line before.
 */
function wrongMark(
  said: readonly ClaimLine[],
  ending: readonly TimedMark[],
  { places }: Match,
  model: Model,
  { times }: Evidence,
): (TimedMark & { readonly reason: string }) | undefined {
  const at = places.map((place) => (place >= 0 ? model.lines[place]?.seconds : undefined));
  const start = model.lines[0]?.seconds ?? 0;
  const marks = [
    ...said.flatMap(({ marks: own }, n) =>
      own.map((mark) => ({ mark, when: at[n], before: at.slice(0, n).findLast((time) => time !== undefined) ?? 0 })),
    ),
    ...ending.map((mark) => ({ mark, when: times.end, before: at.findLast((time) => time !== undefined) ?? 0 })),
  ];
  const tells = (mark: TimedMark, real: number) =>
    (isStated({ ...mark.duration, about: true }, real) &&
      Math.round(mark.duration.seconds * 2) === Math.round(real * 2)) ||
    isStated(mark.duration, real);
  const fromStart = marks.filter(
    ({ mark, when }) => when !== undefined && !tells(mark, when) && !tells(mark, when - start),
  );
  const fromBefore = marks.filter(({ mark, when, before }) => when !== undefined && !tells(mark, when - before));
  if (fromStart.length === 0 || fromBefore.length === 0) return undefined;
  const [wrong] = fromStart.length <= fromBefore.length ? fromStart : fromBefore;
  if (!wrong) return undefined;
  const when = wrong.when ?? 0;
  return {
    ...wrong.mark,
    reason: `${seconds(when)} after the start, ${seconds(when - wrong.before)} after the line before`,
  };
}

/** A number of seconds as messages write it. */
export function seconds(value: number): string {
  return `${Number(value.toFixed(3))} s`;
}

function realText(claim: Claim, lines: readonly OutputLine[]): string {
  const commented = claim.form === 'run';
  return lines.map(({ text }) => (commented ? text.trimEnd() : text)).join('\n');
}

/** Whether a fence that nobody calls output is one that went wrong: it shares its lines or its shape with the output. */
function isAlike(text: string, lines: readonly OutputLine[]): boolean {
  const said = text
    .split('\n')
    .map(plain)
    .filter((line) => line !== '');
  const real = lines.map((line) => plain(line.text)).filter((line) => line !== '');
  if (real.length === 0 || said.length === 0) return false;
  if (isDrawing(text) && !real.some((line) => isDrawing(line))) return false;
  if (
    said.some((line) =>
      /^(?:\$|>|%|#)?\s*(?:pip3?|python3?|uv|npm|git|curl|cd|mkdir|source|export|conda|poetry)\s/.test(line),
    )
  )
    return false;
  if (sharesText(text, lines)) return true;
  return (
    said.length === real.length && said.length <= 2 && said.every((line) => line.length <= 60 && !/[.。]$/.test(line))
  );
}

/** Whether a line has the shape of one that was printed, or much of the text is the same. */
function sharesText(text: string, lines: readonly OutputLine[]): boolean {
  const said = text.split('\n').map(plain);
  const real = lines.map((line) => plain(line.text)).filter((line) => line !== '');
  const kinds = new Set(real.map(skeleton));
  return (
    said.some((line) => /\p{L}|\d/u.test(line) && kinds.has(skeleton(line))) ||
    likeness(said.join(' '), real.join(' ')) >= 0.4
  );
}

/** Whether comments below the code, which nothing announces, are its output but for a few lines. */
function isNearlySo(text: string, lines: readonly OutputLine[]): boolean {
  const said = text.split('\n').map((line) => skeleton(plain(line)));
  const real = lines.map((line) => skeleton(plain(line.text)));
  const same = said.filter((line, n) => line === real[n]).length;
  return said.length === real.length && said.length > 1 && same >= said.length / 2;
}

function freeReason(way: Reading | undefined, evidence: Evidence, variants: readonly Evidence[]): string {
  if (!way) return 'it changes from run to run';
  const { model } = laid(way, evidence, variants);
  if (model.lines.some(({ moving }) => moving)) return 'the order is another from run to run';
  return 'a value in it changes from run to run';
}
