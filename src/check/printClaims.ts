import type { Block, Claim } from '../notes/note.ts';
import { pythonLines } from '../notes/pythonLines.ts';
import { claimLines } from './claimLines.ts';
import { type Evidence, outputOf } from './evidence.ts';
import { reservations } from './manner.ts';
import { match } from './match.ts';
import { modelOf } from './model.ts';
import { type Piece, shownLines } from './output.ts';
import { seconds } from './outputClaims.ts';
import { plain } from './plain.ts';
import { isMeantAsOutput, type PrintComment } from './printComment.ts';
import { isMoment, readMoment } from './printTimes.ts';
import type { Verdict } from './verdict.ts';

/** Judges the comments behind (or below) the prints of a block, all together: they say what each other is. */
export function judgePrints(block: Block, evidence: Evidence, variants: readonly Evidence[]): Verdict[] {
  const claims = block.claims.filter(({ form }) => form === 'print');
  const judged = claims.map((claim) => ({
    claim,
    calls: spokenOf(block, claim, callsOf(claim, evidence)),
    is: isTrue(block, claim, evidence, variants),
  }));
  const bare = judged.filter(({ claim }) => !claim.sure);
  const printed = new Set(outputOf(evidence, () => true, 'none').map(({ text }) => plain(text)));
  const lines = pythonLines(block.code);
  const literals = new Set(
    [...block.code.matchAll(/(["'])((?:(?!\1)[^\\\n]){2,})\1/g)].map(([, , text]) => text ?? ''),
  );
  const functions = new Set(
    [...block.code.matchAll(/\bdef\s+([\p{L}_][\p{L}\d_]*)\s*\(/gu)].map(([, name]) => name ?? ''),
  );
  const numbers = lines.flatMap(({ comment, code }, n) => {
    if (comment === undefined || !/^\d{1,2}$/.test(comment)) return [];
    const own = judged.find(({ claim }) => claim.line === block.line + 1 + n);
    return [
      { value: Number(comment), prints: own !== undefined || /\bprint\s*\(/.test(code), true: own?.is === 'true' },
    ];
  });
  return judged.map(({ claim, calls, is }): Verdict => {
    const base = {
      claim,
      line: claim.line,
      endLine: claim.endLine,
      said: claim.text,
      real: calls.join('\n'),
      about: 'comment',
    } as const;
    if (evidence.status === 'skipped') {
      const reason = evidence.reason ?? 'the block did not run';
      return { ...base, kind: claim.sure ? 'unknown' : 'none', reason };
    }
    if (is === 'true') return { ...base, kind: 'true' };
    const timed = momentOf(claim, evidence, variants);
    if (timed) return { ...base, ...timed };
    if (calls.length === 0) {
      const reason =
        evidence.status === 'stopped' ? (evidence.reason ?? 'the block was stopped') : 'that print is never reached';
      return { ...base, kind: claim.sure ? 'unknown' : 'none', reason };
    }
    const word = claim.about !== '' || !/[-=→⇒⟶➜➡>]\s*$/.test(beforeText(block, claim));
    const others = bare.filter((other) => other.claim !== claim && !/^\d{1,2}$/.test(other.claim.text));
    const comment: PrintComment = {
      text: claim.text,
      marked: claim.sure ? (word ? 'word' : isCall(block, claim) ? 'call' : 'arrow') : undefined,
      shows: shownBy(block, claim),
      calls,
      printed,
      literals,
      functions,
      numbers,
      others: {
        true: others.filter((other) => other.is === 'true').length,
        false: others.filter((other) => other.is === 'false').length,
      },
    };
    if (!isMeantAsOutput(comment)) return { ...base, kind: 'none' };
    if (is === 'free') return { ...base, kind: 'free', reason: 'the value changes from run to run' };
    if (evidence.outside)
      return { ...base, kind: 'unknown', reason: 'it depends on a network, which is simulated here' };
    if (reservations(claim.about).varies) return { ...base, kind: 'free', reason: 'the note says that it varies' };
    const [only, ...more] = calls;
    const correctable = only !== undefined && more.length === 0 && only !== '' && !only.includes('\n');
    return { ...base, kind: 'false', ...(correctable ? { correction: [only] } : {}) };
  });
}

/** What becomes of a comment that says when its line is printed; undefined for any other comment. */
function momentOf(
  claim: Claim,
  evidence: Evidence,
  variants: readonly Evidence[],
): Pick<Verdict, 'about' | 'kind' | 'reason'> | undefined {
  const duration = readMoment(claim.text);
  if (!duration) return undefined;
  const about = 'duration';
  const [told, ...others] = [evidence, ...variants].map((one) => isMoment(duration, claim, one));
  if (told === undefined) return { about, kind: 'none' };
  if (told) return { about, kind: 'true' };
  if (others.some(Boolean)) return { about, kind: 'free', reason: 'its time changes from run to run' };
  if (evidence.outside) return { about, kind: 'unknown', reason: 'it depends on a network, which is simulated here' };
  const { seconds: when = 0 } = piecesOf(claim, evidence)[0] ?? {};
  if (evidence.busySeconds >= 0.2 * Math.abs(duration.seconds - when))
    return { about, kind: 'unknown', reason: 'the time that computing takes depends on the machine' };
  return { about, kind: 'false', reason: `the line is printed ${seconds(when)} after the start` };
}

/** Whether the comment stands behind a call of a function that prints. */
function isCall(block: Block, claim: Claim): boolean {
  const [first, last] = claim.statement ?? [claim.line, claim.line];
  return (claim.line < first || claim.line > last) && !/^\s*#/.test(beforeText(block, claim));
}

/** What kind of value the print behind which a comment stands shows, where that is all that it shows. */
function shownBy(block: Block, claim: Claim): PrintComment['shows'] {
  const code = beforeText(block, claim).replace(/#.*$/, '');
  const value = /^\s*print\(\s*([\p{L}\d_.()[\] ]+?)\s*\)\s*$/u.exec(code)?.[1];
  if (value === undefined) return undefined;
  const caught = new Set(
    [...block.code.matchAll(/\bexcept\b[^\n]*\bas\s+([\p{L}\d_]+)\s*:/gu)].map(([, name]) => name),
  );
  if (caught.has(value.replace(/^str\((.*)\)$/, '$1'))) return 'error';
  return /(?:\.get_name\(\)|\.name|\.__name__)$/.test(value) ? 'name' : 'value';
}

function beforeText(block: Block, claim: Claim): string {
  return (block.code.split('\n')[claim.line - block.line - 1] ?? '').slice(0, claim.at);
}

/** What each call of the claim's `print` printed, in order. */
function callsOf(claim: Claim, evidence: Evidence): string[] {
  const pieces = piecesOf(claim, evidence);
  const calls: (typeof pieces)[] = [];
  for (const piece of pieces) {
    if (calls.at(-1)?.at(-1)?.text.endsWith('\n') === false) calls.at(-1)?.push(piece);
    else calls.push([piece]);
  }
  return calls.map((call) =>
    shownLines(call)
      .map(({ text }) => text)
      .join('\n'),
  );
}

function piecesOf(claim: Claim, { pieces }: Evidence): Piece[] {
  const [first, last] = claim.statement ?? [claim.line, claim.line];
  return pieces.filter(({ line, stream }) => stream === 'stdout' && line >= first && line <= last);
}

/** Of a function's prints those that hold the text that the call beside the comment gives it, where there are any. */
function spokenOf(block: Block, claim: Claim, calls: readonly string[]): readonly string[] {
  if (!isCall(block, claim)) return calls;
  const given = [...beforeText(block, claim).matchAll(/(["'])((?:(?!\1)[^\\{])+)\1/g)].map(([, , text = '']) => text);
  const own = calls.filter((call) => given.some((text) => call.includes(text)));
  return own.length > 0 ? own : calls;
}

function isTrue(
  block: Block,
  claim: Claim,
  evidence: Evidence,
  variants: readonly Evidence[],
): 'true' | 'free' | 'false' {
  const callsIn = (one: Evidence) => spokenOf(block, claim, callsOf(claim, one));
  const calls = callsIn(evidence);
  const others = variants.map((one) => ({ calls: callsIn(one), slow: one.slow }));
  const asLine = (text: string) => ({ text: text.replace(/\n/g, ' '), seconds: 0 });
  const wild = variants.length > 0 && others.some((other) => other.calls.length !== calls.length);
  const candidates = [
    ...calls.map((call, n) => ({
      call,
      others: others.map((other) => ({ text: other.calls[n] ?? '', slow: other.slow })),
    })),
    ...[' ', ', ', ''].map((joint) => ({
      call: calls.join(joint),
      others: others.map((other) => ({ text: other.calls.join(joint), slow: other.slow })),
    })),
  ];
  let free = wild;
  for (const { call, others: same } of candidates) {
    const model = modelOf(
      [asLine(call)],
      wild ? [] : same.map(({ text, slow }) => ({ lines: [asLine(text)], slow })),
      evidence.busySeconds,
    );
    for (const reading of readingsOf(claim, call)) {
      const found = match([[reading]], model, { anyOrder: false, part: false });
      if (found && !found.free) return 'true';
      free ||= found?.free ?? false;
    }
    if (call.includes('\n')) {
      const lines = call.split('\n').map((text) => ({ text, seconds: 0 }));
      const said = claimLines(claim.text.replace(/\\n|\s+\/\s+/g, '\n'), claim.line, new Set()).lines.map(
        ({ readings }) => readings,
      );
      if (match(said, modelOf(lines), { anyOrder: false, part: false })) return 'true';
    }
  }
  return free && calls.length > 0 ? 'free' : 'false';
}

/** The ways to read a comment: as it stands, without quotes, without a remark, each of what "or" joins. */
function readingsOf({ text }: Claim, call: string): string[] {
  const bare = (value: string) =>
    value
      .trim()
      .replace(/^(["'`“‘「『])(.*)(["'`”’」』])$/s, '$2')
      .replace(/[.。]$/, '');
  const numbers = /^[-+]?\d[\d.]*(?:[,，、;]\s*[-+]?\d[\d.]*)+$/.test(text);
  const remarked = numbers
    ? []
    : [/\s*[(（].*$/s, /\s*(?:←|⟵|<-|—|–|\s-\s|\s\/\/|\s#|\s\s|[,，、;]\s).*$/s].map((remark) =>
        text.replace(remark, ''),
      );
  const readings = [
    text,
    text.replace(/\\n$/, ''),
    ...remarked,
    // `print(a, b)  # 2, 3`
    ...(numbers ? [text.replace(/[,，、;]\s*/g, ' ')] : []),
    ...text.split(/\s+(?:또는|혹은|or|oder|ou|o)\s+|または|或者|或/),
  ];
  // A value with its name, `x = 3`, or with a unit that the program leaves out.
  readings.push(text.replace(/^[\w.]+\s*={1,2}\s*/, ''), text.replace(/^[^:：]{1,20}[:：]\s*/, ''));
  const real = call.trim();
  if (
    !numbers &&
    real.length > 0 &&
    text.startsWith(real) &&
    !/^[\p{L}\d._]/u.test(text.slice(real.length).replace(/^[가-힣]+\s/, ''))
  )
    readings.push(real);
  return [...new Set(readings.flatMap((reading) => [reading, bare(reading)]))].filter((reading) => reading !== '');
}
