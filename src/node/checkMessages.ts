import { VFileMessage } from 'vfile-message';
import type { Evidence } from '../check/evidence.ts';
import { tellsOfChange, tellsOfError, tellsOfNeverAwaited } from '../check/manner.ts';
import type { Verdict } from '../check/verdict.ts';
import type { Block } from '../notes/note.ts';
import type { Prose } from '../notes/prose.ts';
import { endsAsExpected } from './expected.ts';
import type { BlockEvidence } from './record/evidence.ts';

/** How bad it is: errors end the command with 1. */
type Severity = 'error' | 'warning' | 'info';

interface Place {
  readonly line: number;
  readonly column?: number;
  readonly endLine?: number;
  readonly endColumn?: number;
}

function say(severity: Severity, rule: string, reason: string, place: Place, note: string): VFileMessage {
  const { line, column = 1, endLine = line, endColumn = endLine === line ? column : 1 } = place;
  const position = { start: { line, column }, end: { line: endLine, column: endColumn } };
  const message = new VFileMessage(reason, { place: position, ruleId: rule, source: 'loopreel' });
  message.fatal = severity === 'error' ? true : severity === 'warning' ? false : undefined;
  message.note = note;
  return message;
}

/** What a verdict tells the author; nothing where the claim is true, or none. */
export function claimMessage(block: Block, verdict: Verdict): VFileMessage | undefined {
  const { kind, about, said, real, reason = '', correction } = verdict;
  const what = { output: 'this output', comment: 'this comment', duration: 'this duration' }[about];
  const place = { line: verdict.line, endLine: verdict.endLine };
  if (kind === 'false' && about === 'duration') {
    const message = say(
      'error',
      'claim-duration',
      `\`${said.trim()}\` is not so: ${reason}`,
      place,
      'Correct the number.',
    );
    message.actual = said;
    return message;
  }
  if (kind === 'false') {
    const nothing = real === '' ? ': it prints nothing there' : '';
    const fix = correction ? 'Correct it, or let `--fix` write what the block prints.' : 'Correct it.';
    const message = say(
      'error',
      `claim-${about}`,
      `${what} is not what block ${block.id} prints${nothing}`,
      place,
      fix,
    );
    message.actual = said;
    message.expected = [real];
    return message;
  }
  if (kind === 'free') {
    const message = say('info', 'claim-free', `${what} may differ: ${reason}`, place, 'Nothing has to be done.');
    message.actual = said;
    return message;
  }
  if (kind === 'unknown') {
    return say('info', 'claim-unchecked', `${what} was not checked: ${reason}`, place, 'Nothing has to be done.');
  }
  return undefined;
}

/** What is wrong with a block itself: how it ended, and what its text shows. */
export function blockMessages(
  block: Block,
  prose: readonly Prose[],
  evidence: Evidence,
  told: BlockEvidence,
): VFileMessage[] {
  const around = [block.code, ...prose.map(({ text }) => text), ...block.claims.map(({ text }) => text)].join('\n');
  return [
    ...endMessages(block, evidence, told, around),
    ...nameMessages(told, around),
    ...findingMessages(block, evidence, told, around),
  ];
}

function endMessages(block: Block, evidence: Evidence, told: BlockEvidence, around: string): VFileMessage[] {
  const { status, error, reason = '' } = evidence;
  const { expect } = block.meta;
  const place = {
    line: error?.line ?? block.line + 1,
    ...(error?.column === undefined ? {} : { column: error.column }),
  };
  const text = error?.text.split('\n')[0] ?? '';
  const name = /^(?:[\w]+\.)*(\w+)/.exec(text)?.[1];
  if (endsAsExpected(block, evidence)) return [];
  if (expect !== undefined && status !== 'skipped' && told.output !== true) {
    const instead = status === 'raised' ? `it raises \`${text}\`` : status === 'ran' ? 'it ends well' : reason;
    return [
      say(
        'error',
        'block-expect',
        `block ${block.id} should ${/^(?:deadlock|stopped)$/.test(expect) ? `end as ${expect}` : `raise ${expect}`}, but ${instead}`,
        place,
        'Correct the block, or its `expect=`.',
      ),
    ];
  }
  if (told.output) return [];
  if (status === 'raised' && /^(?:Syntax|Indentation|Tab)Error\b/.test(text)) {
    const meant =
      /SyntaxError|구문 오류|문법 오류|構文エラー|语法错误|Syntaxfehler|error de sintaxis|erreur de syntaxe/i.test(
        around,
      );
    return [
      say(
        meant ? 'warning' : 'error',
        'block-syntax',
        text,
        place,
        'Correct it, or say `expect=SyntaxError` on its fence.',
      ),
    ];
  }
  if (status === 'stopped') {
    return [
      say(
        'warning',
        'block-stopped',
        `block ${block.id} was stopped: ${reason}`,
        place,
        'Its claims hold for what happened up to there.',
      ),
    ];
  }
  const nameIsTold = told.names.some(
    (known) => text.includes(`'${known.name}'`) || reason.includes(`\`${known.name}\``),
  );
  if (status === 'skipped' && !nameIsTold) {
    return [
      say(
        'info',
        'block-skipped',
        `block ${block.id} was not run: ${/^needs\b/.test(reason) ? 'it ' : ''}${reason}`,
        place,
        uncheckedClaims(block),
      ),
    ];
  }
  const comments = around.replace(/^.*\b(?:try|except|raise)\b.*$/gm, '');
  if (status === 'raised' && !nameIsTold && !comments.includes(name ?? '') && !tellsOfError(comments)) {
    return [
      say(
        'warning',
        'block-raised',
        `block ${block.id} raises \`${text}\`, and the note does not say so`,
        place,
        `Correct it, or say \`expect=${name}\` on its fence.`,
      ),
    ];
  }
  return [];
}

/** Which lines of the note nobody can judge, since the block did not run. */
function uncheckedClaims({ claims }: Block): string {
  const lines = claims.filter(({ form, sure }) => sure || form === 'fence').map(({ line }) => line);
  if (lines.length === 0) return 'Nothing has to be done.';
  const one = lines.length === 1;
  return `What the note says of it in line${one ? '' : 's'} ${lines.join(', ')} is not checked.`;
}

function nameMessages({ names }: BlockEvidence, around: string): VFileMessage[] {
  if (/\bNameError\b/.test(around)) return [];
  return names.map((told) => {
    const { name, from } = told;
    if (from === 'later') {
      const reason = `\`${name}\` is defined only further down, in line ${told.at}`;
      return say('warning', 'name-later', reason, told, 'Move the definition up, or repeat it.');
    }
    if (from === 'library') {
      return say(
        'warning',
        'name-unimported',
        `\`${name}\` is used and imported nowhere before`,
        told,
        `Write \`import ${name}\` into the block.`,
      );
    }
    const package_ = from === 'package' && told.package ? `; the package \`${told.package}\` is not imported` : '';
    return say(
      'error',
      'name-undefined',
      `\`${name}\` is defined nowhere in this note${package_}`,
      told,
      'Define or import it.',
    );
  });
}

function findingMessages(block: Block, evidence: Evidence, told: BlockEvidence, around: string): VFileMessage[] {
  const messages: VFileMessage[] = [];
  const deliberate = tellsOfNeverAwaited(around);
  const dropped = new Map<number, VFileMessage>();
  const neverAwaited = (name: string, place: Place) => {
    const reason = `coroutine \`${name}\` is never awaited: it does not run`;
    if (!dropped.has(place.line))
      dropped.set(
        place.line,
        say('warning', 'never-awaited', reason, place, 'Write `await` before it, or make a task of it.'),
      );
  };
  for (const finding of told.findings) {
    if (finding.rule === 'never-awaited') neverAwaited(finding.what, finding);
    else {
      const { what, since, removed, instead } = finding;
      const gone = removed !== null && isBefore(removed, '3.14');
      const reason = gone
        ? `${what} was removed in Python ${removed}`
        : `${what} is deprecated since Python ${since}${removed ? ` and goes in ${removed}` : ''}`;
      const severity = gone && !tellsOfChange(around) ? 'error' : 'warning';
      const message = say(
        severity,
        gone ? 'asyncio-removed' : 'asyncio-deprecated',
        reason,
        finding,
        `Use ${instead}.`,
      );
      message.url = 'https://docs.python.org/3/library/asyncio.html';
      messages.push(message);
    }
  }
  const errors = evidence.pieces
    .filter(({ stream }) => stream === 'stderr')
    .map(({ text }) => text)
    .join('');
  for (const [, line, name = ''] of errors.matchAll(/:(\d+): RuntimeWarning: coroutine '([^']+)' was never awaited/g)) {
    neverAwaited(name, { line: ownLine(block, Number(line)) });
  }
  return [...(deliberate ? [] : dropped.values()), ...messages];
}

/** A warning of the end of a program names a line of the library: it is told at the block's first. */
function ownLine(block: Block, line: number): number {
  const last = block.line + block.code.split('\n').length;
  return line > block.line && line <= last ? line : block.line + 1;
}

function isBefore(version: string, limit: string): boolean {
  const [minor, limitMinor] = [version, limit].map((text) => Number(text.split('.')[1]));
  return (minor ?? 0) <= (limitMinor ?? 0);
}
