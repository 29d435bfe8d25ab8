import type { Claim } from './note.ts';
import { readAnnouncement } from './outputWords.ts';
import { printerCalled, printing } from './printers.ts';
import { looksLikeNoPython } from './python.ts';
import { type PythonLine, pythonLines } from './pythonLines.ts';

/** `# -> 3`, `# => 3`, `# → 3`: an arrow says for sure that a value follows. */
const arrow = /^(?:[-=]{1,2}>|→|⇒|⟶|➜|➡️?|>>>)\s*(?=\S)/u;
/** `# prints 3`, `# 3 출력`: words before or behind a value. */
const wordBefore = /^(?:prints|outputs|imprime|affiche)\s+(?=["'`\d[({<]|True\b|False\b|None\b)/i;

/**
 * The outputs that a block's own comments promise: a run of comment lines under `# 출력:`, a comment behind a `print`,
 * and one with an arrow below a `print`. Whether a bare comment (`print(x)  # 3`) is meant as output cannot be told
 * from the text alone: such claims are not `sure`.
 *
 * @param code The block's code.
 * @param firstLine Line of the note that the code begins on.
 */
export function claimsInCode(code: string, firstLine: number): Claim[] {
  const lines = pythonLines(code);
  const claims: Claim[] = [];
  for (let n = 0; n < lines.length; n++) {
    const line = lines[n];
    if (line?.comment === undefined || line.comment === '') continue;
    const { comment } = line;
    if (line.code.trim() !== '') {
      const claim = commentBehind(lines, n, firstLine);
      if (claim) claims.push(claim);
      continue;
    }
    const run = commentRun(lines, n);
    const announced = readAnnouncement(comment);
    const printedAbove = statementAbove(lines, n);
    if (announced && (announced.rest !== '' || run.length > 1)) {
      const texts = run.slice(1).map((at) => lines[at]?.comment ?? '');
      const oneLine = announced.rest !== '' && run.length === 1;
      if (oneLine && !announced.marked) continue;
      const own = announced.rest === '' ? [] : [announced.rest];
      const start = own.length > 0 ? n : n + 1;
      const last = run.at(-1) ?? n;
      const above = oneLine && printedAbove !== undefined;
      claims.push({
        form: above ? 'print' : 'run',
        sure: announced.marked,
        line: firstLine + start,
        endLine: firstLine + last,
        at: line.commentAt + (own.length > 0 ? comment.length - announced.rest.length : 0),
        text: trimmed([...own, ...texts]),
        about: announced.about,
        ...(above ? { statement: printedAbove.map((at) => firstLine + at) as [number, number] } : {}),
      });
      n = last;
    } else if (printedAbove && run.length === 1 && arrow.test(comment)) {
      const length = arrow.exec(comment)?.[0].length ?? 0;
      claims.push({
        form: 'print',
        sure: true,
        line: firstLine + n,
        endLine: firstLine + n,
        at: line.commentAt + length,
        text: comment.slice(length),
        about: '',
        statement: printedAbove.map((at) => firstLine + at) as [number, number],
      });
    } else if (run.length > 1) {
      const last = n + run.length - 1;
      const ends = lines
        .slice(last + 1)
        .every(({ code: rest, comment: more }) => rest.trim() === '' && more === undefined);
      if (
        ends &&
        looksLikeNoPython(run.map((at) => lines[at]?.comment ?? '').join('\n')) &&
        lines.slice(0, n).some(({ code: above }) => above.trim() !== '')
      ) {
        claims.push({
          form: 'run',
          sure: false,
          line: firstLine + n,
          endLine: firstLine + last,
          at: line.commentAt,
          text: trimmed(run.map((at) => lines[at]?.comment ?? '')),
          about: '',
        });
      }
      n = last;
    }
  }
  return claims;
}

/** A claim in a comment behind code: behind a `print` anything may be one, elsewhere only what a word announces. */
function commentBehind(lines: readonly PythonLine[], n: number, firstLine: number): Claim | undefined {
  const line = lines[n];
  if (line?.comment === undefined) return undefined;
  const { comment, first } = line;
  const statement = lines
    .slice(first, n + 1)
    .map(({ code }) => code)
    .join('\n');
  // Behind an argument of a call that goes on below, a comment tells of the argument.
  const ends = lines[n + 1] === undefined || lines[n + 1]?.first === n + 1;
  const prints = ends && printing.test(statement) && !/^\s*(?:async\s+)?def\b|^\s*class\b/.test(statement);
  const announced = readAnnouncement(comment);
  const marked = announced?.marked && announced.rest !== '' ? comment.length - announced.rest.length : undefined;
  const sign = marked ?? arrow.exec(comment)?.[0].length ?? wordBefore.exec(comment)?.[0].length;
  const printer = !prints && ends && arrow.test(comment) ? printerCalled(lines, statement) : undefined;
  if (!prints && !printer && !(marked !== undefined && ends && /\(.*\)\s*$/s.test(statement))) return undefined;
  const text = comment.slice(sign ?? 0).trim();
  if (text === '') return undefined;
  return {
    form: prints || printer ? 'print' : 'run',
    sure: sign !== undefined,
    line: firstLine + n,
    endLine: firstLine + n,
    at: line.commentAt + (sign ?? 0),
    text,
    about: announced?.about ?? '',
    ...(prints ? { statement: [firstLine + first, firstLine + n] as const } : {}),
    ...(printer ? { statement: [firstLine + printer[0], firstLine + printer[1]] as const } : {}),
  };
}

/** Indices of the lines of a run of comments from line `n` on. */
function commentRun(lines: readonly PythonLine[], n: number): number[] {
  const run = [n];
  for (let at = n + 1; lines[at]?.comment !== undefined && lines[at]?.code.trim() === ''; at++) run.push(at);
  return run;
}

/** First and last line of the `print` that stands directly above line `n`. */
function statementAbove(lines: readonly PythonLine[], n: number): [number, number] | undefined {
  const above = lines[n - 1];
  if (!above || above.comment !== undefined || above.code.trim() === '') return undefined;
  const statement = lines
    .slice(above.first, n)
    .map(({ code }) => code)
    .join('\n');
  return printing.test(statement) ? [above.first, n - 1] : undefined;
}

function trimmed(lines: readonly string[]): string {
  return lines.join('\n').replace(/^\n+|\s+$/g, '');
}

const prompt = /^\s*>>>( |$)/;
const continued = /^\s*(?:>>>|\.\.\.)( |$)/;

/** The outputs that a `>>>` session shows: the lines between its prompts. `statement` is that of the prompt. */
export function claimsInSession(code: string, firstLine: number): Claim[] {
  const lines = code.split('\n');
  const claims: Claim[] = [];
  let started = -1;
  let ended = -1;
  let shown: number[] = [];
  const close = (next: number) => {
    while (shown.length > 0 && lines[shown.at(-1) ?? 0]?.trim() === '') shown.pop();
    const [first = 0] = shown;
    if (started >= 0 && shown.length > 0) {
      claims.push({
        form: 'session',
        sure: true,
        line: firstLine + first,
        endLine: firstLine + (shown.at(-1) ?? first),
        at: 0,
        text: shown.map((n) => lines[n] ?? '').join('\n'),
        about: '',
        statement: [firstLine + started, firstLine + ended],
      });
    }
    started = ended = next;
    shown = [];
  };
  for (const [n, line] of lines.entries()) {
    if (prompt.test(line)) close(n);
    else if (continued.test(line) && started >= 0 && shown.length === 0) ended = n;
    else if (started >= 0 && (shown.length > 0 || line.trim() !== '')) shown.push(n);
  }
  close(lines.length);
  return claims;
}
