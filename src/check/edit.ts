import { diffArrays } from 'diff';
import { readTimeMark } from './durations.ts';
import { isElision } from './elision.ts';
import { plain } from './plain.ts';
import type { Verdict } from './verdict.ts';

/** A note's file as its lines, each with the line end that it has. */
interface RawLine {
  readonly text: string;
  readonly end: string;
}

/**
 * Writes what really was printed into a note's text, in the place of false claims. All else stays byte for byte: fences,
 * indents, signs of comments, line ends, the byte order mark.
 *
 * @param raw The whole file.
 * @param verdicts Those with a correction are written; others are passed over.
 * @returns The new text, and the verdicts that could be written.
 */
export function corrected(
  raw: string,
  verdicts: readonly Verdict[],
): { readonly text: string; readonly written: readonly Verdict[] } {
  const lines = rawLines(raw);
  const written: Verdict[] = [];
  // From below, so that line numbers above stay.
  for (const verdict of [...verdicts].sort((a, b) => b.line - a.line)) {
    const replaced = replacement(lines, verdict);
    if (!replaced) continue;
    const { line, endLine } = verdict.claim;
    lines.splice(line - 1, endLine - line + 1, ...replaced);
    written.unshift(verdict);
  }
  return { text: lines.map(({ text, end }) => text + end).join(''), written };
}

function rawLines(raw: string): RawLine[] {
  return [...raw.matchAll(/([^\r\n]*)(\r\n|\r|\n|$)/g)]
    .map(([, text = '', end = '']) => ({ text, end }))
    .filter(({ text, end }, n, all) => n < all.length - 1 || text !== '' || end !== '');
}

function replacement(lines: readonly RawLine[], { claim, kind, correction }: Verdict): RawLine[] | undefined {
  if (kind !== 'false' || !correction || claim.form === 'session') return undefined;
  const old = lines.slice(claim.line - 1, claim.endLine);
  const [first] = old;
  if (!first) return undefined;
  if (claim.form === 'print') return inLine(first, claim.text, correction[0]);
  const said = claim.text.split('\n');
  if (said.some((line) => isElision(line))) return undefined;
  const prefix =
    claim.form === 'fence' ? fencePrefix(lines[claim.line - 2]?.text ?? '') : commentPrefix(lines, claim.line - 1);
  if (prefix === undefined || (claim.form === 'fence' && correction.some((line) => /^\s*(?:`{3,}|~{3,})/.test(line)))) {
    return undefined;
  }
  const opening =
    claim.form === 'run' ? first.text.slice(0, Math.max(0, first.text.lastIndexOf(said[0] ?? ''))) : prefix;
  // All lines of a claim may stand a little to the right.
  const indents = said.filter((line) => line.trim() !== '').map((line) => /^\s*/.exec(line)?.[0] ?? '');
  const shared = indents.every((blank) => blank === indents[0]) ? (indents[0] ?? '') : '';
  const indent = correction.every((line) => line.startsWith(shared)) ? '' : shared;
  const end = first.end || lines[claim.line - 2]?.end || '\n';
  const merged = mergedLines(said, correction);
  return merged.map(({ text, old: n }, at) => {
    const kept = n === undefined ? undefined : old[n];
    if (kept) return kept.end === '' && at < merged.length - 1 ? { ...kept, end } : kept;
    const before = (at === 0 ? opening : prefix) + indent;
    return {
      text: text === '' ? before.trimEnd() : before + text,
      end: at === merged.length - 1 ? (old.at(-1)?.end ?? end) : end,
    };
  });
}

/** Lines that say the same are kept as the author wrote them, and so are remarks about time. */
function mergedLines(
  said: readonly string[],
  real: readonly string[],
): { readonly text: string; readonly old?: number }[] {
  const merged: { text: string; old?: number }[] = [];
  let n = 0;
  for (const { value, added, removed } of diffArrays(said.map(plain), real.map(plain))) {
    if (added) {
      const start = merged.filter(({ old }) => old === undefined || !isMark(said[old] ?? '')).length;
      merged.push(...real.slice(start, start + value.length).map((text) => ({ text })));
      continue;
    }
    for (const _ of value) {
      const old = n++;
      if (!removed || isMark(said[old] ?? '')) merged.push({ text: said[old] ?? '', old });
    }
  }
  return merged;
}

function isMark(line: string): boolean {
  return readTimeMark(line)?.rest === '';
}

function inLine(line: RawLine, said: string, real: string | undefined): RawLine[] | undefined {
  const body = line.text.trimEnd();
  if (real === undefined || !body.endsWith(said)) return undefined;
  return [{ ...line, text: body.slice(0, -said.length) + real + line.text.slice(body.length) }];
}

/** What stands before each line of a fence: quote signs and the indent of a list. */
function fencePrefix(opening: string): string | undefined {
  const before = /^(.*?)(?:`{3,}|~{3,})/.exec(opening)?.[1];
  return before?.replace(/[-*+]|\d+[.)]/g, (marker) => ' '.repeat(marker.length));
}

function commentPrefix(lines: readonly RawLine[], n: number): string | undefined {
  const texts = [lines[n + 1]?.text ?? '', lines[n]?.text ?? '', lines[n - 1]?.text ?? ''];
  return texts.map((text) => /^[\s>]*#+:?[ \t]?/.exec(text)?.[0]).find((prefix) => prefix !== undefined);
}
