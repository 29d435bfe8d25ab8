import type { Block, Claim } from '../notes/note.ts';
import { pythonLines } from '../notes/pythonLines.ts';
import { claimLines } from './claimLines.ts';
import { type Evidence, outputOf } from './evidence.ts';
import { reservations } from './manner.ts';
import { match } from './match.ts';
import { modelOf } from './model.ts';
import { shownLines } from './output.ts';
import { plain } from './plain.ts';
import { isMeantAsOutput, type PrintComment } from './printComment.ts';
import type { Verdict } from './verdict.ts';

/** Judges the comments behind (or below) the prints of a block, all together: they say what each other is. */
export function judgePrints(block: Block, evidence: Evidence, variants: readonly Evidence[]): Verdict[] {
  const claims = block.claims.filter(({ form }) => form === 'print');
  const judged = claims.map((claim) => ({
    claim,
    calls: callsOf(claim, evidence),
    is: isTrue(claim, evidence, variants),
  }));
  const bare = judged.filter(({ claim }) => !claim.sure);
  const printed = new Set(outputOf(evidence, () => true, 'none').map(({ text }) => plain(text)));
  const lines = pythonLines(block.code);
  const literals = new Set(
    [...block.code.matchAll(/(["'])((?:(?!\1)[^\\\n]){2,})\1/g)].map(([, , text]) => text ?? ''),
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
    if (calls.length === 0) {
      const reason =
        evidence.status === 'stopped' ? (evidence.reason ?? 'the block was stopped') : 'that print is never reached';
      return { ...base, kind: claim.sure ? 'unknown' : 'none', reason };
    }
    const word = claim.about !== '' || !/[-=→⇒⟶➜➡>]\s*$/.test(beforeText(block, claim));
    const others = bare.filter((other) => other.claim !== claim && !/^\d{1,2}$/.test(other.claim.text));
    const comment: PrintComment = {
      text: claim.text,
      marked: claim.sure ? (word ? 'word' : 'arrow') : undefined,
      calls,
      printed,
      literals,
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

function beforeText(block: Block, claim: Claim): string {
  return (block.code.split('\n')[claim.line - block.line - 1] ?? '').slice(0, claim.at);
}

/** What each call of the claim's `print` printed, in order. */
function callsOf(claim: Claim, evidence: Evidence): string[] {
  const [first, last] = claim.statement ?? [claim.line, claim.line];
  const pieces = evidence.pieces.filter(({ line, stream }) => stream === 'stdout' && line >= first && line <= last);
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

function isTrue(claim: Claim, evidence: Evidence, variants: readonly Evidence[]): 'true' | 'free' | 'false' {
  const calls = callsOf(claim, evidence);
  const others = variants.map((one) => ({ calls: callsOf(claim, one), slow: one.slow }));
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
  const remarked = [/\s*[(（].*$/s, /\s*(?:←|⟵|<-|—|–|\s-\s|\s\/\/|\s#|\s\s|[,，、;]\s).*$/s].map((remark) =>
    text.replace(remark, ''),
  );
  const readings = [
    text,
    text.replace(/\\n$/, ''),
    ...remarked,
    ...text.split(/\s+(?:또는|혹은|or|oder|ou|o)\s+|または|或者|或/),
  ];
  // A value with its name, `x = 3`, or with a unit that the program leaves out.
  readings.push(text.replace(/^[\w.]+\s*={1,2}\s*/, ''), text.replace(/^[^:：]{1,20}[:：]\s*/, ''));
  const real = call.trim();
  if (
    real.length > 0 &&
    text.startsWith(real) &&
    !/^[\p{L}\d._]/u.test(text.slice(real.length).replace(/^[가-힣]+\s/, ''))
  )
    readings.push(real);
  return [...new Set(readings.flatMap((reading) => [reading, bare(reading)]))].filter((reading) => reading !== '');
}
